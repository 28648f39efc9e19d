"""The choices of rounds and reviews as forms offer them; their words are the slice's own."""

from __future__ import annotations

from typing import Final

from homeround.accounts.queries import Colleague
from homeround.ehch.rounds.words import (
    MODE_WORDS,
    OUTCOME_MEANS,
    OUTCOME_WORDS,
    SEEN_IN,
    SEEN_MEANS,
    SEEN_WORDS,
    Outcome,
    RoundMode,
)
from homeround.web.forms import Option
from homeround.web.jinja import capitalize_first

MODES: Final = tuple(Option(mode.value, capitalize_first(words)) for mode, words in MODE_WORDS.items())
WAYS: Final = tuple(
    Option(how.value, capitalize_first(words), hint=SEEN_MEANS.get(how, "")) for how, words in SEEN_WORDS.items()
)
OUTCOMES: Final = tuple(
    Option(outcome.value, words, hint=OUTCOME_MEANS.get(outcome, "")) for outcome, words in OUTCOME_WORDS.items()
)
DECISION_OF: Final = {
    Outcome.PLAN_CHANGED.value: "plan",
    Outcome.MEDICINE_CHANGED.value: "medicine",
    Outcome.REFERRAL.value: "referral",
}
"""What a decision is about, by the outcome that says that something changed; anything else is `other`."""

OWNERS: Final = (Option("home", "The home"), Option("pcn", "The care coordinators of the PCN"))


def colleagues(people: list[Colleague]) -> list[Option]:
    """Clinicians to choose from."""
    return [Option(str(person.membership_id), f"{person.name}, {person.role_words}") for person in people]


def ways_in(mode: RoundMode) -> tuple[Option, ...]:
    """How somebody may have been seen, the usual way of a round held so first; none is chosen beforehand."""
    usual = SEEN_IN[mode]
    ordered = [*usual, *(how for how in SEEN_WORDS if how not in usual)]
    by_value = {option.value: option for option in WAYS}
    return tuple(by_value[how.value] for how in ordered)
