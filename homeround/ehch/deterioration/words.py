"""The words of concerns: what may be chosen, and what each means. Rules, models, pages and tests import them from here.

Plain Python. A code is what is kept and compared; the words beside it are only for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Phone(StrEnum):
    """Whether a phone call is needed about a concern."""

    NOT_NEEDED = "not_needed"
    TO_BE_PHONED = "to_be_phoned"
    SPOKEN = "spoken"


class State(StrEnum):
    """Where a concern stands. Reading is not an answer; a departure closes what nobody answered (C13)."""

    UNREAD = "unread"
    READ = "read"
    OPENED_AGAIN = "opened_again"
    ANSWERED = "answered"
    ANSWER_GONE = "answer_gone"
    OPEN_WHEN_THEY_LEFT = "open_when_they_left"
    OPEN_WHEN_THEY_DIED = "open_when_they_died"
    REMOVED = "removed"


STATE_WORDS: Final[Mapping[State, str]] = {
    State.UNREAD: "not read yet",
    State.READ: "read, not answered yet",
    State.OPENED_AGAIN: "answered and opened again, not answered now",
    State.ANSWERED: "answered",
    State.ANSWER_GONE: "answered by a decision that was taken back",
    State.OPEN_WHEN_THEY_LEFT: "was open when they left",
    State.OPEN_WHEN_THEY_DIED: "was open when they died",
    State.REMOVED: "removed: raised in error",
}

NOBODY_PHONED: Final = "Help was asked for, and nobody wrote down that anybody was phoned."
"""What stands before a concern that was still to be phoned about when the person left or died."""

NOT_ANSWERED: Final = frozenset({State.UNREAD, State.READ, State.OPENED_AGAIN})
"""The states in which no answer stands."""

WAITING: Final = NOT_ANSWERED | {State.ANSWER_GONE}
"""The states in which the PCN still owes an answer."""


class AnswerKind(StrEnum):
    """How a concern was answered: in words of its own, or by the review of a round, which is read where it stands."""

    IN_WORDS = "in_words"
    BY_REVIEW = "by_review"


NO_WORDS_YET: Final = "No words yet"
"""What stands where "Yes, now" was pressed and nothing has been written so far."""

FIRST: Final = " · first: "
"""Between the newest words of a concern and those it was raised with, where a line shows both."""

IN_ERROR: Final = "in_error"
WRONG_PERSON: Final = "wrong_person"
"""The two ways a concern stops standing, as `residents.models.CorrectionKind` keeps them."""
