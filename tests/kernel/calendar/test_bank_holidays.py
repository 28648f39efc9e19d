"""The bank holidays as shipped, against the published file and against what is known of them. Hazard H8."""

import json
from collections import Counter
from datetime import date

import pytest

from homeround.kernel.calendar.bank_holidays import ENGLAND, calendar_of, horizon_of
from tests.shared_files import shared_file

FILES = ("bank-holidays_2012-2028_govuk_2026-02-25.json", "bank-holidays_2024-2027_govuk_2025-08-17.json")


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_list_agrees_with_the_published_one(name: str) -> None:
    events = json.loads(shared_file(f"data/bank_holidays/{name}").read_text())["england-and-wales"]["events"]
    published = {date.fromisoformat(event["date"]): event["title"].casefold() for event in events}
    first, last = min(published).year, max(published).year

    assert {day for day in ENGLAND.holidays if first <= day.year <= last} == set(published)
    for day, title in published.items():
        assert ENGLAND.name_of(day).casefold().startswith(title)


def test_no_year_is_left_out_and_none_has_fewer_than_eight() -> None:
    years = Counter(day.year for day in ENGLAND.holidays)

    assert sorted(years) == list(range(2012, 2029))
    assert {year: number for year, number in years.items() if number > 8} == {2012: 9, 2022: 10, 2023: 9}
    assert min(years.values()) == 8


def test_one_offs_and_moved_days_are_there() -> None:
    moved = [(2012, 6, 4), (2012, 6, 5), (2020, 5, 8), (2022, 6, 2), (2022, 6, 3), (2022, 9, 19), (2023, 5, 8)]
    substitutes = [(2026, 12, 28), (2027, 12, 27), (2027, 12, 28), (2028, 1, 3)]

    assert {date(*day) for day in moved + substitutes} <= ENGLAND.holidays
    assert not {date(2020, 5, 4), date(2022, 5, 30), date(2026, 12, 26), date(2028, 1, 1)} & ENGLAND.holidays


def test_no_holiday_falls_on_a_weekend() -> None:
    assert all(day.weekday() < 5 for day in ENGLAND.holidays)


def test_the_horizon_is_the_end_of_the_last_year_with_both_christmas_holidays() -> None:
    assert ENGLAND.horizon == date(2028, 12, 31)
    assert ENGLAND.begins_on == date(2012, 1, 1)
    assert horizon_of([date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 3), date(2028, 12, 25)]) == date(
        2027, 12, 31
    )
    assert horizon_of([date(2026, 12, 25), date(2026, 12, 28)]) == date(2026, 12, 31)


def test_a_list_without_a_christmas_has_no_horizon() -> None:
    with pytest.raises(ValueError, match="both Christmas holidays"):
        calendar_of({date(2029, 1, 1): "New Year’s Day"})
