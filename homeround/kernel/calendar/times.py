"""Instants are kept in UTC and shown in Europe/London; this is the one place where one becomes the other.

Nothing here asks the clock: `now` comes in. A typed time that does not exist in London (the hour lost in March) is
refused, one that exists twice (the hour gained in October) asks which. Control of hazard H16.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from homeround.kernel.refusals import Invalid

LONDON: Final = ZoneInfo("Europe/London")
CLOCKS_MAY_DIFFER_BY: Final = timedelta(minutes=5)
"""How far a device's clock may run ahead of the server's before a time counts as the future."""
LONG_AGO: Final = timedelta(days=1)
"""A typed time further back than this is kept only when the person says that they are sure."""

Which = Literal["first", "second"]

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def london_date(at: datetime) -> date:
    """The day it is in London at that instant. The only way from an instant to a date."""
    return _in_london(at).date()


def is_twice(on: date, at: time) -> bool:
    """Whether London's clocks show this time twice on that day (the night in October when they go back)."""
    earlier = datetime.combine(on, at.replace(fold=0), LONDON)
    return _exists(on, at) and earlier.utcoffset() != earlier.replace(fold=1).utcoffset()


def from_london(on: date, at: time, which: Which | None = None) -> datetime:
    """The instant, in UTC, of a day and time typed in London.

    `which` matters only when the time exists twice: `first` is British Summer Time, `second` Greenwich Mean Time.
    Raises Invalid(time=...) when the time does not exist, or exists twice and `which` is not given.
    """
    if not _exists(on, at):
        raise Invalid(
            time=f"{at:%H:%M} did not exist on {shown_date(on)}: the clocks went forward from 01:00 to 02:00. "
            "Enter the time that the clock showed."
        )
    if is_twice(on, at) and which is None:
        raise Invalid(
            time=f"{at:%H:%M} came twice on {shown_date(on)}, when the clocks went back at 02:00. "
            "Say whether it was the first time (summer time) or the second (winter time)."
        )
    fold = 1 if which == "second" else 0
    return datetime.combine(on, at, LONDON).replace(fold=fold).astimezone(UTC)


def check_happened(happened_at: datetime, now: datetime, *, sure: bool) -> None:
    """Whether something can have happened when the person says that it did.

    Raises Invalid(happened_at=...) for more than 5 minutes ahead of `now`, and Invalid(sure=...) for more than a day
    back unless the person is `sure`: the form then asks, and keeps what was typed.
    """
    if happened_at > now + CLOCKS_MAY_DIFFER_BY:
        raise Invalid(
            happened_at=f"{shown(happened_at)} has not come yet; it is now {shown(now)}. Enter when it happened."
        )
    if happened_at < now - LONG_AGO and not sure:
        raise Invalid(
            sure=f"{shown(happened_at)} is more than a day ago. If that is right, say that you are sure; "
            "if not, change the day or the time."
        )


def shown_date(on: date) -> str:
    """A day as pages and prints write it: `Sat 21 Nov 2026`."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def shown(at: datetime) -> str:
    """An instant as pages and prints write it: `Sat 21 Nov 2026, 14:02`, in London.

    In the hour that exists twice it says which: `Sun 25 Oct 2026, 01:30 BST`, then `01:30 GMT`.
    """
    there = _in_london(at)
    words = f"{shown_date(there.date())}, {there:%H:%M}"
    return f"{words} {there:%Z}" if is_twice(there.date(), there.time()) else words


def start_of_day(on: date) -> datetime:
    """The first instant, in UTC, of a day in London."""
    return datetime.combine(on, time(), LONDON).astimezone(UTC)


def end_of_day(on: date) -> datetime:
    """The instant, in UTC, at which a day in London is over: the first of the next. Days have 23, 24 or 25 hours."""
    return start_of_day(on + timedelta(days=1))


def weeks_between(a: date, b: date) -> int:
    """Whole weeks from `a` to `b`, less than a week being 0; negative when `b` comes first."""
    days = (b - a).days
    return days // 7 if days >= 0 else -(-days // 7)


def _in_london(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("An instant needs its time zone; kept instants are in UTC.")
    return at.astimezone(LONDON)


def _exists(on: date, at: time) -> bool:
    if at.tzinfo is not None:
        raise ValueError("A typed time has no time zone of its own: it is London's.")
    typed = datetime.combine(on, at, LONDON)
    return typed.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == typed.replace(tzinfo=None)
