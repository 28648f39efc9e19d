"""Somebody left, moved to another home, or died: who it is, what that closes, and what stays open (trust.md)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Right
from homeround.ehch.care_plans.queries import clocks_of
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.rules import closes
from homeround.ehch.residents.words import LEAVING, DepartureKind, StayBasis
from homeround.ehch.rounds.queries import record_of
from homeround.web.forms import Choice, Day, Form, Option, Text, Tick, answer
from homeround.web.jinja import capitalize_first, plural
from homeround.web.presenters.person import banner
from homeround.web.presenters.record import record
from homeround.web.requests import PageRequest


class DepartureForm(Form):
    """How and when, and that it is this person."""

    kind = Choice("What happened?", needed="Choose what happened.", large=True)
    left_on = Day("On which day?", needed="Enter the day it happened.")
    words = Text("Where to, or why?", hint="For example: to her daughter; stayed in hospital.", most=200)
    is_them = Tick(
        "This is the person named above, born on that day", needed="Check name and date of birth, then tick this."
    )
    sure = Tick("I am sure", when_asked=True)


def departure(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form; it says before saving what will be closed. Somebody expected dies, or is not coming, on any day."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.MOVES)
    facts = banner_of(person)
    form = DepartureForm(
        request,
        subject=person.ref,
        back=reverse("resident", args=[person.ref]),
        options={"kind": departure_options(facts.stay_basis)},
    )

    def save() -> str:
        record_departure(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            kind=form.kind,
            left_on=form.left_on,
            words=form.words,
            sure=form.sure,
        )
        return f"{reverse('resident', args=[person.ref])}?saved=yes"

    def context() -> Mapping[str, object]:
        known = facts.responsible.is_known
        return {
            "who": banner(facts, request.at),
            "is_expected": facts.stay_basis == StayBasis.EXPECTED,
            "closing": _closing(person, kinds_for(facts.stay_basis), has_practice=known),
        }

    return answer(request, form, save, "residents/departure.jinja", context)


OPTIONS = {
    DepartureKind.DIED: "They died",
    DepartureKind.MOVED_HOME: "They moved to another care home",
    DepartureKind.LEFT: "They left, to live elsewhere",
    DepartureKind.NOT_COMING: "They are not coming",
}


def kinds_for(basis: str) -> tuple[DepartureKind, ...]:
    """How somebody can go who is known in this way: who is expected dies or does not come."""
    return (DepartureKind.NOT_COMING, DepartureKind.DIED) if basis == StayBasis.EXPECTED else LEAVING


def departure_options(basis: str) -> list[Option]:
    """The answers to what happened."""
    return [Option(kind.value, OPTIONS[kind]) for kind in kinds_for(basis)]


def _closing(
    person: PersonInSight, kinds: tuple[DepartureKind, ...], *, has_practice: bool
) -> list[tuple[str, str, str]]:
    """What is open now, and what each way of leaving does to it: words, closed by, stays open after."""
    entries = record_of(person)
    found = record(entries, at=person.at, has_practice=has_practice)
    waiting = [decision for decision in found.decisions if decision.is_waiting]
    things = (
        ("hospital", "The stay in hospital", len(entries.of("hospital", only_open=True))),
        ("concern", plural(len(found.concerns), "open concern"), len(found.concerns)),
        ("arrival", "Assessment or plan that is due", sum(clock.is_open for clock in clocks_of(person))),
        ("put_forward", "Put forward for the round", len(found.put_forward)),
        ("follow_up", plural(len(found.follow_ups), "thing") + " to be done", len(found.follow_ups)),
        ("ask", plural(len(waiting), "decision") + " waiting for the registered GP", len(waiting)),
    )
    return [
        (capitalize_first(words), _those(what, kinds, closed=True), _those(what, kinds, closed=False))
        for what, words, count in things
        if count
    ]


def _those(what: str, kinds: tuple[DepartureKind, ...], *, closed: bool) -> str:
    return ", ".join(kind.label for kind in kinds if closes(what, kind) is closed)
