"""What can be kept when a round is cancelled or added to, or a review is moved."""

from __future__ import annotations

from typing import Final

from homeround.kernel.record.words import problems_in, what_is_wrong

LONGEST_REASON: Final = 300
LONGEST_WORDS: Final = 2000
"""Characters."""


def problems_of_cancelling(because: str) -> dict[str, str]:
    """What stands against cancelling a round."""
    return problems_in(
        because=what_is_wrong(because, most=LONGEST_REASON, needed="Say why the round is cancelled: the home reads it.")
    )


def problems_of_amendment(words: str) -> dict[str, str]:
    """What stands against adding to a closed round."""
    return problems_in(words=what_is_wrong(words, most=LONGEST_WORDS, needed="Write what is to be added."))


def problems_of_move(because: str) -> dict[str, str]:
    """What stands against moving a review to another person."""
    needed = "Say how it came to stand on the wrong person."
    return problems_in(because=what_is_wrong(because, most=LONGEST_REASON, needed=needed))


def problems_of_summary(summary: str) -> dict[str, str]:
    """What stands against the line to the home when a round closes."""
    return problems_in(summary=what_is_wrong(summary, most=LONGEST_WORDS))
