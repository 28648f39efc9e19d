"""What `homeround check` looks at."""

import stat
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from homeround.cli.main import offered
from homeround.cli.migrating import unfit_contents
from homeround.cli.readiness import (
    Fault,
    one_role,
    settings_unfit_for_live,
    triggers_missing,
    unmigrated,
    unsigned,
    unstamped,
)
from homeround.jobs import condition
from homeround.kernel import reviewed, stamp
from homeround.kernel.calendar.times import london_date

READABLE_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO
NEEDED = ("invite", "backup", "restore")
"""Commands without which a live database cannot be run; some come with a later version."""


@dataclass
class Found:
    """What fails, and what only a demonstration may do without. `what`: the database in words."""

    what: str = "database"
    failing: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def looked_at() -> Found:
    """Look at everything. What cannot be asked of tables that are not there is not asked."""
    found = Found(failing=unmigrated())
    if found.failing:
        return found
    found.failing = triggers_missing() + unstamped() + overdue() + whole()
    if unstamped():
        return found
    is_live = stamp.is_live()
    found.what = "live database" if is_live else "demonstration"
    grave, other = condition_of_it()
    found.failing += grave
    needed_live = [
        *settings_unfit_for_live(),
        *open_folders(),
        *unchecked(),
        *unsigned(),
        *quiet_server(),
        *no_proxy(),
    ]
    if is_live:
        found.failing += [*other, *needed_live, *unfit_contents(), *commands_missing()]
    else:
        found.notes += [*other, *needed_live, *one_role()]
    return found


GRAVE: Final = frozenset({"Database", "Disk", "Copy of the records"})
"""What fails in a demonstration too: nobody is at work there when its worker rests, but its records are to be whole."""


def condition_of_it() -> tuple[list[Fault], list[Fault]]:
    """What /health and the system page say too: what fails everywhere, and what a demonstration may do without."""
    wrong = [state for state in condition.conditions(timezone.now()) if not state.is_well]
    faults = [(state.name in GRAVE, Fault(f"{state.name}: {state.words}.", state.do)) for state in wrong]
    shared = [Fault("Waiting looks share the disk of the database, and one full disk stops both.", SPOOL)]
    other = [fault for is_grave, fault in faults if not is_grave]
    return [fault for is_grave, fault in faults if is_grave], other + (
        shared if condition.spool_shares_a_disk() else []
    )


SPOOL: Final = "Give HOMEROUND_SPOOL_DIR a folder on another disk."


def whole() -> list[Fault]:
    """A SQLite file that is damaged somewhere."""
    return [Fault("The database is damaged.", condition.OF_DATABASE)] if condition.is_damaged() else []


def quiet_server() -> list[Fault]:
    """PostgreSQL's own log, when it repeats what was typed: the statement of an error, and the row it was about."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('log_error_verbosity'), current_setting('log_min_error_statement')")
        verbosity, statement = cursor.fetchone()
    wanted = []
    if verbosity != "terse":
        wanted.append("log_error_verbosity = terse")
    if statement != "panic":
        wanted.append("log_min_error_statement = panic")
    if not wanted:
        return []
    return [Fault("The log of PostgreSQL may repeat what was typed.", f"Set {' and '.join(wanted)} on its server.")]


def no_proxy() -> list[Fault]:
    """Bodies of requests that never finish: Homeround ends none of them by itself, and a few stop all saving."""
    if settings.TRUSTED_PROXIES:
        return []
    return [
        Fault(
            "No proxy is named (HOMEROUND_TRUSTED_PROXY), so nothing ends a form that never finishes arriving: "
            "six of them stop all saving.",
            "Put a proxy in front that takes requests whole and limits their time and number, and name it "
            "(docs/guide/operating.md has the lines for nginx).",
        )
    ]


def overdue() -> list[Fault]:
    """Reviewed data whose next review has passed."""
    return [
        Fault(f"Reviewed data is overdue: {name}.", "Have it looked at, and date the review.")
        for name in _reviewed_overdue()
    ]


def _reviewed_overdue() -> list[str]:
    import_rules()
    return reviewed.overdue(london_date(timezone.now()))


def import_rules() -> None:
    """Import the rules of every slice: reviewed data is on the list once its module is imported."""
    for app in apps.get_app_configs():
        if app.name.startswith("homeround.ehch."):
            import_module(f"{app.name}.rules")


def unchecked() -> list[Fault]:
    """Reviewed data that nobody but its author has looked at."""
    import_rules()
    names = sorted(name for name, review in reviewed.registered().items() if not review.checker)
    if not names:
        return []
    return [Fault(f"Nobody has checked the reviewed data {', '.join(names)}.", "Have each checked, and name who did.")]


def open_folders() -> list[Fault]:
    """The folder of the data, that of the database and its files, when others on this machine can look into them."""
    paths = {Path(settings.DATA_DIR)}
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        paths |= {file.parent, *file.parent.glob(f"{file.name}*")}
    opened = sorted(str(path) for path in paths if path.exists() and path.stat().st_mode & READABLE_BY_OTHERS)
    return [Fault(f"Others on this machine can look into {path}.", f"Run: chmod go= {path}") for path in opened]


def commands_missing() -> list[Fault]:
    """What a live database cannot do without and this version does not have."""
    return [
        Fault(
            f"This version has no 'homeround {name}' yet.", "Keep real people's data out of it until a version has it."
        )
        for name in NEEDED
        if name not in {setting.name for setting in offered()}
    ]
