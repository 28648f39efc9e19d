"""Which tables a page reads from end to end: what no index leads to, in the plans of SQLite.

In any world, however small: SQLite knows no sizes and takes an index wherever there is one, so a missing index shows
here and not at 400,000 residents. PostgreSQL's plans depend on sizes: `make bench` looks at those in a large world.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

GROWING: Final = ("residents_", "decisions_", "deterioration_", "care_plans_", "rounds_", "accounts_", "kernel_")
"""Tables that grow with people, weeks and looks. Those of the directory and of who serves whom do not."""

SMALL: Final = frozenset({"kernel_stamp", "kernel_heartbeat", "kernel_audit_acceptance"})

_READS = re.compile(r"\s*(\(\s*)*(SELECT|WITH)\b", re.IGNORECASE)
_ALIAS = re.compile(r'"(\w+)"\s+(?:AS\s+)?"?(\w+)"?')
_SCAN = re.compile(r"^SCAN (?:TABLE )?(\w+)(?: USING (?:COVERING )?INDEX (\w+))?")


@dataclass(frozen=True)
class Asked:
    """A statement as it was asked."""

    sql: str
    params: Any


@contextmanager
def asked() -> Iterator[list[Asked]]:
    """Collect what is read inside."""
    found: list[Asked] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if _READS.match(sql):
            found.append(Asked(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def read_from_end_to_end(statement: Asked) -> set[str]:
    """The growing tables that a statement reads without an index, on SQLite.

    An index over a part of a table (what is open, what waits) is as good as one that leads somewhere: it stays small.
    Where one alias names several tables of a statement, all of them are meant.
    """
    aliases: dict[str, set[str]] = {}
    for table, alias in _ALIAS.findall(statement.sql):
        aliases.setdefault(alias, set()).add(table)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.params)
        lines = [str(row[3]) for row in cursor.fetchall()]
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE %s", ["% WHERE %"])
        partial = {str(name) for (name,) in cursor.fetchall()}
    found: set[str] = set()
    for line in lines:
        match = _SCAN.match(line)
        if match and match.group(2) not in partial:
            found |= aliases.get(match.group(1), {match.group(1)})
    return {table for table in found if table.startswith(GROWING) and table not in SMALL}
