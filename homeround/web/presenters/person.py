"""A person on a page: the banner above everything about them, and their line in a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from homeround.accounts.rights import Right
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.residents import queries as residents
from homeround.ehch.residents.queries import Away, Identity, Went
from homeround.ehch.residents.rules import Relationship, Responsible, room_order, room_words
from homeround.ehch.residents.words import DepartureKind, StayBasis, StayKind
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.web.jinja import capitalize_first
from homeround.web.presenters.banner import Banner

NOT_HELD: Final = "Not held in Homeround. Look at the person’s own papers."
"""For what this record never holds: allergies, medicines, CPR and treatment decisions. Never left blank (H29)."""

MOST_ALIKE: Final = 3
"""Like names that the banner spells out."""


@dataclass(frozen=True)
class PersonLine:
    """Somebody in a list: called and family name in full, room first, and whether a like name lives here too (H1).

    `away`: that they are in hospital, and since when; empty for whoever is in the home. `gone`: that they died, left or
    moved, and when; empty for whoever lives there. `born`: when, for whoever can
    be mixed up; two of them may share a room.
    """

    ref: str
    called: str
    formal: str
    room: str
    unit: str
    is_alike: bool = False
    away: str = ""
    born: str = ""
    gone: str = ""


def line_of(
    ref: str,
    identity: Identity,
    *,
    room: str = "",
    unit: str = "",
    is_alike: bool = False,
    away: Away | None = None,
    gone: Went | None = None,
) -> PersonLine:
    """The line; `formal` is given only where they are called something else. Whoever is in hospital says so on every
    list, and whoever died, left or moved, also where only their name was asked for. `gone`: from the home that the list
    is about; without it, who lives in no home now.
    """
    gone = gone or identity.gone_from(None)
    born = f"born {shown_date(identity.born_on)}" if is_alike and identity.born_on else ""
    return PersonLine(
        ref,
        identity.called,
        identity.formal,
        room_words(room),
        unit,
        is_alike,
        "" if gone else away_words(away or identity.away),
        born,
        gone_words(gone),
    )


def away_words(away: Away | None) -> str:
    """That somebody is in hospital and since when; empty for whoever is not."""
    return f"In hospital since {shown_date(away.since)}" if away else ""


def gone_words(gone: Went | None) -> str:
    """That somebody died, left or moved, and when; empty for whoever lives there."""
    return capitalize_first(went_words(gone.how, gone.on)) if gone else ""


class Named(Protocol):
    """Anything that is about somebody by name."""

    @property
    def person_ref(self) -> str: ...

    @property
    def identity(self) -> Identity: ...


class LivesHere(Protocol):
    """Anything that says of somebody in which room of the home they live, and whether a like name lives there too."""

    @property
    def ref(self) -> str: ...

    @property
    def identity(self) -> Identity: ...

    @property
    def room(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def is_alike(self) -> bool: ...

    @property
    def away(self) -> Away | None: ...


def line_here(row: LivesHere) -> PersonLine:
    """The line of somebody who lives in the home: with room, mark, and that they are in hospital."""
    return line_of(row.ref, row.identity, room=row.room, unit=row.unit, is_alike=row.is_alike, away=row.away)


def in_walking_order(row: LivesHere) -> tuple[object, ...]:
    """Where somebody stands on a list that follows the rooms of a home, unit by unit."""
    return row.unit, room_order(row.room), row.identity.family, row.ref


def lines_by_ref(named: Iterable[Named], living: Iterable[LivesHere]) -> dict[str, PersonLine]:
    """Lines for those who are named on a page of a home, by their ref; who does not live there now has no room."""
    here = {person.ref: line_here(person) for person in living}
    return {entry.person_ref: line_of(entry.person_ref, entry.identity) for entry in named} | here


def lines_here(home: HomeInSight) -> dict[str, PersonLine]:
    """The lines of everybody who lives in a home, by ref, with room and mark: for lists that know only who it is about.

    Two statements; whoever a list shows is noticed by the list.
    """
    return lines_by_ref((), residents.living_here(home))


def banner(facts: residents.Banner, at: datetime) -> Banner:
    """What stands above every page about a person."""
    who = facts.identity
    return Banner(
        name=who.called,
        formal_name=who.formal,
        born=shown_date(who.born_on) if who.born_on else "date of birth not recorded here",
        age="" if facts.age is None or facts.left == DepartureKind.DIED else str(facts.age),
        nhs_number=who.nhs_number if who.number else "",
        room=room_words(facts.room) if not facts.left else "",
        place=_place(facts, at),
        away=_away(facts),
        also_here=_also_here(facts.alike),
        responsible_short=_responsible_short(facts.responsible),
        responsible=responsible_words(facts.responsible),
        safety=f"Allergies and medicines: {NOT_HELD}",
        cpr=NOT_HELD,
        lead=f"{facts.lead}, {facts.pcn}" if facts.lead else "",
    )


def _away(facts: residents.Banner) -> str:
    """In which hospital they are and since when; nothing once they have left the home."""
    if facts.away is None or facts.left:
        return ""
    return away_words(facts.away) + (f": {facts.away.hospital}" if facts.away.hospital else "")


def _also_here(alike: tuple[str, ...]) -> str:
    """The like names of the home; where there are many, how many more: the list marks each."""
    more = len(alike) - MOST_ALIKE
    return ", ".join(alike[:MOST_ALIKE]) + (f" and {more} more" if more > 0 else "")


def responsible_words(who: Responsible) -> str:
    """Who is medically responsible, in full (REQ-19)."""
    if not who.is_known:
        return f"Nobody known: {who.why_nobody}. Ring NHS 111 if a doctor is needed, and tell the care coordinator."
    named = ", ".join(part for part in (who.practice, who.gp_name, who.phone) if part)
    confirmed = f" Last confirmed {shown_date(who.last_confirmed_on)}." if who.last_confirmed_on else ""
    return f"{named}.{confirmed}"


def _responsible_short(who: Responsible) -> str:
    if not who.is_known:
        return "nobody known, call 111"
    return ", ".join(part for part in (who.practice, who.gp_name) if part)


def left_words(facts: residents.Banner) -> str:
    """How they went and on which day; when that was written down on another day, that too (C05)."""
    day = went_words(facts.left, facts.left_on)
    if facts.left_on is None or facts.left_written_on in {None, facts.left_on}:
        return day
    return f"{day} (written down {shown_date(facts.left_written_on)})"


def went_words(left: str, left_on: date | None) -> str:
    """How somebody went and on which day: `died Thu 12 Nov 2026`."""
    how = DepartureKind(left).label if left in DepartureKind.values() else left
    if left == DepartureKind.NOT_COMING:
        return f"called off {shown_date(left_on)}" if left_on else how
    return f"{how} {shown_date(left_on)}" if left_on else how


TELL_THE_NEW_HOME: Final = (
    "They moved to another home, which does not see this record. Tell the new home yourselves what applies and what is "
    "still to be done: it writes that down anew."
)
SEE_THAT_THEY_ARE_TOLD: Final = (
    "They moved to another home, which does not see this record. See that the new home and its PCN are told what "
    "applies and what is still to be done."
)


def to_be_told(facts: residents.Banner, rights: Collection[Right]) -> str:
    """What the home somebody moved from, and its PCN, have to do themselves; empty for anybody else."""
    if facts.left != DepartureKind.MOVED_HOME:
        return ""
    if facts.relationship is Relationship.LIVED_HERE and Right.MOVES in rights:
        return TELL_THE_NEW_HOME
    return SEE_THAT_THEY_ARE_TOLD if facts.relationship is Relationship.WAS_SERVED else ""


def _place(facts: residents.Banner, at: datetime) -> str:
    if not facts.home:
        return "lives in no home that Homeround knows of"
    place = ", ".join(part for part in (facts.unit, facts.home) if part)
    if facts.left == DepartureKind.NOT_COMING:
        return f"was expected in {place}, {left_words(facts)}"
    if facts.left:
        return f"{left_words(facts)}; last in {place}"
    if facts.stay_basis == StayBasis.EXPECTED:
        day = f" {shown_date(facts.from_on)}" if facts.from_on else ""
        return f"expected{day} in {place}"
    if facts.stay_kind in {"", StayKind.PERMANENT}:
        return place
    until = ""
    if facts.planned_end_on and facts.planned_end_on >= london_date(at):
        until = f" until {shown_date(facts.planned_end_on)}"
    return f"{place} ({StayKind(facts.stay_kind).label}{until})"
