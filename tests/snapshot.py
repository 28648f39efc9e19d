"""Rows of a built world, to be laid again: it is built through the actions once a test run, not once a test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from homeround.kernel.audit.actor import SystemActor, acting

OURS = tuple(app.label for app in apps.get_app_configs() if app.name.startswith("homeround.") and app.label != "kernel")
"""Our apps in the order of the settings: a slice that others point to comes before them."""

MADE_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}


@dataclass(frozen=True)
class Table:
    """The rows of one table, in the order in which they were written."""

    name: str
    key: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def take() -> list[Table]:
    """Every row of our slices, a table that others point to before them."""
    return [
        table for label in OURS for model in apps.get_app_config(label).get_models() if (table := _read(model)).rows
    ]


def lay(tables: list[Table]) -> None:
    """Write the rows again, with their own numbers; on SQLite logged like every write, as done by the tests.

    On PostgreSQL triggers and checks rest meanwhile, where the role may have it so, and new rows are numbered after
    these. Tests of the log write what they look for.
    """
    with acting(SystemActor("tests", "tests")), connection.cursor() as cursor, unchecked(cursor):
        for table in tables:
            places = ", ".join(["%s"] * len(table.columns))
            columns = ", ".join(f'"{column}"' for column in table.columns)
            cursor.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', table.rows)
        if connection.vendor == "postgresql":
            last = [
                (table.name, table.key, max(row[table.columns.index(table.key)] for row in table.rows))
                for table in tables
            ]
            ends = ", ".join(["setval(pg_get_serial_sequence(%s, %s), %s)"] * len(last))
            cursor.execute(f"SELECT {ends}", [part for row in last for part in row])


@contextmanager
def unchecked(cursor: Any) -> Iterator[bool]:
    """Let triggers and foreign keys of PostgreSQL rest, for a superuser; says whether they do."""
    may = False
    if connection.vendor == "postgresql":
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (may,) = cursor.fetchone()
    if may:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield may
    if may:
        cursor.execute("SET LOCAL session_replication_role = origin")


def emptied() -> bool:
    """Delete every row but those that migrations made, past the triggers; says whether it could.

    Where triggers cannot rest, Django empties the tables, with the triggers off meanwhile: ten times as long.
    """
    with transaction.atomic(), connection.cursor() as cursor, unchecked(cursor) as may:
        if may:
            names = set(connection.introspection.django_table_names(only_existing=True)) - MADE_BY_MIGRATIONS
            cursor.execute("; ".join(f'DELETE FROM "{name}"' for name in sorted(names)))
    return may


def _read(model: Any) -> Table:
    name = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}" ORDER BY "{model._meta.pk.column}"')
        columns = tuple(column[0] for column in cursor.description)
        return Table(name, model._meta.pk.column, columns, [tuple(map(_as_sent, row)) for row in cursor.fetchall()])


def _as_sent(value: Any) -> Any:
    """PostgreSQL gives JSON parsed, and takes it as JSON again."""
    if isinstance(value, list | dict):
        from psycopg.types.json import Jsonb  # noqa: PLC0415 - on PostgreSQL only

        return Jsonb(value)
    return value
