"""The columns that every kept row carries, filled once for all actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from homeround.accounts.models import Written
from homeround.accounts.viewer import Viewer


def written(
    *, by: Viewer, at: datetime, held_for: int, happened_at: datetime | None = None, for_whom: int | None = None
) -> dict[str, Any]:
    """Who wrote a row, in which capacity, for whom, for which body it is held, when it happened and was written down.

    `happened_at` is `at` unless somebody says otherwise; `for_whom` is the membership a typist writes for.
    """
    return {
        "by_id": by.membership_id,
        "for_whom_id": for_whom,
        "held_for_id": held_for,
        "happened_at": happened_at or at,
        "recorded_at": at,
    }


def ended(*, by: Viewer, at: datetime, how: str) -> dict[str, Any]:
    """The columns that an end fills, together: when, by whom, how."""
    return {"ended_at": at, "ended_by_id": by.membership_id, "ended_how": how}


def said_again(row: Written, **but: Any) -> dict[str, Any]:
    """What a row says, for another that says the same about somebody else or for somebody else: every column of its own
    table, a later one too. Not who wrote it, its `ref`, or a key to another row of the table; `but` says what differs.
    """
    table = type(row)
    shared = {
        column.name
        for base in table.__mro__
        if issubclass(base, Model) and base is not Model and base._meta.abstract  # noqa: SLF001 - Django's own name for it
        for column in base._meta.local_fields  # noqa: SLF001
    }
    own = [
        column
        for column in table._meta.concrete_fields  # noqa: SLF001
        if column.name not in shared | {"ref"} and not column.primary_key and column.related_model is not table
    ]
    return {column.attname: getattr(row, column.attname) for column in own} | but
