"""Who is at work when, who to call at this hour, who may lead, and when something may begin.
REQ-16, REQ-17; H3, H16.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from homeround.ehch.alignment.rules import (
    LAST_RESORT,
    Contact,
    Hours,
    Shift,
    is_at_work,
    next_at_work,
    problem_of_start,
    problems_of_hours,
    problems_of_lead,
    readers_at,
    shifts_of,
    who_to_call,
)
from homeround.kernel.calendar.bank_holidays import ENGLAND

OFFICE = shifts_of([[day, "09:00", "17:00"] for day in range(5)])
MONDAY = date(2026, 11, 16)


def hours(shifts: tuple[Shift, ...] = OFFICE, *, works_bank_holidays: bool = False) -> Hours:
    return Hours(shifts, works_bank_holidays, "01632 960100", "NHS 111", "111")


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "at_work"),
    [
        (utc(2026, 11, 16, 8, 59), False),
        (utc(2026, 11, 16, 9, 0), True),
        (utc(2026, 11, 16, 16, 59), True),
        (utc(2026, 11, 16, 17, 0), False),
        (utc(2026, 11, 21, 12, 0), False),
        (utc(2026, 7, 13, 8, 30), True),
        (utc(2026, 7, 13, 16, 30), False),
    ],
    ids=["before", "begins", "last minute", "ends", "Saturday", "summer: an hour earlier", "summer: over"],
)
def test_at_work_by_londons_clock(at: datetime, at_work: bool) -> None:
    assert is_at_work(hours(), at, ENGLAND) is at_work
    assert who_to_call(hours(), "the coordinators", at, ENGLAND) == (
        Contact("the coordinators", "01632 960100") if at_work else Contact("NHS 111", "111")
    )


def test_now_is_the_next_hour_at_work_of_somebody_who_is_there() -> None:
    at = utc(2026, 11, 16, 10, 30)
    assert next_at_work(hours(), at, ENGLAND) == at


def test_two_in_the_night_of_a_bank_holiday() -> None:
    """H3: Boxing Day 2026 is a Saturday with a substitute on Monday 28; New Year's Day is a Friday."""
    christmas_night = utc(2026, 12, 25, 2)
    assert next_at_work(hours(), christmas_night, ENGLAND) == utc(2026, 12, 29, 9)
    assert next_at_work(hours(works_bank_holidays=True), christmas_night, ENGLAND) == utc(2026, 12, 25, 9)


def test_past_the_horizon_weekdays_are_ordinary_days() -> None:
    assert next_at_work(hours(), utc(2029, 12, 25, 2), ENGLAND) == utc(2029, 12, 25, 9)


def test_nobody_within_three_weeks_is_none_and_not_a_guess() -> None:
    nobody = hours(())
    assert next_at_work(nobody, utc(2026, 11, 16, 10), ENGLAND) is None
    assert not is_at_work(nobody, utc(2026, 11, 16, 10), ENGLAND)
    readers = readers_at("the coordinators", nobody, utc(2026, 11, 16, 10), ENGLAND)
    assert readers.next_at is None
    assert readers.why_nobody == "nobody is at work within 21 days"
    assert readers.call == Contact("NHS 111", "111")


NIGHT = shifts_of([[6, "01:00", "02:00"]])
EARLY = shifts_of([[6, "01:30", "07:00"]])


def test_the_night_when_an_hour_is_lost() -> None:
    """Sunday 29 March 2026: 01:00 to 02:00 does not exist. A shift that begins in it begins when it is over."""
    assert next_at_work(hours(EARLY), utc(2026, 3, 29, 0, 30), ENGLAND) == utc(2026, 3, 29, 1)
    assert is_at_work(hours(EARLY), utc(2026, 3, 29, 1), ENGLAND)
    assert not any(is_at_work(hours(NIGHT), utc(2026, 3, 29) + timedelta(minutes=15 * n), ENGLAND) for n in range(16))


def test_the_night_when_an_hour_comes_twice() -> None:
    """Sunday 25 October 2026: 01:00 to 02:00 comes twice, and who works it works both."""
    there = [is_at_work(hours(NIGHT), utc(2026, 10, 25, hour, 30), ENGLAND) for hour in (23, 0, 1, 2)]
    assert there == [False, True, True, False]


def test_a_day_may_end_at_midnight_and_the_next_begin_there() -> None:
    around_the_clock = hours(shifts_of([[day, "00:00", "24:00"] for day in range(7)]), works_bank_holidays=True)
    start = utc(2026, 10, 24, 20)
    assert all(is_at_work(around_the_clock, start + timedelta(minutes=30 * n), ENGLAND) for n in range(48))


