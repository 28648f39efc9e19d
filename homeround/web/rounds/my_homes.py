"""My homes: whether the service runs in the homes somebody leads, with the evidence behind each tick (REQ-16)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.ehch.decisions.rules import AskState
from homeround.ehch.rounds.access import see_rounds
from homeround.ehch.rounds.queries import HomeFacts, homes_by_fact, not_reviewed_for
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.homes import HomeLine, home_line, replies_status
from homeround.web.presenters.states import Status
from homeround.web.requests import PageRequest


@dataclass(frozen=True)
class LedHome:
    """A home with what its lead oversees. `waiting`: people by how long nobody has reviewed them, longest first."""

    home: HomeLine
    waiting: list[tuple[str, int]]
    replies: Status
    in_dispute: int


@require_GET
def my_homes(request: PageRequest) -> HttpResponse:
    """Those the viewer leads first, then the other homes of the PCN."""
    homes = see_rounds(viewer=request.viewer, at=request.at)
    on = london_date(request.at)
    bands = not_reviewed_for(homes)
    facts = homes_by_fact(homes)
    context = {
        "mine": [_led(one, home_line(one, on), bands.get(one.home_id, {})) for one in facts if one.is_my_lead],
        "others": [_led(one, home_line(one, on), bands.get(one.home_id, {})) for one in facts if not one.is_my_lead],
    }
    return render(request, "rounds/my_homes.jinja", context)


def _led(facts: HomeFacts, line: HomeLine, bands: dict[str, int]) -> LedHome:
    return LedHome(
        home=line,
        waiting=[(words, number) for words, number in bands.items() if number],
        replies=replies_status(facts.replies),
        in_dispute=facts.replies.get(AskState.IN_DISPUTE, 0),
    )
