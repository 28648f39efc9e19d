"""The shapes in which a slice says, in its `kinds.py`, what may wait and what the lines of a person's timeline are.

Rounds puts the kinds of all slices together (`rounds.rules.kinds`). Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import Final

from homeround.accounts.rights import Kind
from homeround.ehch.residents.rules.rows import Entry, Wait

Target = Callable[[Wait, str], tuple[str, list[str]]]
"""The page on which something that waits is acted on, and what stands in its address; given the code of the home."""


def thing(page: str) -> Target:
    """The page of the thing that waits."""
    return lambda wait, _: (page, [wait.ref])


def thing_of_person(page: str) -> Target:
    """The page of the thing that waits, for the person it is about."""
    return lambda wait, _: (page, [wait.ref, wait.person_ref])


def person(page: str, *more: str) -> Target:
    """A page of the person."""
    return lambda wait, _: (page, [wait.person_ref, *more])


def home(page: str) -> Target:
    """A page of the home."""
    return lambda _, code: (page, [code])


class Side(StrEnum):
    """Who can act, by what they may write; the words say it on a page."""

    CARERS = "the staff of the home"
    HOME = "the nurse, senior or manager of the home"
    COORDINATORS = "the PCN’s care coordinators"
    CLINICIANS = "the PCN’s clinicians"
    MANAGERS = "the PCN’s manager"
    PRACTICE = "the registered practice"


PCN: Final = frozenset({Side.COORDINATORS, Side.CLINICIANS})
"""Whoever sees to people for the PCN."""


class Strength(IntEnum):
    """How much a thing that waits is about somebody's health or safety, however long it has waited."""

    CONCERN = 0
    """Somebody is unwell, and nobody has looked or answered."""
    UNSETTLED = 1
    """What applies is in question, or nobody answers for the person."""
    OTHER = 2


@dataclass(frozen=True)
class Turn:
    """A kind of thing that waits. `words` say what it is on a list; `sides` who can act on it; `leads_to` which page
    they act on.

    `late_after`: how long after it began it is late; None: once its own day is over, or at once where it has none.
    `late_sides` are told as well once it is late. `only_the_member`: a named person's alone, while they are there.
    `reason` is the reason to see the person that it gives (`rounds.rules.REASONS`), or empty. `strength` decides where
    it stands on a list. `seeing_answers`: whoever sees the person has dealt with it. `words_gone`: what a list says of
    it about somebody who died, left or moved (`{went}`), where the words for who lives there would mislead.
    """

    kind: str
    words: str
    sides: frozenset[Side]
    leads_to: Target = field(kw_only=True)
    late_after: timedelta | None = None
    late_sides: frozenset[Side] = frozenset()
    is_urgent: bool = False
    only_the_member: bool = False
    reason: str = ""
    strength: Strength = Strength.OTHER
    seeing_answers: bool = False
    words_gone: str = ""


@dataclass(frozen=True)
class EntryKind:
    """A kind of line of a person's timeline, for whoever reads the kind of information that it `holds`.

    `says` what stands before the words of the entry. `page` tells more. `is_day`: of what happened only the day is
    known. `has_words`: the words of the entry are shown as they are. `says_itself`: its own words say that it was taken
    back. `is_decision`: it is for whoever reads decisions, also where they do not read all that is clinical.
    """

    kind: str
    holds: Kind
    says: str | Callable[[Entry], str]
    page: str = ""
    is_day: bool = False
    has_words: bool = True
    says_itself: bool = False
    is_decision: bool = False

    def what(self, entry: Entry) -> str:
        """What a line of this kind says it is."""
        return self.says if isinstance(self.says, str) else self.says(entry)
