"""The instant that stands for a day somebody typed: entries of the record are in order of when things happened."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from homeround.kernel.calendar.times import end_of_day, london_date, start_of_day


def instant_of(on: date, at: datetime, *, first_of_day: bool = False) -> datetime:
    """The last instant of a day gone by (or its first), and `at` for today: never one that has not come."""
    if on >= london_date(at):
        return at
    return start_of_day(on) if first_of_day else end_of_day(on) - timedelta(minutes=1)
