"""Finding somebody by what was typed: parts of a name, room, home, practice or NHS number (roadmap 03 A; H1).

Pure. Every word typed must fit something; capitals, accents, apostrophes and hyphens do not count.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

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
    places = f"{_plain(person.home)} {_plain(person.practice)}"
    room = _plain(person.room)
    return all(_fits(term, names, places, room) for term in _terms(words))


def _fits(term: str, names: list[str], places: str, room: str) -> bool:
    if term in {room, *room.split()}:
        return True
    return len(term) >= SHORTEST and (any(part.startswith(term) for part in names) or _begins_in(term, places))


def _begins_in(term: str, places: str) -> bool:
    return any(part.startswith(term) for part in places.split())


def _digits(words: str) -> str:
    """The figures, when what was typed is a number and long enough for an NHS number."""
    found = "".join(char for char in words if char.isascii() and char.isdigit())
    return found if _NUMBER.fullmatch(words.strip()) and len(found) >= FEWEST_DIGITS else ""


def _terms(text: str) -> list[str]:
    return [part for part in _PARTS.split(_plain(text)) if part and part != "room"]


def _plain(text: str) -> str:
    """Without capitals, accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char) and char not in "'\u2019\u2018`\u00b4")
