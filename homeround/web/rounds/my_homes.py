"""My homes: whether the service runs in the homes somebody leads, with the day that shows it (REQ-16)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Right
from homeround.ehch.rounds.access import see_rounds
from homeround.ehch.rounds.queries import homes_by_fact, not_reviewed_for, what_waits
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.calm import Against, calm
from homeround.web.presenters.homes import HomeLine, home_line
from homeround.web.presenters.states import Status
from homeround.web.presenters.waits import ON_A_FIRST_PAGE, wait_list
from homeround.web.requests import PageRequest
from homeround.web.rounds.week import of_several_homes


@dataclass(frozen=True)
class LedHome:
    """A home with what its lead oversees. `waiting`: people by how long nobody has reviewed them, longest first;
    `reviewed` says so to whoever does not read the reviews.
    """

    home: HomeLine
    waiting: list[tuple[str, int]]
    reviewed: Status


@require_GET
def my_homes(request: PageRequest) -> HttpResponse:
    """Those the viewer leads first, then the other homes of the PCN."""
    homes = see_rounds(viewer=request.viewer, at=request.at)
    on = london_date(request.at)
    waits = what_waits(viewer=request.viewer, at=request.at, homes=homes, most=ON_A_FIRST_PAGE)
    bands = not_reviewed_for(homes)
    facts = homes_by_fact(homes, waits=waits.everything)
    led = [
        (home.is_my_lead, _led(home_line(home, on), None if bands is None else bands.get(home.home_id, {})))
        for home in facts
    ]
    context = {
        "waits": wait_list(waits, on),
        **of_several_homes(request),
        "leads": request.viewer.may(Right.LEADING_HOMES),
        "mine": [home for is_mine, home in led if is_mine],
        "others": [home for is_mine, home in led if not is_mine],
    }
    return render(request, "rounds/my_homes.jinja", context)


def _led(line: HomeLine, bands: dict[str, int] | None) -> LedHome:
    if bands is None:
        return LedHome(line, [], Status("reviews are for clinicians"))
    waiting = [(words, number) for words, number in bands.items() if number]
    longer = sum(number for _, number in waiting)
    return LedHome(
        home=line,
        waiting=waiting,
        reviewed=calm("All reviewed within 4 weeks", Against(longer, "person not reviewed", "people not reviewed")),
    )
