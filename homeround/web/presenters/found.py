"""People who were found: their line, where they live, and what is so of their stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from homeround.ehch.residents.queries.find import Found
from homeround.kernel.calendar.times import shown_date
from homeround.web.presenters.person import PersonLine, line_of, went_words


@dataclass(frozen=True)
class FoundLine:
    """One line: the person with room and mark, birth date and number to be sure by, home, practice, and their stay."""

    person: PersonLine
    born: str
    nhs_number: str
    home: str
    practice: str
    stay: str


def lines_of(people: Iterable[Found]) -> list[FoundLine]:
    """The lines, in the order given."""
    return [_line(person) for person in people]


def _line(found: Found) -> FoundLine:
    who = found.identity
    return FoundLine(
        person=line_of(found.ref, who, room=found.room, unit=found.unit, is_alike=found.is_alike, away=found.away),
        born=shown_date(who.born_on) if who.born_on else "date of birth not recorded here",
        nhs_number=who.nhs_number,
        home=found.home or "lives in no home that Homeround knows of",
        practice=found.practice or "practice not known",
        stay=_stay(found),
    )


def _stay(found: Found) -> str:
    if found.left:
        return went_words(found.left, found.left_on)
    return "expected, has not arrived" if found.is_expected else ""
