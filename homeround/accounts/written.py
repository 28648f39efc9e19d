"""The columns that every kept row carries, filled once for all actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

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
