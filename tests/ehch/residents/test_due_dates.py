"""Due dates after an arrival: both counts, the rule set of the day, and the reasoning. REQ-67, REQ-68, hazard H8."""

import csv
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeround.ehch.residents.rules import RULE_SETS, due_dates, rule_set_on
from homeround.kernel.calendar.bank_holidays import ENGLAND
from tests.shared_files import shared_file


def test_every_example_of_the_vectors_holds() -> None:
    with shared_file("vectors/working_days.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) > 50
    for row in rows:
        due = due_dates(date.fromisoformat(row["admitted"]), ENGLAND)
        assert due.due_working_on.isoformat() == row["due_working"], row
        assert due.due_calendar_on.isoformat() == row["due_calendar_7"], row
        assert due.due_on == due.due_working_on
        assert not due.provisional


def test_the_reasoning_can_be_followed_by_hand() -> None:
    due = due_dates(date(2026, 12, 23), ENGLAND)

    assert due.reasoning == (
        "Day 0 is the day of arrival, Wed 23 Dec 2026. "
        "Working day 1 is Thu 24 Dec 2026 and working day 7 is Wed 6 Jan 2027. "
        "Not counted as weekend: Sat 26 Dec 2026, Sun 27 Dec 2026, Sat 2 Jan 2027, Sun 3 Jan 2027. "
        "Not counted as bank holiday: Fri 25 Dec 2026 (Christmas Day), "
        "Mon 28 Dec 2026 (Boxing Day, substitute day), Fri 1 Jan 2027 (New Year’s Day). "
        "In calendar days, day 7 is Wed 30 Dec 2026. "
        "The rule for this arrival is: within 7 working days of admission or re-admission."
    )


def test_the_reasoning_names_no_holiday_when_there_is_none() -> None:
    assert "bank holiday" not in due_dates(date(2026, 6, 1), ENGLAND).reasoning


def test_past_the_horizon_the_date_is_provisional_and_says_so() -> None:
    due = due_dates(date(2028, 12, 22), ENGLAND)

    assert due.provisional
    assert "Provisional: bank holidays are known only from Sun 1 Jan 2012 to Sun 31 Dec 2028" in due.reasoning


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2019, 1, 1), "7-days-2020"),
        (date(2020, 10, 1), "7-days-2020"),
        (date(2023, 3, 31), "7-days-2020"),
        (date(2023, 4, 1), "7-working-days-2023"),
        (date(2026, 11, 21), "7-working-days-2023"),
    ],
)
def test_the_rule_set_is_the_one_of_the_day_of_arrival(day: date, code: str) -> None:
    due = due_dates(day, ENGLAND)

    assert rule_set_on(day).code == due.rule_set == code
    assert due.due_on == (due.due_calendar_on if code == "7-days-2020" else due.due_working_on)


def test_rule_sets_follow_one_another_and_count_in_one_way() -> None:
    assert [rules.from_on for rules in RULE_SETS] == sorted({rules.from_on for rules in RULE_SETS})
    assert all((rules.working_days is None) != (rules.calendar_days is None) for rules in RULE_SETS)


@settings(deadline=None)
@given(st.dates(date(2012, 1, 1), date(2028, 11, 30)))
def test_working_days_are_never_earlier_than_calendar_days(arrived_on: date) -> None:
    due = due_dates(arrived_on, ENGLAND)

    assert due.due_working_on > due.due_calendar_on
