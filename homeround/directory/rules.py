"""When a file may close bodies, and when it is too old to change what is known. Plain Python."""

from collections.abc import Iterable
from datetime import date
from typing import Final

MOST_PER_CENT_CLOSED: Final = 2
"""Of the open bodies of a kind, one file closes no more than this; beyond it, a person decides (trust.md, H50)."""


def may_close(closing: int, open_before: int) -> bool:
    """Whether one file may close that many bodies of a kind of which so many were open."""
    return closing * 100 <= open_before * MOST_PER_CENT_CLOSED


def is_older(newest_on: date | None, known: Iterable[date | None], today: date) -> bool:
    """Whether a file was written before something that is known already of the same bodies.

    `newest_on` is the newest day the file speaks of, `known` the days on record for the bodies it names. Days still to
    come are planned ends, which a file may well not repeat, and say nothing.
    """
    if newest_on is None:
        return False
    return any(on is not None and newest_on < on <= today for on in known)
