"""The steps of a migration, shared by `migrate` and `demo`: what is refused, the tables, the stamp."""

from typing import Final

import click
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from homeround.accounts.queries import demo_accounts
from homeround.cli.readiness import Fault, counted, one_role, settings_unfit_for_live
from homeround.ehch.residents.queries import numbers_for_tests
from homeround.kernel import stamp
from homeround.kernel.audit import roles


def refuse_unfit(*, live: bool) -> None:
    """Refuse, before anything is changed, to make a demo live, and live without what live needs."""
    stands = stamped()
    if live and stands == stamp.DEMO:
        raise click.ClickException(
            "this database is a demonstration and stays one. Make a new, empty database for real people's data."
        )
    if live or stands == stamp.LIVE:
        _refuse(settings_unfit_for_live() + no_owner())


def no_owner() -> list[Fault]:
    """On PostgreSQL a live database is migrated as the role that owns the tables; requests work as another."""
    if connection.vendor != "postgresql" or "owner" in connections:
        return []
    return [
        Fault(
            "HOMEROUND_OWNER_DATABASE_URL: is not set, so one role would own the audit log and write to it.",
            "Give the role that owns the tables, for this command; web and worker start without it.",
        )
    ]


def stamped() -> str | None:
    """The stamp that stands; None for a database without one, or without any table.

    Asked as the owner: after a first migration that was cut off the other role may not read a table yet.
    """
    with roles.as_owner():
        if "kernel_stamp" not in connection.introspection.table_names():
            return None
        stamp.forget()
        try:
            return stamp.this_is()
        except stamp.Unstamped:
            return None


def bring_up_to_date() -> int:
    """Apply the migrations as the role that owns the tables; triggers and rights follow. Returns how many."""
    alias = "owner" if "owner" in connections else "default"
    _wait_briefly(alias)
    executor = MigrationExecutor(connections[alias])
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", database=alias, interactive=False, verbosity=0)
    return waiting


LOCK_SECONDS: Final = 30


def _wait_briefly(alias: str) -> None:
    """On PostgreSQL a change of a table that waits for somebody holds up all who come after, those who only read too:
    after half a minute it gives up, nothing of that migration is done, and it can be run again.
    """
    if connections[alias].vendor == "postgresql":
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{LOCK_SECONDS}s"])


def stamp_as(*, live: bool) -> str:
    """Stamp the database, unless a stamp stands, and say what it is."""
    if live:
        _refuse(unfit_contents())
    with roles.as_owner():
        return stamp.put(stamp.LIVE if live else stamp.DEMO, timezone.now())


def unfit_contents() -> list[Fault]:
    """What may not be in a live database: one role that owns and writes, test numbers, accounts of a demonstration."""
    faults = one_role()
    if count := numbers_for_tests():
        faults.append(
            Fault(f"{counted(count, 'NHS number')} of the range for tests (999).", "Start with an empty database.")
        )
    if count := demo_accounts():
        faults.append(Fault(f"{counted(count, 'account')} of a demonstration.", "Start with an empty database."))
    return faults


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise click.ClickException(f"not fit for live: {' '.join(str(fault) for fault in faults)}")
