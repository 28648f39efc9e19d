"""Why somebody is to be seen, as tags: strength, words, what it rests on and how old that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from homeround.ehch.rounds.rules import REASONS, Reason
from homeround.web.jinja import plural


@dataclass(frozen=True)
class ReasonTag:
    """One reason for the macro `reason`. `age` is how old what it rests on is."""

    code: str
    words: str
    kind: str
    strength: str
    evidence: str
    age: str


@dataclass(frozen=True)
class ReasonCount:
    """How many people of a home have one reason."""

    code: str
    words: str
    strength: str
    people: str


def reason_tags(reasons: Iterable[Reason]) -> list[ReasonTag]:
    """The tags of one person, in the order given."""
    return [
        ReasonTag(one.code, one.words, one.kind.value, one.strength.value, one.evidence, age_words(one.age_days))
        for one in reasons
    ]


def reason_counts(by_code: dict[str, int]) -> list[ReasonCount]:
    """How many people have each reason, in the order of the reviewed data: must before should before consider."""
    return [
        ReasonCount(code, rule.words, rule.strength.value, plural(by_code[code], "person", "people"))
        for code, rule in REASONS.items()
        if by_code.get(code)
    ]


def age_words(days: int) -> str:
    """How old something is."""
    return "today" if days == 0 else "since yesterday" if days == 1 else f"{days} days old"
