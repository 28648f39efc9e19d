"""Whom to ring at this hour, and who reads what is written, when: shown before anything is saved (H3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from homeround.ehch.alignment.rules import LAST_RESORT, Readers
from homeround.kernel.calendar.times import LONDON, london_date, shown, shown_date

Number = tuple[str, str, str]
EMERGENCY: Final[Number] = ("Emergency ambulance", "999", "if a life is in danger")


@dataclass(frozen=True)
class WhoReads:
    """Two sentences and a tone: who reads this, and when they are next at work."""

    who: str
    when: str
    is_now: bool
    nobody: bool


def numbers(readers: Readers) -> list[Number]:
    """Whom to ring at this hour: the ambulance, whoever is on duty, NHS 111."""
    ring = readers.ring
    found = [EMERGENCY, (ring.whom, ring.phone, "at this hour")]
    if ring.phone != LAST_RESORT.phone:
        found.append((LAST_RESORT.whom, LAST_RESORT.phone, "at any hour"))
    return found


def who_reads(readers: Readers, at: datetime) -> WhoReads:
    """Who reads, in words for a page of the home."""
    if readers.why_nobody or readers.next_at is None:
        why = readers.why_nobody or "nobody is at work"
        return WhoReads(
            who=f"Nobody reads this: {why}.",
            when=f"It is kept here. If anybody has to know, ring {ring_words(readers)}.",
            is_now=False,
            nobody=True,
        )
    who = f"This is read by {readers.whom}."
    if readers.is_now:
        return WhoReads(who, "They are at work now.", is_now=True, nobody=False)
    when = (
        f"They are next at work {_when(readers.next_at, at)}. If it cannot wait until then, ring {ring_words(readers)}."
    )
    return WhoReads(who, when, is_now=False, nobody=False)


def ring_words(readers: Readers) -> str:
    """Whom to ring at this hour, in a sentence: `NHS 111`, or the name and the number."""
    ring = readers.ring
    return ring.whom if ring.phone in ring.whom else f"{ring.whom} on {ring.phone}"


def _when(next_at: datetime, at: datetime) -> str:
    days = (london_date(next_at) - london_date(at)).days
    clock = f"{next_at.astimezone(LONDON):%H:%M}"
    if days == 0:
        return f"today at {clock}"
    if days == 1:
        return f"tomorrow, {shown_date(london_date(next_at))}, at {clock}"
    return shown(next_at)
