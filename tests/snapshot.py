"""Rows of a built world, to be laid again: it is built through the actions once a test run, not once a test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from homeround.kernel.audit.actor import SystemActor, acting

OURS = ("directory", "accounts", "alignment", "residents", "decisions", "deterioration", "care_plans", "rounds")


@dataclass(frozen=True)
class Table:
    """The rows of one table, in the order in which they were written."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def take() -> list[Table]:
    """Every row of our slices, a table that others point to before them."""
    return [
        table for label in OURS for model in apps.get_app_config(label).get_models() if (table := _read(model)).rows
    ]


def lay(tables: list[Table]) -> None:
    """Write the rows again, with their own numbers; logged like every write, as done by the tests."""
    with acting(SystemActor("tests", "tests")), connection.cursor() as cursor:
        for table in tables:
            places = ", ".join(["%s"] * len(table.columns))
            columns = ", ".join(f'"{column}"' for column in table.columns)
            cursor.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', table.rows)


def _read(model: Any) -> Table:
    name = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}" ORDER BY "{model._meta.pk.column}"')
        columns = tuple(column[0] for column in cursor.description)
        return Table(name, columns, [tuple(map(_as_sent, row)) for row in cursor.fetchall()])


def _as_sent(value: Any) -> Any:
    """PostgreSQL gives JSON parsed, and takes it as JSON again."""
    if isinstance(value, list | dict):
        from psycopg.types.json import Jsonb  # noqa: PLC0415 - on PostgreSQL only

        return Jsonb(value)
    return value
