"""Who can be put forward for the round, on whose behalf, and what can be kept about it (REQ-36)."""

from __future__ import annotations

from typing import Final

from homeround.ehch.rounds.rules.ending import problems_of_move
from homeround.ehch.rounds.words import Asks
from homeround.kernel.record.words import problems_in, what_is_wrong

LONGEST_ASKING: Final = 500
"""Characters: a line or two."""

SAY_WHY_SEEN: Final = "Say in a line why they are to be seen."
SAY_FOR_WHOM: Final = "Write beside at least one person why they are to be seen."
SAY_WHY_NOT: Final = "Say why they need not be seen any more: whoever asked reads it."
SAY_WHO_ASKS: Final = "Choose who asks."
NOT_HERE_YET: Final = "They do not live in this home now: a round sees who lives here."


def asks_on_offer(*, in_a_home: bool) -> tuple[Asks, ...]:
    """On whose behalf somebody may ask: staff of a home for the person and for themselves, everybody else for
    clinicians as well.
    """
    return (Asks.PERSON, Asks.STAFF) if in_a_home else tuple(Asks)


def problems_of_putting_forward(asks: str, words: str, *, in_a_home: bool, lives_here: bool) -> dict[str, str]:
    """What stands against putting somebody forward: field name to sentence."""
    problems = problems_in(words=what_is_wrong(words, most=LONGEST_ASKING, needed=SAY_WHY_SEEN))
    if asks not in asks_on_offer(in_a_home=in_a_home):
        problems["asks"] = SAY_WHO_ASKS
    if not lives_here:
        problems["words"] = NOT_HERE_YET
    return problems


def problems_of_moving_it(because: str, *, is_same: bool, lives_here: bool) -> dict[str, str]:
    """What stands against moving it to the person whom it is about."""
    problems = problems_of_move(because)
    if is_same:
        problems["to_ref"] = "It stands on this person already. Choose the person it is about."
    elif not lives_here:
        problems["to_ref"] = NOT_HERE_YET
    return problems


def problems_of_not_needed(because: str) -> dict[str, str]:
    """What stands against saying that somebody need not be seen."""
    return problems_in(because=what_is_wrong(because, most=300, needed=SAY_WHY_NOT))
