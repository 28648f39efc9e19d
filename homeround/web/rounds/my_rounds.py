"""My rounds: the homes where somebody holds rounds, open ones first, then those without one this week (REQ-33)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.ehch.rounds.access import see_rounds
from homeround.ehch.rounds.queries import homes_by_fact
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.homes import home_line
from homeround.web.requests import PageRequest


@require_GET
def my_rounds(request: PageRequest) -> HttpResponse:
    """Where to go on, and where to begin."""
    on = london_date(request.at)
    facts = homes_by_fact(see_rounds(viewer=request.viewer, at=request.at))
    homes = [home_line(one, on) for one in facts]
    context = {
        "open_rounds": [one for one in homes if one.open_round],
        "to_hold": [one for one in homes if not one.open_round and not one.is_held and not one.is_closed],
        "held": [one for one in homes if not one.open_round and one.is_held],
    }
    return render(request, "rounds/my_rounds.jinja", context)
