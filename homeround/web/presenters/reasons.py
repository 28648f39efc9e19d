"""Why somebody is to be seen, as tags: strength, words, what it rests on and how old that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from homeround.ehch.rounds.rules import Reason

SAYS: Final[Mapping[str, str]] = {
    "person": "the person or family says",
    "staff": "staff say",
    "dates": "dates and tools show",
    "clinician": "a clinician asks",
}
"""Who or what gives a reason of each kind, in words."""


@dataclass(frozen=True)
class ReasonTag:
    """One reason for the macro `reason`. `age` is how old what it rests on is."""

    code: str
    words: str
    kind: str
    strength: str
    evidence: str
    age: str

    @property
    def says(self) -> str:
        """Who or what gives it, in words."""
        return SAYS[self.kind]


def reason_tags(reasons: Iterable[Reason]) -> list[ReasonTag]:
    """The tags of one person, in the order given."""
    return [
        ReasonTag(
            reason.code,
            reason.words,
            reason.kind.value,
            reason.strength.value,
            reason.evidence,
            age_words(reason.age_days),
        )
        for reason in reasons
    ]


def age_words(days: int) -> str:
    """How old something is."""
    return "today" if days == 0 else "since yesterday" if days == 1 else f"{days} days old"
