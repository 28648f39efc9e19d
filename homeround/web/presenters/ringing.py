"""Who to call at this hour, and who reads what is written, when: shown before anything is saved (H3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from homeround.ehch.alignment.queries import practice_at
from homeround.ehch.alignment.rules import LAST_RESORT, Contact, Readers
from homeround.ehch.residents.rules import Responsible
from homeround.kernel.calendar.times import LONDON, london_date, shown, shown_date


class Number(NamedTuple):
    """Somebody to call: who, on which number, and when it is answered."""

    who: str
    phone: str
    when: str = ""

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return self.phone.replace(" ", "")


EMERGENCY: Final = Number("Ambulance", "999", "if a life is in danger")
AT_ANY_HOUR: Final = Number(LAST_RESORT.who, LAST_RESORT.phone, "at any hour")
WITHOUT_A_HOME: Final = (EMERGENCY, AT_ANY_HOUR)
"""The numbers that are right for everybody, wherever they are."""


@dataclass(frozen=True)
class WhoReads:
    """Two sentences and a tone: who reads this, and when they are next at work."""

    who: str
    when: str
    is_now: bool
    nobody: bool


def numbers(readers: Readers, *, practice: Contact | None = None) -> list[Number]:
    """Who to call at this hour, in that order: 999 for a life in danger; the person's own practice while it is open;
    the home's nurse or manager; the coordinators, or whoever stands in for them; NHS 111. Each number once.
    """
    found = [EMERGENCY]
    if practice is not None:
        found.append(Number(practice.who, practice.phone, "their own GP practice, open now"))
    if readers.at_home is not None:
        found.append(Number(readers.at_home.who, readers.at_home.phone, "at this hour"))
    if readers.call.phone != LAST_RESORT.phone:
        found.append(Number(readers.call.who, readers.call.phone, "at this hour"))
    found.append(AT_ANY_HOUR)
    return list({number.dial: number for number in reversed(found)}.values())[::-1]


def practice_now(who: Responsible, at: datetime) -> Contact | None:
    """The number of the practice that is medically responsible, while it is open; None when it is closed, or nobody
    is known. One statement.
    """
    if who.practice_id is None or not who.phone:
        return None
    return practice_at(who.practice_id, who.practice, who.phone, at)


def services(readers: Readers, who: Responsible) -> list[str]:
    """Everybody who may have been called about a person, at whatever hour: to choose from afterwards."""
    known = [
        who.practice,
        readers.at_home.who if readers.at_home else "",
        readers.who if not readers.why_nobody else "",
        readers.call.who,
        LAST_RESORT.who,
        "999",
    ]
    return [name for name in dict.fromkeys(known) if name]


def who_reads(readers: Readers, at: datetime) -> WhoReads:
    """Who reads, in words for a page of the home."""
    if readers.why_nobody or readers.next_at is None:
        why = readers.why_nobody or "nobody is at work"
        return WhoReads(
            who=f"Nobody reads concerns: {why}.",
            when=f"It is kept here. If anybody has to know, call {call_words(readers)}.",
            is_now=False,
            nobody=True,
        )
    who = f"Concerns are read by {readers.who}."
    if readers.is_now:
        return WhoReads(who, "They are at work now.", is_now=True, nobody=False)
    when = (
        f"They are next at work {_when(readers.next_at, at)}. If it cannot wait until then, call {call_words(readers)}."
    )
    return WhoReads(who, when, is_now=False, nobody=False)


def call_words(readers: Readers) -> str:
    """Who to call at this hour, in a sentence: `NHS 111`, or the name and the number."""
    call = readers.call
    return call.who if call.phone in call.who else f"{call.who} on {call.phone}"


def _when(next_at: datetime, at: datetime) -> str:
    days = (london_date(next_at) - london_date(at)).days
    clock = f"{next_at.astimezone(LONDON):%H:%M}"
    if days == 0:
        return f"today at {clock}"
    if days == 1:
        return f"tomorrow, {shown_date(london_date(next_at))}, at {clock}"
    return shown(next_at)
