"""What can be kept when a round is cancelled or added to, or a review is moved, and to whom one can be moved."""

from __future__ import annotations

from datetime import date
from typing import Final

from homeround.ehch.residents.rules import Day, problems_of_days
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.record.words import problems_in, what_is_wrong

LONGEST_REASON: Final = 300
LONGEST_WORDS: Final = 2000
"""Characters."""


def problems_of_cancelling(because: str) -> dict[str, str]:
    """What stands against cancelling a round."""
    return problems_in(
        because=what_is_wrong(because, most=LONGEST_REASON, needed="Say why the round is cancelled: the home reads it.")
    )


def problems_of_reopening(because: str, *, another_is_open: bool) -> dict[str, str]:
    """What stands against opening a cancelled round again: one is open in a home on a day."""
    if another_is_open:
        return {"because": "Another round of that day is open in this home: write in that one, or cancel it first."}
    return problems_in(
        because=what_is_wrong(because, most=LONGEST_REASON, needed="Say how the mistake came about: the home reads it.")
    )


def problems_of_amendment(words: str) -> dict[str, str]:
    """What stands against adding to a closed round."""
    return problems_in(words=what_is_wrong(words, most=LONGEST_WORDS, needed="Write what is to be added."))


def problems_of_move(because: str) -> dict[str, str]:
    """What stands against moving a review to another person."""
    needed = "Say how it came to stand on the wrong person."
    return problems_in(because=what_is_wrong(because, most=LONGEST_REASON, needed=needed))


REVIEW_MOVED: Final = "The review that answered it was about somebody else."
NOT_REACHED_AFTER_ALL: Final = "The review that answered it says now that they were not reached."
ROUND_CANCELLED: Final = "The round whose review answered it was cancelled."
"""Why a concern waits again that a review had answered."""

ON_WRONG_PERSON: Final = "It was written on the wrong person."
"""What stands before the mover's own words where something that a review made is taken back."""


def problems_of_whom(on: date, *, from_on: date | None, left_on: date | None, today: date) -> dict[str, str]:
    """What stands against a review of a day being about somebody who lived in the home between two days (None: not
    known since when; they live there still), under `to_ref`.
    """
    before = f"They came after this review of {shown_date(on)}, so it is not about them. Choose somebody else."
    after = f"They were gone before this review of {shown_date(on)}, so it is not about them. Choose somebody else."
    whom = Day("to_ref", "seen", on, not_before=from_on, if_before=before, not_after=left_on, if_after=after)
    return problems_of_days([whom], today=today)


def problems_of_summary(summary: str) -> dict[str, str]:
    """What stands against the line to the home when a round closes."""
    return problems_in(summary=what_is_wrong(summary, most=LONGEST_WORDS))
