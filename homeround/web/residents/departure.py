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
from homeround.ehch.rounds.queries import record_of
from homeround.web.forms import Choice, Day, Form, Option, Tick, answer
from homeround.web.jinja import capitalize_first, plural
from homeround.web.presenters.person import LEFT_WORDS, banner
from homeround.web.presenters.record import record
from homeround.web.requests import PageRequest

KINDS = ("died", "left", "moved_home")


class DepartureForm(Form):
    """How and when, and that it is this person."""

    kind = Choice(
        "What happened?",
        (
            Option("died", "They died"),
            Option("moved_home", "They moved to another care home"),
            Option("left", "They left, to live elsewhere"),
        ),
        needed="Choose how the stay ended.",
        large=True,
    )
    left_on = Day("On which day?", needed="Enter the day it ended.")
    is_them = Tick(
        "This is the person named above, born on that day", needed="Check name and date of birth, then tick this."
    )


def departure(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form; it says before saving what will be closed."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.MOVES)
    facts = banner_of(person)
    form = DepartureForm(request, subject=person.ref, back=reverse("resident", args=[person.ref]))

    def save() -> str:
        record_departure(
            by=request.viewer, at=request.at, token=form.token, ref=person.ref, kind=form.kind, left_on=form.left_on
        )
        return reverse("resident", args=[person.ref])

    def context() -> Mapping[str, object]:
        known = facts.responsible.is_known
        return {"who": banner(facts, request.at), "closing": _closing(person, has_practice=known)}

    return answer(request, form, save, "residents/departure.jinja", context)


def _closing(person: PersonInSight, *, has_practice: bool) -> list[tuple[str, str, str]]:
    """What is open now, and what each way of leaving does to it: words, closed by, stays open after."""
    found = record(record_of(person), at=person.at, has_practice=has_practice)
    waiting = [one for one in found.decisions if one.status and one.status.tone in {"wait", "late", "bad"}]
    things = (
        ("concern", plural(len(found.concerns), "open concern"), len(found.concerns)),
        ("arrival", "Assessment or plan that is due", sum(clock.is_open for clock in clocks_of(person))),
        ("follow_up", plural(len(found.follow_ups), "thing") + " to be done", len(found.follow_ups)),
        ("ask", plural(len(waiting), "decision") + " waiting for the registered GP", len(waiting)),
    )
    return [
        (capitalize_first(words), _those(what, closed=True), _those(what, closed=False))
        for what, words, count in things
        if count
    ]


def _those(what: str, *, closed: bool) -> str:
    return ", ".join(LEFT_WORDS[kind] for kind in KINDS if closes(what, kind) is closed)
