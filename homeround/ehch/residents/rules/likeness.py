"""Names that can be taken for each other, and people who may be one and the same (H1, H10).

Compared are not the letters as typed but what a tired eye or ear makes of them: forms of a letter, accents, capitals,
apostrophes, hyphens and blanks do not count; each part of a double name counts, and so does what somebody is called.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Final

from homeround.kernel.reviewed import Reviewed, register

SAME_FIRST_NAME_IS_ALIKE: Final = False
"""Whether the same first name alone, or being called the same, marks two people of one home.

Off: in a home of 60 it marked 43 of them, and a mark that stands on everybody warns nobody. The same first name with
the same initial of the family name still marks. A home whose carers use first names only may want it on.
"""

NEAR: Final = 0.8
"""From which share of letters in common, in order, two names of people born on the same day are near (0 to 1)."""

PARTICLES: Final = frozenset(
    {"al", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "las"}
    | {"le", "les", "los", "ten", "ter", "van", "von", "y", "zu"}
)
"""Small words inside a family name that make nobody alike by themselves."""

LIKENESS_REVIEWED: Final = register(
    "names that can be taken for each other",
    Reviewed(
        source="our own choice, from cases of names confused; to be set with the homes",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 26),
        next_review_on=date(2027, 11, 30),
    ),
)

_WRITTEN_APART: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_BETWEEN_PARTS: Final = re.compile(r"[\s\-\u2010-\u2015]+")


@dataclass(frozen=True)
class Name:
    """A name as it was typed: first name (or names), family name, what the person is called; and the NHS number beside
    it. Each may be empty.
    """

    given: str
    family: str
    known_as: str = ""
    number: str = ""

    @property
    def formal(self) -> str:
        """First and family name."""
        return f"{self.given} {self.family}".strip()

    @cached_property
    def called(self) -> str:
        """What they are called, with the family name in full and once: `Betty Dunn`, also where that is what was
        typed.
        """
        called = self.known_as or self.given
        family = fold(self.family)
        if family and (fold(called) == family or fold(called.rsplit(maxsplit=1)[-1] if called else "") == family):
            return called if self.known_as else self.formal
        return f"{called} {self.family}".strip()


def fold(text: str) -> str:
    """What is compared of a name: letters and digits only, without case, accents or forms of a letter."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    letters = "".join(letter for letter in decomposed.translate(_WRITTEN_APART) if letter.isalnum())
    return letters or text.strip().casefold()


def are_alike(name: Name, other: Name) -> bool:
    """Whether two people of one home can be taken for each other by their names, or have one number (H1)."""
    return bool(_keys(name) & _keys(other))


def alike_among(names: Iterable[Name]) -> frozenset[Name]:
    """Those of these names that can be taken for another one among them; a name that comes twice can."""
    everybody = list(names)
    times = Counter(key for name in everybody for key in _keys(name))
    return frozenset(name for name in everybody if any(times[key] > 1 for key in _keys(name)))


def same_name(name: Name, other: Name) -> bool:
    """Whether two names are the same to a tired eye: formal or called name, in any order of the two."""
    return bool(_wholes(name) & _wholes(other))


def near_name(name: Name, other: Name) -> bool:
    """Whether two names may be one, mistyped, misheard or shortened; asked only of people born on the same day."""
    if are_alike(name, other):
        return True
    return any(
        SequenceMatcher(None, mine, theirs).ratio() >= NEAR for mine in _wholes(name) for theirs in _wholes(other)
    )


def _wholes(name: Name) -> frozenset[str]:
    either_way = (name.formal, f"{name.family} {name.given}", name.called, f"{name.known_as} {name.family}")
    return frozenset(folded for text in either_way if (folded := fold(text)))


@lru_cache(maxsize=4096)
def _keys(name: Name) -> frozenset[tuple[str, ...]]:
    """What two alike people share at least one of: a family name or part of it; a first name with an initial; an NHS
    number, which can be only one person's.
    """
    families = _parts(name.family)
    firsts = {fold(text) for text in (name.given, *name.given.split()[:1], name.known_as, *name.known_as.split()[:1])}
    firsts.discard("")
    if not families:
        families = firsts  # one name only: it may be taken for a first or a family name
    initials = {family[0] for family in families} or {""}
    keys: set[tuple[str, ...]] = {("family", family) for family in families}
    keys |= {("first", first, initial) for first in firsts for initial in initials}
    if SAME_FIRST_NAME_IS_ALIKE:
        keys |= {("first", first) for first in firsts}
    if name.number:
        keys.add(("number", name.number))
    return frozenset(keys)


def _parts(family: str) -> set[str]:
    whole = fold(family)
    if not whole:
        return set()
    parts = {fold(part) for part in _BETWEEN_PARTS.split(family) if part.strip()}
    return {whole} | {part for part in parts if part and part not in PARTICLES}
