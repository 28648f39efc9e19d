"""Asked of me: what a body owes, by when and for whom; and the people a community member was asked to help with."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Kind, Reach
from homeround.ehch.decisions.queries import Owed, asked_of, came_back_to
from homeround.ehch.residents.queries import co_opted_for
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.presenters.decisions import owed_status
from homeround.web.presenters.person import PersonLine, line_of
from homeround.web.presenters.states import Status
from homeround.web.requests import PageRequest


@require_GET
def asked_of_me(request: PageRequest) -> HttpResponse:
    """What is asked of the viewer's body, by day; and people they are co-opted for."""
    viewer = request.viewer
    if not viewer.reads(Kind.LIVING):
        raise NotAllowed(f"As {viewer.role_words} you are asked nothing about residents.")
    owed = [owed_line(one, request) for one in asked_of(viewer=viewer, at=request.at)]
    came_back = [owed_line(one, request) for one in came_back_to(viewer=viewer, at=request.at)]
    helps = co_opted_for(viewer=viewer, at=request.at) if viewer.reach is Reach.TEAM else []
    return render(
        request,
        "decisions/asked_of_me.jinja",
        {
            "owed": owed,
            "came_back": came_back,
            "helps": [(line_of(one.ref, one.identity), one) for one in helps],
            "is_team": viewer.reach is Reach.TEAM,
        },
    )


def owed_line(
    one: Owed, request: PageRequest, lines: Mapping[str, PersonLine] | None = None
) -> tuple[Owed, PersonLine, Status]:
    """A follow-up on a list: itself, whom it is about (`lines`: those of the home's list), and its day."""
    line = (lines or {}).get(one.person_ref) or line_of(one.person_ref, one.identity)
    return one, line, owed_status(one, london_date(request.at))
