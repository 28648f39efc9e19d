"""This week: what waits for the coordinator, then one line a home: its round, who must be seen, what is late and whose
(REQ-33, REQ-37).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Right
from homeround.ehch.alignment.queries import changes_of_cover
from homeround.ehch.rounds.access import see_pcn
from homeround.ehch.rounds.queries import homes_by_fact, what_waits
from homeround.ehch.rounds.rules import monday_of
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.presenters.homes import WHOSE, home_line
from homeround.web.presenters.waits import ON_A_FIRST_PAGE, wait_list
from homeround.web.requests import PageRequest


@require_GET
def pcn_week(request: PageRequest, code: str) -> HttpResponse:
    """The week of a PCN's homes."""
    homes = see_pcn(viewer=request.viewer, code=code, at=request.at)
    if not request.viewer.may(Right.ROUNDS):
        raise NotAllowed("This week is for those who look after the homes’ people. Your page is Our PCN.")
    on = london_date(request.at)
    waiting = what_waits(viewer=request.viewer, at=request.at, homes=homes, most=ON_A_FIRST_PAGE)
    lines = [home_line(facts, on) for facts in homes_by_fact(homes, waits=waiting.everything)]
    context = {
        **of_several_homes(request),
        "homes": lines,
        "waits": wait_list(waiting, on),
    }
    return render(request, "rounds/week.jinja", context)


def of_several_homes(request: PageRequest) -> dict[str, object]:
    """What every page about several homes shows: the week, whose the numbers are, and homes that come or leave."""
    return {
        "columns": WHOSE,
        "changes": changes_of_cover(request.viewer, request.at),
        "this_week": week_words(london_date(request.at)),
    }


def week_words(on: date) -> str:
    """The week of a day: `Mon 23 Nov 2026 to Sun 29 Nov 2026`."""
    monday = monday_of(on)
    return f"{shown_date(monday)} to {shown_date(monday + timedelta(days=6))}"
