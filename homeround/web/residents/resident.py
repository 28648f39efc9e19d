"""One person on one page: what is open first, then what was decided and where it stands, then everything."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.accounts.rights import PRACTICE_ROLES, Extent, Kind, Right
from homeround.ehch.care_plans.queries import Clock, clocks_of
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.rules import FORMER
from homeround.ehch.rounds.queries import record_of
from homeround.web.presenters.person import banner, responsible_words
from homeround.web.presenters.record import record
from homeround.web.presenters.states import clock_status
from homeround.web.requests import PageRequest

CARERS = frozenset({Extent.HOME_PART})
"""Whoever reads only what the home must do gets the short page, in a carer's words."""


@require_GET
def resident(request: PageRequest, ref: str) -> HttpResponseBase:
    """The page of a person in sight."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    facts = banner_of(person)
    extent = person.capacity.extent(Kind.CLINICAL)
    clocks = clocks_of(person) if person.reads(Kind.LIVING) and extent not in CARERS else []
    context = {
        "ref": person.ref,
        "facts": facts,
        "who": banner(facts, request.at),
        "responsible": responsible_words(facts.responsible),
        "record": record(record_of(person), at=request.at, has_practice=facts.responsible.is_known),
        "clocks": [(clock, clock_status(clock)) for clock in _newest(clocks)],
        "reads_living": person.reads(Kind.LIVING),
        "reads_decisions": extent in {Extent.ALL, Extent.DECISIONS},
        "reads_rounds": extent is Extent.ALL and request.viewer.role not in PRACTICE_ROLES,
        "acts": _acts(person, is_expected=facts.stay_basis == "expected"),
        "changes": _changes(person),
        "why": person.relationship.value,
    }
    return render(request, "residents/resident.jinja", context)


def _newest(clocks: list[Clock]) -> list[Clock]:
    """The obligations of the newest arrival: earlier ones stand in the timeline."""
    return [clock for clock in clocks if clock.arrived_on == clocks[0].arrived_on]


def _acts(person: PersonInSight, *, is_expected: bool) -> list[tuple[str, str, bool]]:
    """The few things done most, as the macro `acts` wants them."""
    if is_expected:
        arrives = Right.MOVES in person.capacity.rights
        return [("They have arrived", reverse("arrival_new", args=[person.ref]), True)] if arrives else []
    if person.relationship in FORMER or Right.CONCERN not in person.capacity.rights:
        return []
    return [("Raise a concern", reverse("concern_new", args=[person.ref]), True)]


def _changes(person: PersonInSight) -> list[tuple[str, str]]:
    """What may be changed about where somebody lives and who is responsible, and who has looked."""
    writes = person.capacity.rights
    found: list[tuple[str, str]] = []
    if person.relationship not in FORMER:
        if Right.MOVES in writes:
            found.append(("Change the room", reverse("room", args=[person.ref])))
        if writes & {Right.MOVES, Right.REGISTERING}:
            found.append(("Change the GP practice", reverse("registration", args=[person.ref])))
        if Right.MOVES in writes:
            found.append(("Record that they left or died", reverse("departure", args=[person.ref])))
    if Right.OWN_LOOKS in writes:
        found.append(("Who has looked at this record", reverse("looks", args=[person.ref])))
    return found
