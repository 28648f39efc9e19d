"""What waits for the viewer, whole: every first page shows the first lines of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Kind, Reach
from homeround.ehch.alignment.access import see_home
from homeround.ehch.rounds.access import must_have_turns
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.person import lines_here
from homeround.web.presenters.waits import wait_list
from homeround.web.requests import PageRequest


@require_GET
def waiting_page(request: PageRequest) -> HttpResponse:
    """Everything that waits for somebody in this capacity, strongest and oldest first."""
    must_have_turns(request.viewer)
    waiting = what_waits(viewer=request.viewer, at=request.at)
    in_a_home = request.viewer.reach is Reach.HOME
    lines = {}
    if in_a_home and waiting.mine:
        lines = lines_here(
            see_home(viewer=request.viewer, code=request.viewer.body_code, at=request.at, kind=Kind.IDENTITY)
        )
    context = {"waits": wait_list(waiting, london_date(request.at), shows_home=not in_a_home, lines=lines)}
    return render(request, "rounds/waiting.jinja", context)