@pytest.mark.parametrize(
    "row",
    [
        [7, "09:00", "17:00"],
        [-1, "09:00", "17:00"],
        [0, "17:00", "09:00"],
        [0, "09:00", "09:00"],
        [0, "9 o'clock", "17:00"],
        [0, "09:00"],
        ["Monday", "09:00", "17:00"],
        [0, "24:00", "24:00"],
        None,
    ],
)
def test_what_is_no_stretch_of_work_is_refused_by_its_line(row: list[object]) -> None:
    problems = problems_of_hours([[1, "09:00", "12:00"], row], "111", "NHS 111", "111")
    assert problems["week"].startswith("Line 2 is no stretch of work")


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        ([0, "12:00", "17:00"], False),
        ([0, "11:59", "17:00"], True),
        ([1, "09:00", "12:00"], False),
        ([0, "00:00", "24:00"], True),
    ],
)
def test_stretches_of_one_day_do_not_overlap(other: list[object], overlaps: bool) -> None:
    problems = problems_of_hours([[0, "09:00", "12:00"], other], "111", "NHS 111", "111")
    assert ("week" in problems) is overlaps


@pytest.mark.parametrize("phone", ["", "  ", "ring Sue", "1", "111; DROP", "9" * 40])
def test_what_is_no_telephone_number_is_refused(phone: str) -> None:
    assert set(problems_of_hours([], phone, "NHS 111", phone)) == {"phone", "otherwise_phone"}


@pytest.mark.parametrize("phone", ["111", "01632 960 001", "+44 1632 960001", "(01632) 960001"[1:]])
def test_telephone_numbers_are_kept_as_they_are_written(phone: str) -> None:
    assert not problems_of_hours([], phone, "NHS 111", phone)


def test_who_to_call_otherwise_is_always_said() -> None:
    assert set(problems_of_hours([], "111", " ", "111")) == {"otherwise"}


def test_a_shift_that_is_none_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="weekday"):
        Shift(9, time(9), time(17))
    with pytest.raises(ValueError, match="later"):
        Shift(0, time(17), time(9))


def test_without_hours_a_number_is_still_shown() -> None:
    at = utc(2026, 11, 16, 10)
    unknown = readers_at("the coordinators of Exe PCN", None, at, ENGLAND)
    assert unknown.call == LAST_RESORT
    assert unknown.why_nobody == "no hours recorded for the coordinators of Exe PCN"
    own_number = readers_at("the manager of Elm Court", None, at, ENGLAND, phone="01632 960010")
    assert own_number.call == Contact("the manager of Elm Court", "01632 960010")


def test_hours_without_anybody_to_work_them_promise_nobody() -> None:
    readers = readers_at("the coordinators", hours(), utc(2026, 11, 16, 10), ENGLAND, why_nobody="nobody has this role")
    assert (readers.is_now, readers.next_at, readers.why_nobody) == (False, None, "nobody has this role")
    assert readers.call == Contact("the coordinators", "01632 960100")


@pytest.mark.parametrize("profession", ["GP", "gp", " General Practitioner "])
def test_a_gp_leads_without_an_exception(profession: str) -> None:
    assert not problems_of_lead(profession, "", "")


@pytest.mark.parametrize("profession", ["", "paramedic", "advanced nurse practitioner", "not a GP"])
def test_anybody_else_leads_only_with_the_exception_and_the_skills(profession: str) -> None:
    assert set(problems_of_lead(profession, "", "")) == {"exception_because", "skills_evidence"}
    assert set(problems_of_lead(profession, "No GP could.", " ")) == {"skills_evidence"}
    assert not problems_of_lead(profession, "No GP could.", "Twelve years in care homes.")


@pytest.mark.parametrize(
    ("from_on", "begins"),
    [
        (MONDAY, ""),
        (date(2026, 11, 2), ""),
        (date(2027, 4, 1), ""),
        (date(2026, 11, 1), "Something else already begins on Sun 1 Nov 2026"),
        (date(2027, 3, 1), "Something else already begins on Mon 1 Mar 2027"),
        (date(2026, 10, 31), "What holds now began on Sun 1 Nov 2026"),
        (date(2015, 12, 31), "Thu 31 Dec 2015 cannot be right"),
        (date(2126, 11, 16), "Sat 16 Nov 2126 cannot be right"),
    ],
)
def test_what_has_begun_is_not_rewritten(from_on: date, begins: str) -> None:
    written = [date(2026, 1, 1), date(2026, 11, 1), date(2027, 3, 1)]
    assert problem_of_start(from_on, written, MONDAY).startswith(begins)
    assert bool(problem_of_start(from_on, written, MONDAY)) is bool(begins)
