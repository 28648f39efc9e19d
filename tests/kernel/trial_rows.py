"""Rows of the trial table (conftest.py), by SQL: what the triggers see is the same for the ORM."""

from typing import Any

from django.db import connection

from tests.kernel.somebody import AT


def write(words: str = "said at breakfast", *, resident_id: int = 7, home_id: int = 3, times: int = 1) -> int:
    """Insert rows in one statement; returns the number of the last."""
    row = "(true, %s, %s, NULL, '', NULL, 'care record', %s, %s, %s, NULL)"
    at = connection.ops.adapt_datetimefield_value(AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_trial (stands, happened_at, recorded_at, ended_at, ended_how, ended_by_id, retention, "
            f"resident_id, home_id, words, amount) VALUES {', '.join([row] * times)}",
            [at, at, resident_id, home_id, words] * times,
        )
        cursor.execute("SELECT max(id) FROM kernel_trial")
        return int(cursor.fetchone()[0])


def change(number: int, **columns: Any) -> None:
    """Update one row by SQL."""
    sets = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE kernel_trial SET {sets} WHERE id = %s", [*columns.values(), number])


def end(number: int, *, how: str = "left", by: int | None = 11) -> None:
    """End one row."""
    change(number, ended_at=connection.ops.adapt_datetimefield_value(AT), ended_how=how, ended_by_id=by)
