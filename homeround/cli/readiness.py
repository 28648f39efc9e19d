"""Is the database one that can be worked with? Asked by every command before it works with it, and by `check`."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from homeround.kernel import release, stamp
from homeround.kernel.audit import roles, triggers


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it must be, and what to do."""

    wrong: str
    do: str

    def __str__(self) -> str:
        return f"{self.wrong} {self.do}"


MIGRATE = "Run 'homeround migrate' (for a new live database with --live)."


def counted(count: int, what: str) -> str:
    """`1 trigger`, `224 triggers`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def not_ready() -> list[Fault]:
    """What keeps a process from starting: the first of unmigrated, a trigger missing, unstamped, not fit for live."""
    for ask in (unmigrated, triggers_missing, unstamped, unfit_for_live):
        if faults := ask():
            return faults
    return []


def unmigrated() -> list[Fault]:
    """Migrations that have not been applied."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return []
    return [Fault(f"The tables are not up to date: {counted(len(waiting), 'migration')} to apply.", MIGRATE)]


def triggers_missing() -> list[Fault]:
    """Triggers of the log or of kept rows that do not stand (H57)."""
    missing = triggers.missing(connection)
    if not missing:
        return []
    named = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
    return [Fault(f"Not as it must be: {counted(len(missing), 'trigger')} ({named}).", MIGRATE)]


def unstamped() -> list[Fault]:
    """A database that is neither a demo nor live."""
    try:
        stamp.this_is()
    except stamp.Unstamped:
        return [Fault("This database is not stamped demo or live.", MIGRATE)]
    return []


def unfit_for_live() -> list[Fault]:
    """On a live database: settings that only a demo makes itself (trust.md, demo and live)."""
    return settings_unfit_for_live() + one_role() if stamp.is_live() else []


def one_role() -> list[Fault]:
    """On PostgreSQL: the role that people's requests work with may write the log itself (H38)."""
    if not roles.one_role_owns_and_writes(connection):
        return []
    return [
        Fault(
            "The role of HOMEROUND_DATABASE_URL may write the audit log itself.",
            "Let another role own the tables (HOMEROUND_OWNER_DATABASE_URL, for 'homeround migrate' only) "
            "and use one with fewer rights here.",
        )
    ]


def unsigned() -> list[Fault]:
    """A clinical safety case that no officer has signed."""
    if release.CLINICAL_SAFETY.stands:
        return []
    return [
        Fault("No clinical safety officer has signed this release.", "Until one has, it is for demonstrations only.")
    ]


def settings_unfit_for_live() -> list[Fault]:
    """What the settings lack for a live database."""
    return [Fault(f"{variable}: {wrong}", do) for variable, wrong, do in settings.MISSING_FOR_LIVE]
