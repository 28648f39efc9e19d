"""Words of our own among the columns of a query."""

from __future__ import annotations

from django.db.models import TextField, Value


def as_text(words: str) -> Value:
    """Words among columns: PostgreSQL joins only what says that it is text."""
    return Value(words, output_field=TextField())
