"""When a screen covers itself, as reviewed data, and the arithmetic of it. Hazard H39; trust.md "The lock covers and
keeps".

Plain Python: instants come in. The page's script covers at the limit; the server refuses at most `WRITTEN_EVERY` later,
because it writes down when somebody was last active at most once a minute.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from homeround.kernel.reviewed import Reviewed, register

SHARED: Final = timedelta(minutes=2)
PERSONAL: Final = timedelta(minutes=15)
OPEN_ROUND: Final = timedelta(minutes=60)
LONGEST: Final = timedelta(hours=12)
WRITTEN_EVERY: Final = timedelta(minutes=1)

REVIEWED: Final = register(
    "when a screen locks",
    Reviewed(
        source="our own choice, to be agreed locally",
        licence="ours",
        mode="shipped",
        evidence="I",
        author="Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 11, 21),
    ),
)


def lock_after(*, shared: bool, in_round: bool) -> timedelta:
    """How long a screen may stand untouched: a shared device first, then an open round, else a person's own device."""
    if shared:
        return SHARED
    return OPEN_ROUND if in_round else PERSONAL


def is_idle(*, active_at: datetime | None, at: datetime, lock_after: timedelta) -> bool:
    """Whether nobody has done anything for longer than the limit. Unknown counts as idle.

    So does an instant still to come: the machine's clock was set back, and nobody knows how long ago it was.
    """
    return active_at is None or not -WRITTEN_EVERY <= at - active_at <= lock_after + WRITTEN_EVERY


def is_over(*, signed_in_at: datetime | None, at: datetime) -> bool:
    """Whether a sign-in is older than anybody stays signed in."""
    return signed_in_at is None or at - signed_in_at > LONGEST


def is_due_for_writing(*, active_at: datetime | None, at: datetime) -> bool:
    """Whether the session should be told that somebody is active; also when the clock was set back since."""
    return active_at is None or not timedelta(0) <= at - active_at < WRITTEN_EVERY
