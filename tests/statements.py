"""Counts what a page or an action asks the database.

A *statement* is anything but BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE and PostgreSQL's set_config: so the number is
the same on both databases, and it is the number that the goals speak of.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

_NO_STATEMENT = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SELECT\s+set_config)\b", re.IGNORECASE)


@contextmanager
def statements(using: str = "default") -> Iterator[list[str]]:
    """Collect the statements run inside: `with statements() as asked: ...; assert len(asked) == 8, asked`."""
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not _NO_STATEMENT.match(sql):
            asked.append(sql)
        return execute(sql, params, many, context)

    with connections[using].execute_wrapper(note):
        yield asked
