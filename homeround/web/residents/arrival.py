"""How somebody came to live here, by when assessment and plan are due, and how that was counted (REQ-67)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Kind, Right
from homeround.ehch.care_plans.access import may_mark_done
from homeround.ehch.care_plans.queries import clocks_of
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.web.presenters.person import banner, responsible_words
from homeround.web.presenters.states import clock_status
from homeround.web.requests import PageRequest


@require_GET
def arrival(request: PageRequest, ref: str) -> HttpResponseBase:
    """Confirms a move-in, and explains its due dates at any later time."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at, kind=Kind.LIVING)
    facts = banner_of(person)
    clocks = clocks_of(person)
    context = {
        "ref": person.ref,
        "who": banner(facts, request.at),
        "facts": facts,
        "responsible": responsible_words(facts.responsible),
        "clocks": [(clock, clock_status(clock)) for clock in clocks if clock.arrived_on == clocks[0].arrived_on],
        "may_complete_late": may_mark_done(person),
        "is_saved": request.GET.get("saved") == "yes",
        "may_move_in_more": Right.MOVES in person.capacity.rights,
    }
    return render(request, "residents/arrival.jinja", context)
