"""The triggers that write the log and guard the record: make them, take them off for a migration, name what is missing.

Taken off before a migration and made again after it (kernel/apps.py): on SQLite a table that a trigger names cannot be
changed. Nothing else in the product takes them off. What each does: triggers_sqlite.py, triggers_postgresql.py. H57.
"""

from collections.abc import Mapping
from typing import Final, Protocol

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from homeround.kernel.audit import triggers_postgresql, triggers_sqlite
from homeround.kernel.audit.tables import (
    ENTRY,
    ENTRY_COLUMNS,
    LOG,
    LOOK,
    PAYLOAD,
    PAYLOAD_COLUMNS,
    Table,
    tables_of,
)
from homeround.kernel.audit.trigger import Place, Trigger


class _Vendor(Protocol):
    """What one kind of database must be able to do."""

    def prepare(self, cursor: CursorWrapper) -> None:
        """Make what the triggers call."""

    def wanted(self, tables: Mapping[str, Table]) -> list[Trigger]:
        """The triggers that these tables need."""

    def present(self, cursor: CursorWrapper) -> dict[Place, str]:
        """The shapes of our triggers that stand now."""

    def remove(self, cursor: CursorWrapper, place: Place) -> None:
        """Take one off."""


_VENDORS: Final[Mapping[str, _Vendor]] = {"sqlite": triggers_sqlite, "postgresql": triggers_postgresql}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger that is missing or differs, and take off what should not be there.

    Does nothing while the log has not all its tables: half-way through the kernel's own migrations.
    """
    vendor = _VENDORS[connection.vendor]
    tables = tables_of(connection)
    if not _log_is_whole(tables):
        return
    wanted = {trigger.place: trigger for trigger in vendor.wanted(tables)}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        vendor.prepare(cursor)
        present = vendor.present(cursor)
        for place, shape in present.items():
            if place not in wanted or wanted[place].shape != shape:
                vendor.remove(cursor, place)
        for place, trigger in wanted.items():
            if present.get(place) != trigger.shape:
                cursor.execute(trigger.sql)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take all our triggers off, for a migration."""
    vendor = _VENDORS[connection.vendor]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for place in vendor.present(cursor):
            vendor.remove(cursor, place)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Triggers that do not stand, are switched off or differ, as `table: trigger`. A process that finds any does not
    start.
    """
    vendor = _VENDORS[connection.vendor]
    tables = tables_of(connection)
    if not _log_is_whole(tables):
        return [f"{ENTRY}: the log has no tables"]
    with connection.cursor() as cursor:
        present = vendor.present(cursor)
    wanted = vendor.wanted(tables)
    return [f"{t.place.table}: {t.place.name}" for t in wanted if present.get(t.place) != t.shape]


def _log_is_whole(tables: Mapping[str, Table]) -> bool:
    if not tables.keys() >= LOG | {LOOK}:
        return False
    return tables[ENTRY].has(ENTRY_COLUMNS) and tables[PAYLOAD].has(PAYLOAD_COLUMNS)
