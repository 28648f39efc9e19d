"""The two obligations of an arrival: due, late, done, ended with the stay, restarted. REQ-67, REQ-69; H8."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from homeround.ehch.care_plans.rules import (
    ClockFacts,
    is_open,
    problem_of_lateness,
    problems_of_completion,
    problems_of_day,
    state_of,
    working_days_left,
)
from homeround.ehch.care_plans.words import STATE_WORDS, State
from homeround.ehch.residents.rules import due_dates
from homeround.kernel.calendar.bank_holidays import ENGLAND

DUE = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("clock", "on", "state"),
    [
        (ClockFacts(DUE, None, None), DUE, State.OPEN),
        (ClockFacts(DUE, None, None), DUE + DAY, State.OVERDUE),
        (ClockFacts(DUE, DUE, None), DUE + 9 * DAY, State.DONE),
        (ClockFacts(DUE, DUE + DAY, None), DUE + 9 * DAY, State.DONE_LATE),
        (ClockFacts(DUE, None, DUE - DAY, left_how="left"), DUE + 9 * DAY, State.OPEN_WHEN_THEY_LEFT),
        (ClockFacts(DUE, None, DUE, left_how="died"), DUE + 9 * DAY, State.OPEN_WHEN_THEY_DIED),
        (ClockFacts(DUE, None, DUE + DAY, left_how="moved_home"), DUE + 9 * DAY, State.OVERDUE_WHEN_THEY_LEFT),
        (ClockFacts(DUE, None, DUE + DAY, left_how="died"), DUE + 9 * DAY, State.OVERDUE_WHEN_THEY_DIED),
        (ClockFacts(DUE, DUE, DUE), DUE + 9 * DAY, State.DONE),
        (ClockFacts(DUE, None, None, again_on=DUE + DAY), DUE + 9 * DAY, State.RESTARTED),
        (ClockFacts(DUE, DUE, None, again_on=DUE + DAY), DUE + 9 * DAY, State.DONE),
    ],
)
def test_where_an_obligation_stands(clock: ClockFacts, on: date, state: State) -> None:
    assert state_of(clock, on) is state


def test_only_what_somebody_still_has_to_do_is_open() -> None:
    assert {state for state in State if is_open(state)} == {State.OPEN, State.OVERDUE}


def test_working_days_left_over_christmas() -> None:
    """Arrived on 23 December 2026: day 7 is 6 January, with three bank holidays and two weekends between."""
    due = due_dates(date(2026, 12, 23), ENGLAND).due_on
    assert due == date(2027, 1, 6)
    assert working_days_left(due, date(2026, 12, 23), ENGLAND) == 7
    assert working_days_left(due, date(2026, 12, 25), ENGLAND) == 6
    assert working_days_left(due, due, ENGLAND) == 0
    assert working_days_left(due, date(2027, 1, 8), ENGLAND) == -2


def test_a_leap_day_is_a_day() -> None:
    due = due_dates(date(2028, 2, 29), ENGLAND).due_on
    assert due == date(2028, 3, 9)
    assert working_days_left(due, date(2028, 2, 29), ENGLAND) == 7


def test_every_state_has_words() -> None:
    assert set(STATE_WORDS) == set(State)


@pytest.mark.parametrize(
    ("done_on", "is_kept"),
    [
        (date(2026, 11, 10), False),
        (date(2026, 11, 11), True),
        (date(2026, 11, 16), True),
        (date(2026, 11, 17), False),
        (date(2026, 11, 20), False),
    ],
    ids=["before arrival", "day 0", "the day they left", "after they left", "not yet come"],
)
def test_done_on_a_day_of_the_stay(done_on: date, is_kept: bool) -> None:
    problems = problems_of_day(done_on, date(2026, 11, 11), date(2026, 11, 16), date(2026, 11, 19))
    assert bool(problems) is not is_kept
    assert set(problems) <= {"done_on"}


def test_how_the_person_took_part_is_always_needed() -> None:
    assert set(problems_of_completion("", " ", "", "")) == {"document", "took_part", "person_took_part"}
    assert set(problems_of_completion("paper file", "nurse, GP", "", "")) == {"person_took_part"}
    assert not problems_of_completion("paper file", "nurse, GP", "She chose her room and her meals.", "")


def test_long_or_unseen_words_are_refused_by_field() -> None:
    problems = problems_of_completion("x" * 201, "y" * 301, "z" * 301, "w" * 301)
    assert set(problems) == {"document", "took_part", "person_took_part", "late_because"}
    assert set(problems_of_completion("pa\x1bper", "nurse", "asleep", "")) == {"document"}


def test_late_needs_a_reason_and_on_time_none() -> None:
    assert not problem_of_lateness(DUE, DUE, False, "")
    assert set(problem_of_lateness(DUE + DAY, DUE, False, " ")) == {"late_because"}
    assert not problem_of_lateness(DUE + DAY, DUE, False, "The nurse was ill.")


def test_a_provisional_date_is_not_said_to_be_late_for_certain() -> None:
    words = problem_of_lateness(DUE + DAY, DUE, True, "")["late_because"]
    assert "provisional" in words
    assert "provisional" not in problem_of_lateness(DUE + DAY, DUE, False, "")["late_because"]
