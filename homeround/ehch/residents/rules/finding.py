"""Finding somebody by what was typed: parts of a name, room, home, practice or NHS number (roadmap 03 A; H1).

Pure. Every word typed must fit something; capitals, accents, apostrophes and hyphens do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from homeround.ehch.residents.rules.likeness import fold

SHORTEST: Final = 2
"""Letters of a word that is looked for in names, homes and practices; a room may have one."""

LONGEST: Final = 80

FEWEST_DIGITS: Final = 4
"""Figures from which a number is looked for among NHS numbers; fewer are a room."""

_NUMBER: Final = re.compile(r"[\d\s-]+")
_PARTS: Final = re.compile(r"[\s\-\u2010-\u2015,;/()]+")


@dataclass(frozen=True)
class Findable:
    """What somebody can be found by."""

    names: tuple[str, ...]
    room: str
    home: str
    practice: str
    number: str


def problem_of(words: str) -> str:
    """What is wrong with what was typed, in a sentence; empty when it can be looked for."""
    if not _terms(words):
        return "Type part of a name, a room, a home, a practice or an NHS number."
    if len(words) > LONGEST:
        return f"Type less: at most {LONGEST} characters."
    return ""


def fits(words: str, person: Findable) -> bool:
    """Whether the person fits everything that was typed."""
    digits = _digits(words)
    if digits:
        return digits in person.number
    names = [part for name in person.names for part in _terms(name)]
    places = [*_terms(person.home), *_terms(person.practice)]
    rooms = {fold(person.room), *_terms(person.room)}
    return all(_fits(term, [*names, *places], rooms) for term in _terms(words))


def _fits(term: str, parts: list[str], rooms: set[str]) -> bool:
    return term in rooms or (len(term) >= SHORTEST and any(part.startswith(term) for part in parts))


def _digits(words: str) -> str:
    """The figures, when what was typed is a number and long enough for an NHS number."""
    found = "".join(char for char in words if char.isascii() and char.isdigit())
    return found if _NUMBER.fullmatch(words.strip()) and len(found) >= FEWEST_DIGITS else ""


def _terms(text: str) -> list[str]:
    """The words of a text as they are compared; a hyphen parts two words, an apostrophe none."""
    folded = (fold(part) for part in _PARTS.split(text))
    return [part for part in folded if part and part != "room"]
