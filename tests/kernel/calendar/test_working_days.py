"""Counting working days: the examples, the horizon, and what holds for every date. Hazard H8."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeround.kernel.calendar.bank_holidays import ENGLAND
from homeround.kernel.calendar.working_days import (
    Calendar,
    Due,
    PastHorizon,
    due_after,
    is_working_day,
    working_days_until,
)

KNOWN = st.dates(ENGLAND.begins_on, ENGLAND.horizon - timedelta(days=31))
ANY_DAY = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("arrived_on", "due_on"),
    [
        ("2026-06-01", "2026-06-10"),
        ("2026-06-05", "2026-06-16"),
        ("2026-06-06", "2026-06-16"),
        ("2026-06-07", "2026-06-16"),
        ("2026-03-26", "2026-04-08"),
        ("2026-12-23", "2027-01-06"),
        ("2026-12-24", "2027-01-07"),
        ("2025-12-19", "2026-01-02"),
        ("2027-12-22", "2028-01-05"),
        ("2022-09-14", "2022-09-26"),
        ("2024-02-29", "2024-03-11"),
        ("2028-02-20", "2028-02-29"),
        ("2028-02-29", "2028-03-09"),
    ],
)
def test_due_at_the_end_of_the_seventh_counted_day(arrived_on: str, due_on: str) -> None:
    assert due_after(date.fromisoformat(arrived_on), calendar=ENGLAND) == Due(
        date.fromisoformat(due_on), provisional=False
    )


def test_the_last_count_within_the_horizon_is_certain_and_the_next_is_not() -> None:
    last = date(2028, 12, 18)

    assert due_after(last, calendar=ENGLAND) == Due(date(2028, 12, 29), provisional=False)
    assert due_after(last + timedelta(days=1), calendar=ENGLAND) == Due(date(2029, 1, 1), provisional=True)
    assert due_after(date(2030, 6, 3), calendar=ENGLAND).provisional


def test_past_a_nearer_horizon_a_date_is_never_given_as_certain() -> None:
    until_2027 = Calendar(frozenset(day for day in ENGLAND.holidays if day.year < 2028), date(2027, 12, 31))

    due = due_after(date(2027, 12, 22), calendar=until_2027)

    assert due == Due(date(2028, 1, 4), provisional=True)
    assert due.on < due_after(date(2027, 12, 22), calendar=ENGLAND).on


def test_before_the_first_known_year_a_date_is_provisional() -> None:
    assert due_after(date(2011, 12, 30), calendar=ENGLAND).provisional
    assert not due_after(date(2011, 12, 31), calendar=ENGLAND).provisional


@pytest.mark.parametrize("on", [date(2011, 12, 31), date(2029, 1, 1), date(2029, 1, 6)])
def test_whether_an_unknown_day_is_worked_is_refused(on: date) -> None:
    with pytest.raises(PastHorizon, match="Import the newest list"):
        is_working_day(on, ENGLAND)


def test_the_first_and_the_last_known_day_are_answered() -> None:
    assert not is_working_day(date(2012, 1, 1), ENGLAND)
    assert not is_working_day(date(2028, 12, 31), ENGLAND)
    assert is_working_day(date(2028, 2, 29), ENGLAND)


def test_at_least_one_day_is_counted() -> None:
    with pytest.raises(ValueError, match="At least one"):
        due_after(date(2026, 6, 1), days=0, calendar=ENGLAND)


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        ("2026-12-23", "2027-01-06", 7),
        ("2027-01-05", "2027-01-06", 1),
        ("2027-01-06", "2027-01-06", 0),
        ("2027-01-07", "2027-01-06", -1),
        ("2026-06-13", "2026-06-12", 0),
        ("2026-06-15", "2026-06-12", -1),
    ],
)
def test_working_days_left(today: str, due: str, left: int) -> None:
    assert working_days_until(date.fromisoformat(today), date.fromisoformat(due), ENGLAND) == left


@settings(deadline=None)
@given(KNOWN, st.integers(1, 15))
def test_what_is_due_is_due_on_a_working_day(arrived_on: date, days: int) -> None:
    due = due_after(arrived_on, days=days, calendar=ENGLAND)

    assert not due.provisional
    assert is_working_day(due.on, ENGLAND)
    assert due.on > arrived_on


@settings(deadline=None)
@given(ANY_DAY, ANY_DAY)
def test_who_arrives_later_is_never_due_earlier(one: date, other: date) -> None:
    first, second = sorted((one, other))

    assert due_after(first, calendar=ENGLAND).on <= due_after(second, calendar=ENGLAND).on


@settings(deadline=None)
@given(ANY_DAY, st.integers(1, 15))
def test_the_days_left_on_arrival_are_the_days_given(arrived_on: date, days: int) -> None:
    due = due_after(arrived_on, days=days, calendar=ENGLAND)

    assert working_days_until(arrived_on, due.on, ENGLAND) == days
    assert working_days_until(due.on, arrived_on, ENGLAND) == -days


@settings(deadline=None)
@given(KNOWN)
def test_one_holiday_more_never_brings_a_date_forward(arrived_on: date) -> None:
    due = due_after(arrived_on, calendar=ENGLAND)

    with_one_more = replace(ENGLAND, holidays=ENGLAND.holidays | {due.on})

    assert due_after(arrived_on, calendar=with_one_more).on > due.on


@settings(deadline=None)
@given(ANY_DAY)
def test_provisional_is_said_exactly_when_a_day_gone_through_is_unknown(arrived_on: date) -> None:
    due = due_after(arrived_on, calendar=ENGLAND)
    gone_through = [arrived_on + timedelta(days=n) for n in range(1, (due.on - arrived_on).days + 1)]

    assert due.provisional == (not all(ENGLAND.knows(day) for day in gone_through))
