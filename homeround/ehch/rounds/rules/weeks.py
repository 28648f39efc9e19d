"""Which week a round counts for: its own, Monday to Sunday, and no other (REQ-33; H46)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from homeround.kernel.calendar.times import shown_date, weeks_between
from homeround.kernel.reviewed import Reviewed, register


def monday_of(on: date) -> date:
    """The Monday of the week of a day."""
    return on - timedelta(days=on.weekday())


def last_review(reviewed_on: date | None, on: date) -> str:
    """When somebody was last reviewed, in words: the day, with "this week" only where that is the week of today, for a
    round of another week does not count for this one (H46); from a whole week on, how many weeks ago.
    """
    if reviewed_on is None:
        return "Never"
    if monday_of(reviewed_on) == monday_of(on):
        return f"This week, {shown_date(reviewed_on)}"
    ago = weeks_between(reviewed_on, on)
    return shown_date(reviewed_on) + (f", {ago} week{'' if ago == 1 else 's'} ago" if ago else "")


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


WRITTEN_UP_WITHIN: Final = timedelta(days=7)
"""How long after its day somebody may still be written down as seen in a round: time to write it up, and no more, so
that whoever is seen weeks later is not counted for the week of a round that was left open [I].
"""

REVIEWED: Final = register(
    "how long a round is written up",
    Reviewed(
        source="no published rule; to be agreed with each PCN",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 28),
        next_review_on=date(2027, 11, 30),
    ),
)


def is_written_up(round_on: date, on: date) -> bool:
    """Whether the time to write a round up is over: whoever is seen now is seen in another round."""
    return on > round_on + WRITTEN_UP_WITHIN


def is_left_open(round_on: date, on: date) -> bool:
    """Whether a round that is still open was left open: its day is over."""
    return round_on < on
