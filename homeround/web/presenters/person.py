"""A person on a page: the banner above everything about them, and their line in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from homeround.ehch.residents import queries as residents
from homeround.ehch.residents.queries import Identity
from homeround.ehch.residents.rules import Responsible
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.web.presenters.banner import Banner

NOT_HELD: Final = "Not held in Homeround. Look at the person’s own papers."
"""For what this record never holds: allergies, medicines, CPR and treatment decisions. Never left blank (H29)."""

STAY_WORDS: Final = {
    "permanent": "permanent",
    "trial": "trial stay",
    "respite": "respite",
    "discharge_to_assess": "discharge to assess",
    "emergency": "emergency placement",
}
LEFT_WORDS: Final = {"died": "died", "left": "left", "moved_home": "moved to another home", "moved in": "moved in"}


@dataclass(frozen=True)
class PersonLine:
    """Somebody in a list: called and family name in full, room first, and whether a like name lives here too (H1)."""

    ref: str
    called: str
    formal: str
    room: str
    unit: str
    is_alike: bool = False


def line_of(ref: str, identity: Identity, *, room: str = "", unit: str = "", is_alike: bool = False) -> PersonLine:
    """The line; `formal` is given only where they are called something else."""
    formal = identity.name if identity.called != identity.name else ""
    return PersonLine(ref, identity.called, formal, room_words(room), unit, is_alike)


def room_words(room: str) -> str:
    """`Room 12`; a room with a name keeps it."""
    return f"Room {room}" if room[:1].isdigit() else room


def banner(facts: residents.Banner, at: datetime) -> Banner:
    """What stands above every page about a person."""
    who = facts.identity
    return Banner(
        name=who.name,
        preferred_name=who.known_as if who.known_as != who.given else "",
        born=shown_date(who.born_on) if who.born_on else "date of birth not recorded here",
        age="" if facts.age is None or facts.left == "died" else str(facts.age),
        nhs_number=who.nhs_number if who.number else "",
        room=room_words(facts.room) if not facts.left else "",
        place=_place(facts, at),
        also_here=", ".join(facts.alike),
        responsible_short=_responsible_short(facts.responsible),
        responsible=responsible_words(facts.responsible),
        safety=f"Allergies and medicines: {NOT_HELD}",
        cpr=NOT_HELD,
        lead=f"{facts.lead}, {facts.pcn}" if facts.lead else "",
    )


def responsible_words(who: Responsible) -> str:
    """Who is medically responsible, in full (REQ-19)."""
    if not who.is_known:
        return f"Nobody known: {who.why_nobody}. Ring NHS 111 if a doctor is needed, and tell the care coordinator."
    named = ", ".join(part for part in (who.practice, who.gp_name, who.phone) if part)
    confirmed = f" Last confirmed {shown_date(who.last_confirmed_on)}." if who.last_confirmed_on else ""
    return f"{named}.{confirmed}"


def _responsible_short(who: Responsible) -> str:
    if not who.is_known:
        return "nobody known, ring 111"
    return ", ".join(part for part in (who.practice, who.gp_name) if part)


def _place(facts: residents.Banner, at: datetime) -> str:
    if not facts.home:
        return "lives in no home that Homeround knows of"
    place = ", ".join(part for part in (facts.unit, facts.home) if part)
    if facts.left:
        when = f" {shown_date(london_date(facts.left_at))}" if facts.left_at else ""
        return f"{LEFT_WORDS.get(facts.left, facts.left)}{when}; last in {place}"
    if facts.stay_basis == "expected":
        return f"expected in {place}"
    kind = STAY_WORDS.get(facts.stay_kind, "")
    until = ""
    if facts.planned_end_on:
        until = f" until {shown_date(facts.planned_end_on)}" if facts.planned_end_on >= london_date(at) else ""
    return place if kind in {"", "permanent"} else f"{place} ({kind}{until})"
