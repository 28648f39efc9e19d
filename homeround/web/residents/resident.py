"""One person on one page: what is open first, then what was decided and where it stands, then everything."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Extent, Kind, Right
from homeround.ehch.care_plans.access import may_mark_done
from homeround.ehch.care_plans.queries import Clock, clocks_of
from homeround.ehch.decisions.queries import applies_now, validity_about
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.queries import Banner, banner_of, handed_over, kept_apart
from homeround.ehch.residents.rules import FORMER, Relationship, room_words
from homeround.ehch.residents.words import DepartureKind, StayBasis
from homeround.ehch.rounds.queries import PersonRecord, record_of
from homeround.web.doing import done_about
from homeround.web.presenters.applies import READS_DECISIONS
from homeround.web.presenters.decisions import as_it_was
from homeround.web.presenters.person import banner, responsible_words, to_be_told, went_words
from homeround.web.presenters.record import record
from homeround.web.presenters.states import clock_status
from homeround.web.requests import PageRequest

CARERS = frozenset({Extent.HOME_PART})
"""Whoever reads only what the home must do gets the short page, in a carer's words."""


@dataclass(frozen=True)
class Gone:
    """How somebody went, where they lived, and the way back."""

    how: str
    room: str
    way_back: str


@require_GET
def resident(request: PageRequest, ref: str) -> HttpResponseBase:
    """The page of a person in sight."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    facts = banner_of(person)
    extent = person.capacity.extent(Kind.CLINICAL)
    clocks = clocks_of(person) if person.reads(Kind.LIVING) and extent not in CARERS else []
    applying = applies_now([person.resident_id], at=person.as_of)[person.resident_id]
    doing = done_about(person, applying)
    found = record_of(person)
    context = {
        "ref": person.ref,
        "facts": facts,
        "who": banner(facts, request.at),
        "responsible": responsible_words(facts.responsible),
        "record": record(
            found,
            at=request.at,
            has_practice=facts.responsible.is_known,
            validity=validity_about(person) if extent in READS_DECISIONS else {},
        ),
        "clocks": [(clock, clock_status(clock)) for clock in _newest(clocks)],
        "may_mark_done": may_mark_done(person),
        "applies": as_it_was(doing) if facts.left else doing,
        "reads_applies": extent is not Extent.NONE and extent is not Extent.AWAITING,
        "withheld": _withheld(person, extent),
        "reads_living": person.reads(Kind.LIVING),
        "reads_decisions": extent in READS_DECISIONS,
        "reads_rounds": extent is Extent.ALL and request.viewer.may(Right.WORKLIST),
        "acts": _acts(person, facts),
        "gone": _gone(person, facts) if request.GET.get("saved") == "yes" else None,
        "handed_over": handed_over(person) if facts.left and person.reads(Kind.LIVING) else None,
        "to_be_told": to_be_told(facts, person.capacity.rights),
        "people": _people(facts, kept_apart(person)),
        "changes": _changes(person, facts, has_news=_has_news(person, found)),
        "why": person.relationship.value,
    }
    return render(request, "residents/resident.jinja", context)


def _withheld(person: PersonInSight, extent: Extent) -> str:
    """What stands in the record and is not for this role: said, so that nobody takes the page for everything."""
    if not person.reads(Kind.LIVING):
        return "Concerns, decisions and what happened are for the clinicians of your practice. They are not shown here."
    if extent is Extent.HOME_PART:
        return "Who decided it and why, and the notes of rounds, are for nurses, seniors and clinicians: ask them."
    return "" if extent is Extent.ALL else "The notes of rounds are for clinicians. They are not shown here."


def _newest(clocks: list[Clock]) -> list[Clock]:
    """The obligations of the newest arrival: earlier ones stand in the timeline."""
    return [clock for clock in clocks if clock.arrived_on == clocks[0].arrived_on]


def _acts(person: PersonInSight, facts: Banner) -> list[tuple[str, str, bool]]:
    """The few things done most, as the macro `acts` wants them."""
    if facts.stay_basis == StayBasis.EXPECTED and not facts.left:
        if Right.MOVES not in person.capacity.rights or person.relationship in FORMER:
            return []
        return [
            ("They have arrived", reverse("arrival_new", args=[person.ref]), True),
            ("They are not coming", reverse("departure", args=[person.ref]), False),
        ]
    if person.relationship in FORMER or facts.left:
        return []
    offered = (
        (Right.CONCERN, "Raise a concern", "concern_new", True),
        (Right.PUT_FORWARD, "Put forward for the round", "put_forward_new", False),
        *(
            (
                (Right.MOVES, "Back from hospital", "hospital_return", False),
                (Right.MOVES, "Still in hospital: what is said", "hospital_news", False),
            )
            if facts.away is not None
            else ((Right.MOVES, "Gone to hospital", "hospital", False),)
        ),
    )
    return [
        (label, reverse(page, args=[person.ref]), is_first)
        for right, label, page, is_first in offered
        if right in person.capacity.rights
    ]


def _gone(person: PersonInSight, facts: Banner) -> Gone | None:
    """What was just written down, with the person in large type: recorded on somebody else it is seen at once (H32)."""
    if not facts.left_on or Right.MOVES not in person.capacity.rights:
        return None
    where = ", ".join(part for part in (room_words(facts.room) if facts.room else "", facts.home) if part)
    how = f"Written down: {went_words(facts.left, facts.left_on)}"
    return Gone(how, where, reverse("departure_removal", args=[person.ref]))


def _has_news(person: PersonInSight, found: PersonRecord) -> bool:
    """Whether a hospital said something during the stay in sight, which can be taken back."""
    return any(entry.state == str(person.stay_id) for entry in found.of("hospital_news"))


def _people(facts: Banner, apart: list[str]) -> list[tuple[str, str]]:
    """Who the person is and who answers for what, as label and words."""
    who = facts.identity
    return [
        ("Name", f"{who.called} ({who.formal})" if who.formal else who.called),
        ("NHS number", who.nhs_number),
        ("Like names here", ", ".join(facts.alike) or "none"),
        *([("Not the same person as", ", ".join(apart))] if apart else []),
        ("Medically responsible", responsible_words(facts.responsible)),
        ("Clinical lead", f"{facts.lead}, {facts.pcn} (oversight only)" if facts.lead else "not recorded here"),
    ]


def _changes(person: PersonInSight, facts: Banner, *, has_news: bool) -> list[tuple[str, str]]:
    """What may be changed or put right about who they are, where they live and who is responsible; who has looked."""
    writes = person.capacity.rights
    moves, is_former = Right.MOVES in writes, person.relationship in FORMER
    has_left = facts.left in LEFT
    is_own = not is_former or person.relationship is Relationship.LIVED_HERE
    is_expected, moved_in = facts.stay_basis == StayBasis.EXPECTED, facts.stay_basis == StayBasis.MOVED_IN
    is_back = moves and not is_former and facts.was_away and not facts.away
    offered = (
        ("room", "Change the room", moves and not is_former),
        ("registration", "Change the GP practice", not is_former and bool(writes & {Right.MOVES, Right.REGISTERING})),
        ("stay_change", "Change the day they are expected, or the stay", moves and not is_former and is_expected),
        ("stay_change", "Change the kind of stay or its planned end", moves and not is_former and not is_expected),
        ("identity", "Put right name, birth date or NHS number", moves and is_own),
        ("arrival_correction", "Put right the day they moved in", moves and is_own and moved_in),
        ("departure", "Record that they left or died", moves and not is_former and not is_expected),
        (
            "move_in_removal",
            "It was a mistake: they never came, or were written down twice or as somebody else",
            moves and not is_former,
        ),
        ("departure_removal", f"Take back “{LEFT.get(facts.left, '')}”: a mistake", moves and is_own and has_left),
        ("departure_correction", "Put right how or when they went", moves and is_own and has_left),
        ("hospital_removal", "Take back “gone to hospital”: a mistake", moves and not is_former and bool(facts.away)),
        ("hospital_return_correction", "Put right “back from hospital”: the day, how it was, what was said", is_back),
        ("hospital_return_removal", "Take back “back from hospital”: they are still there", is_back),
        ("hospital_news_removal", "Take back what was said in hospital", moves and not is_former and has_news),
        ("co_option", "Ask a clinician in for 24 hours, or end it", Right.CO_OPTION in writes and not is_former),
        ("looks", "Who has looked at this record", Right.OWN_LOOKS in writes),
    )
    return [(words, reverse(page, args=[person.ref])) for page, words, may in offered if may]


LEFT = {kind.value: kind.label for kind in DepartureKind}
