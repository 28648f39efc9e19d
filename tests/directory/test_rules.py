"""How many bodies one file may close, how old an edition is, and what looks cut short or registered twice. H50."""

from datetime import date

import pytest

from homeround.directory.rows import Edition
from homeround.directory.rules import Registered, is_far_fewer, may_close, registered_twice

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("closing", "open_before", "allowed"),
    [(0, 0, True), (1, 0, False), (1, 49, False), (1, 50, True), (2, 100, True), (3, 100, False), (132, 6_618, True)],
)
def test_never_more_than_two_per_cent(closing: int, open_before: int, allowed: bool) -> None:
    assert may_close(closing, open_before) is allowed


@pytest.mark.parametrize(
    ("row_count", "before", "fewer"),
    [(8_000, 9_000, True), (8_100, 9_000, False), (9_000, 0, False), (1, 99, False), (89, 100, True), (90, 100, False)],
)
def test_a_file_with_far_fewer_rows_than_the_last_of_its_kind(row_count: int, before: int, fewer: bool) -> None:
    assert is_far_fewer(row_count, before) is fewer


def registered(body_id: int, name: str, postcode: str, year: int) -> Registered:
    return Registered(body_id, name, postcode, date(year, 1, 1))


def test_homes_that_look_like_one_place_registered_anew() -> None:
    old = registered(1, "Holly Tree Cottage", "TA1 1AA", 2013)
    new = registered(2, "Holly-Tree Cottage", "TA1 1AA", 2020)
    newest = registered(3, "HOLLY TREE COTTAGE", "TA1 1AA", 2024)
    elsewhere = registered(4, "Holly Tree Cottage", "EX1 1AA", 2021)
    neighbour = registered(5, "Oak House", "TA1 1AA", 2022)
    same_day = registered(6, "Oak House", "TA1 1AA", 2022)
    nowhere = registered(7, "Oak House", "", 2023)
    everything = [newest, elsewhere, old, nowhere, neighbour, new, same_day]
    assert registered_twice(everything) == [(old, new), (new, newest)]


AGES = [
    Edition({}, {}),
    Edition({}, {}, began=frozenset({date(2024, 1, 1)}), ended=frozenset({date(2030, 1, 1)})),
    Edition({}, {}, began=frozenset({date(2025, 1, 1)})),
    Edition({}, {}, began=frozenset({date(2025, 1, 1), date(2027, 1, 1)}), ended=frozenset({date(2025, 3, 1)})),
]


def test_editions_are_as_old_as_what_began_in_them_not_as_planned_ends() -> None:
    ages = [edition.age(TODAY) for edition in AGES]
    assert ages == sorted(ages)
    assert len(set(ages)) == len(ages)
