"""Explains every statement of the measured pages on the database of the run: which large tables are read whole.

On SQLite any table that grows and has no index that leads to its rows; on PostgreSQL what its planner does with the
sizes that are there, for tables of LARGE rows or more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from django.db import connection, connections
from django.test import Client

from bench.serving import HERE
from tests.plans import GROWING, Asked, asked, read_from_end_to_end

LARGE: Final = 20_000
"""Rows from which reading a whole table is a page's time."""


def tables_read_whole(path: str, cookie: str) -> set[str]:
    """The tables that a page reads from end to end."""
    client = Client(SERVER_NAME=HERE)
    client.cookies.load(cookie)
    client.get(path)
    with asked() as found:
        client.get(path)
    whole: set[str] = set()
    for statement in found:
        whole |= read_from_end_to_end(statement) if connection.vendor == "sqlite" else _on_postgresql(statement)
    connections.close_all()
    return whole


def _on_postgresql(statement: Asked) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [LARGE])
        large = {str(name) for (name,) in cursor.fetchall()}
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement.sql}", statement.params)
        (plan,) = cursor.fetchone()
    scanned = set(_scans(plan if isinstance(plan, list) else json.loads(plan)))
    return {table for table in scanned if table in large and table.startswith(GROWING)}


def _scans(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for step in part:
            yield from _scans(step)
    elif isinstance(part, dict):
        if part.get("Node Type") in ("Seq Scan", "Parallel Seq Scan"):
            yield str(part["Relation Name"])
        for value in part.values():
            yield from _scans(value)
