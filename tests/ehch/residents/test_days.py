"""Which days a form may say about a person: refused, asked, or kept. C05, C10, C11; one rule for every form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeround.ehch.residents import rules
from homeround.ehch.residents.rules import Day

TODAY = date(2026, 11, 16)
BORN = date(1938, 3, 27)
DISTANCES = st.integers(min_value=-40_000, max_value=80_000)


def found(kind: str, on: date | None, *, born_on: date | None = BORN, sure: bool = False) -> set[str]:
    return set(rules.problems_of_days([Day("day", kind, on)], today=TODAY, born_on=born_on, sure=sure))


REFUSED, ASKED, KEPT = {"day"}, {"sure"}, set[str]()


@pytest.mark.parametrize(
    ("kind", "on", "answer"),
    [
        ("arrived", TODAY, KEPT),
        ("arrived", TODAY + timedelta(1), REFUSED),
        ("arrived", TODAY - timedelta(30), KEPT),
        ("arrived", TODAY - timedelta(31), ASKED),
        ("arrived", date(26, 3, 3), REFUSED),
        ("arrived", date(1926, 3, 3), REFUSED),
        ("living since", date(2062, 1, 1), REFUSED),
        ("living since", date(1926, 1, 1), REFUSED),
        ("living since", date(1999, 1, 1), KEPT),
        ("living since", None, KEPT),
        ("expected", date(2020, 1, 1), REFUSED),
        ("expected", TODAY, KEPT),
        ("expected", date(2226, 12, 1), ASKED),
        ("planned end", TODAY, KEPT),
        ("planned end", date(2126, 12, 1), ASKED),
        ("planned end", TODAY - timedelta(1), REFUSED),
        ("left", TODAY, KEPT),
        ("left", date(1900, 1, 1), REFUSED),
        ("left", TODAY - timedelta(60), ASKED),
        ("registered until", TODAY, KEPT),
        ("registered until", date(2226, 1, 1), ASKED),
        ("registered from", TODAY + timedelta(1), REFUSED),
        ("confirmed", TODAY + timedelta(1), REFUSED),
    ],
)
def test_each_kind_of_day(kind: str, on: date | None, answer: set[str]) -> None:
    assert found(kind, on) == answer
    if answer is not REFUSED:
        assert found(kind, on, sure=True) == KEPT


@pytest.mark.parametrize("kind", sorted(rules.DAYS))
@given(born=DISTANCES, distance=DISTANCES)
def test_no_day_comes_before_birth_and_none_is_kept_unasked_that_is_far_away(
    kind: str, born: int, distance: int
) -> None:
    born_on, on = TODAY + timedelta(born), TODAY + timedelta(distance)
    answer = found(kind, on, born_on=born_on)
    if on < born_on:
        assert answer == REFUSED
    limits = rules.DAYS[kind]
    if answer == KEPT:
        assert limits.past or on >= TODAY
        assert limits.future or on <= TODAY
        assert limits.asked_back is None or on >= TODAY - limits.asked_back
        assert limits.asked_ahead is None or on <= TODAY + limits.asked_ahead


def test_a_stay_cannot_end_before_it_begins() -> None:
    first = Day("expected_on", "expected", date(2026, 12, 20))
    problems = rules.problems_of_stay_days(first, date(2026, 12, 10), today=TODAY, born_on=BORN)
    assert problems == {"planned_end_on": "The stay cannot end before it begins (Sun 20 Dec 2026)."}


def test_questions_of_several_rules_stand_together_and_only_once_nothing_is_refused() -> None:
    asks, asks_too = rules.asked(["Born today."]), rules.asked(["A year ago."])
    together = rules.together(asks, asks_too)
    assert together == {"sure": "Born today. A year ago. If that is right, tick “I am sure”. If not, correct it above."}
    assert rules.together(asks, {"room": "Enter their room."}) == {"room": "Enter their room."}
    assert rules.together({}, {}) == {}


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(1936, 2, 29), date(2026, 2, 28), 89),
        (date(1936, 2, 29), date(2026, 3, 1), 90),
        (date(1938, 3, 27), date(2026, 3, 26), 87),
        (date(1938, 3, 27), date(2026, 3, 27), 88),
    ],
)
def test_an_age_changes_on_the_birthday(born_on: date, on: date, age: int) -> None:
    assert rules.age_on(born_on, on) == age
