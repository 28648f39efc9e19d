"""Times: both nights on which the clocks change, the future, long ago, and how they are shown. Hazard H16."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeround.kernel.calendar import times
from homeround.kernel.refusals import Invalid

SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)
NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
instants = st.integers(0, 2_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_the_hour_lost_in_march_is_refused(minute: int) -> None:
    with pytest.raises(Invalid) as refused:
        times.from_london(SPRING, time(1, minute))

    assert refused.value.problems["time"].startswith(f"01:{minute:02} did not exist on Sun 29 Mar 2026")
    with pytest.raises(Invalid):
        times.from_london(SPRING, time(1, minute), "second")


def test_the_minutes_around_the_hour_lost_are_one_after_the_other() -> None:
    assert times.from_london(SPRING, time(0, 59)) == utc(SPRING, 0, 59)
    assert times.from_london(SPRING, time(2, 0)) == utc(SPRING, 1, 0)


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_the_hour_gained_in_october_asks_which(minute: int) -> None:
    with pytest.raises(Invalid) as refused:
        times.from_london(AUTUMN, time(1, minute))

    assert "came twice on Sun 25 Oct 2026" in refused.value.problems["time"]
    assert times.from_london(AUTUMN, time(1, minute), "first") == utc(AUTUMN, 0, minute)
    assert times.from_london(AUTUMN, time(1, minute), "second") == utc(AUTUMN, 1, minute)


@pytest.mark.parametrize(("at", "expected"), [(time(0, 59), (-1, 23, 59)), (time(2, 0), (0, 2, 0))])
def test_the_minutes_around_the_hour_gained_ask_nothing(at: time, expected: tuple[int, int, int]) -> None:
    day, hour, minute = expected

    assert times.from_london(AUTUMN, at) == utc(AUTUMN + timedelta(days=day), hour, minute)
    assert times.from_london(AUTUMN, at, "second") == times.from_london(AUTUMN, at)


def test_which_hour_it_was_is_shown_only_when_there_were_two() -> None:
    assert times.shown(utc(AUTUMN, 0, 30)) == "Sun 25 Oct 2026, 01:30 BST"
    assert times.shown(utc(AUTUMN, 1, 30)) == "Sun 25 Oct 2026, 01:30 GMT"
    assert times.shown(utc(AUTUMN, 2, 0)) == "Sun 25 Oct 2026, 02:00"
    assert times.shown(utc(SPRING, 1, 0)) == "Sun 29 Mar 2026, 02:00"
    assert times.shown(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thu 2 Jul 2026, 00:30"
    assert times.shown(NOW) == "Sat 21 Nov 2026, 14:02"


@settings(deadline=None)
@given(instants)
def test_every_minute_typed_as_it_is_shown_is_the_same_instant(at: datetime) -> None:
    there = at.astimezone(times.LONDON)

    back = times.from_london(there.date(), there.time(), "second" if there.fold else "first")

    assert back == at
    assert back.tzinfo is UTC


def test_the_day_is_londons() -> None:
    assert times.london_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert times.london_date(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert times.london_date(datetime(2028, 2, 29, 12, 0, tzinfo=UTC)) == date(2028, 2, 29)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2028, 2, 29), 24)])
def test_days_have_the_hours_that_they_have(day: date, hours: int) -> None:
    assert times.end_of_day(day) - times.start_of_day(day) == timedelta(hours=hours)


@settings(deadline=None)
@given(instants)
def test_an_instant_lies_in_its_day(at: datetime) -> None:
    day = times.london_date(at)

    assert times.start_of_day(day) <= at < times.end_of_day(day)


def test_without_a_time_zone_an_instant_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="time zone"):
        times.london_date(NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        times.from_london(SPRING, time(1, 30, tzinfo=UTC))


def test_a_clock_may_run_five_minutes_ahead_and_no_more() -> None:
    times.check_happened(NOW + timedelta(minutes=5), NOW, sure=False)

    with pytest.raises(Invalid) as refused:
        times.check_happened(NOW + timedelta(minutes=5, seconds=1), NOW, sure=True)
    assert "has not come yet; it is now Sat 21 Nov 2026, 14:02" in refused.value.problems["happened_at"]


def test_more_than_a_day_back_asks_once() -> None:
    times.check_happened(NOW - timedelta(days=1), NOW, sure=False)
    long_ago = NOW - timedelta(days=1, seconds=1)

    with pytest.raises(Invalid) as asked:
        times.check_happened(long_ago, NOW, sure=False)
    assert "more than a day ago" in asked.value.problems["sure"]
    times.check_happened(long_ago, NOW, sure=True)


@pytest.mark.parametrize(
    ("days", "weeks"), [(0, 0), (6, 0), (7, 1), (13, 1), (14, 2), (365, 52), (-1, 0), (-6, 0), (-7, -1)]
)
def test_weeks_between_are_whole(days: int, weeks: int) -> None:
    assert times.weeks_between(SPRING, SPRING + timedelta(days=days)) == weeks
