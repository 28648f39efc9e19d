"""How many bodies one file may close, and when a file is too old to change what is known. H50."""

from datetime import date

import pytest

from homeround.directory.rules import is_older, may_close

NEWEST = date(2025, 1, 20)
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("closing", "open_before", "allowed"),
    [(0, 0, True), (1, 0, False), (1, 49, False), (1, 50, True), (2, 100, True), (3, 100, False), (132, 6_618, True)],
)
def test_never_more_than_two_per_cent(closing: int, open_before: int, allowed: bool) -> None:
    assert may_close(closing, open_before) is allowed


@pytest.mark.parametrize(
    ("newest_on", "known", "older"),
    [
        (NEWEST, [], False),
        (NEWEST, [None, date(2024, 3, 31)], False),
        (NEWEST, [NEWEST], False),
        (NEWEST, [None, date(2025, 1, 21)], True),
        (NEWEST, [TODAY], True),
        (NEWEST, [date(2026, 11, 22)], False),  # still to come: a planned end
        (None, [date(2025, 1, 21)], False),
    ],
)
def test_a_file_is_older_than_what_happened_after_it(
    newest_on: date | None, known: list[date | None], older: bool
) -> None:
    assert is_older(newest_on, known, TODAY) is older
