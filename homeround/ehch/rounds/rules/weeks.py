"""Which week a round counts for: its own, Monday to Sunday, and no other (REQ-33; H46)."""

from __future__ import annotations

from datetime import date, timedelta


def monday_of(on: date) -> date:
    """The Monday of the week of a day."""
    return on - timedelta(days=on.weekday())


def weeks_missed(last_on: date | None, on: date, *, covered_from: date | None = None) -> int:
    """Whole weeks that passed without a round since the last one; where there never was one, since a PCN serves the
    home: from the first Monday on which it did.
    """
    if last_on is not None:
        return max((monday_of(on) - monday_of(last_on)).days // 7 - 1, 0)
    if covered_from is None:
        return 0
    first = monday_of(covered_from + timedelta(days=6))
    return max((monday_of(on) - first).days // 7, 0)


def is_left_open(round_on: date, on: date) -> bool:
    """Whether a round that is still open was left open: its day is over."""
    return round_on < on
