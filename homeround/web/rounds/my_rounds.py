"""My rounds: what waits for the clinician, open rounds, homes without one this week (REQ-33)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.ehch.rounds.access import see_rounds
from homeround.ehch.rounds.queries import homes_by_fact, what_waits
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.calm import Against, calm
from homeround.web.presenters.homes import home_line
from homeround.web.presenters.waits import ON_A_FIRST_PAGE, wait_list
from homeround.web.requests import PageRequest
from homeround.web.rounds.week import of_several_homes


@require_GET
def my_rounds(request: PageRequest) -> HttpResponse:
    """Where to go on, and where to begin."""
    on = london_date(request.at)
    seen = see_rounds(viewer=request.viewer, at=request.at)
    waiting = what_waits(viewer=request.viewer, at=request.at, homes=seen, most=ON_A_FIRST_PAGE)
    homes = [home_line(facts, on) for facts in homes_by_fact(seen, waits=waiting.everything)]
    left_open = [home for home in homes if home.left_open]
    to_hold = [home for home in homes if not home.open_round and not home.is_held and not home.is_closed]
    context = {
        "waits": wait_list(waiting, on),
        **of_several_homes(request),
        "open_rounds": [home for home in homes if home.open_round],
        "left_open": left_open,
        "to_hold": to_hold,
        "held": [home for home in homes if not home.open_round and home.is_held],
        "has_homes": bool(homes),
        "week": calm(
            "Every home has had its round this week",
            Against(sum(bool(home.open_round) for home in homes), "round open now", "rounds open now"),
            Against(len(to_hold), "home without its round", "homes without their round"),
            Against(len(left_open), "round left open", "rounds left open"),
        ),
    }
    return render(request, "rounds/my_rounds.jinja", context)
