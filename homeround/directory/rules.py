"""When a file may close bodies, when it looks cut short, and when two homes look like one place. Plain Python."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

MOST_PER_CENT_CLOSED: Final = 2
"""Of the open bodies of a kind, one file closes no more than this; beyond it, a person decides (trust.md, H50)."""
LEAST_PER_CENT_OF_ROWS: Final = 90
"""A file with fewer rows than this share of the last of its kind may have been cut short at the end of a row [I]."""
COUNTS_FROM: Final = 100
"""Smaller files are not compared: an extract of a few rows says nothing about what was cut."""


def may_close(closing: int, open_before: int) -> bool:
    """Whether one file may close that many bodies of a kind of which so many were open."""
    return closing * 100 <= open_before * MOST_PER_CENT_CLOSED


def is_far_fewer(row_count: int, before: int) -> bool:
    """Whether a file has so many fewer rows than the last of its kind that somebody must say it is whole."""
    return before >= COUNTS_FROM and row_count * 100 < before * LEAST_PER_CENT_OF_ROWS


@dataclass(frozen=True)
class Registered:
    """A registration of a home, to be compared with others."""

    body_id: int
    name: str
    postcode: str
    opened_on: date


def registered_twice(homes: Iterable[Registered]) -> list[tuple[Registered, Registered]]:
    """Registrations of what looks like one place, each with the one before it: one name at one postcode.

    Neighbours share an address, so the address says nothing. A person says whether one succeeds the other.
    """
    places: dict[tuple[str, str], list[Registered]] = defaultdict(list)
    for home in homes:
        if home.postcode:
            places[home.postcode, _plain(home.name)].append(home)
    return [
        (earlier, later)
        for _, same in sorted(places.items())
        for earlier, later in pairwise(sorted(same, key=lambda home: (home.opened_on, home.body_id)))
        if earlier.opened_on < later.opened_on
    ]


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
