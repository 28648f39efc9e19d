"""Our PCN: whether homes are covered and rounds run, and which practices owe how many replies; nobody is named."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.queries import clinicians_of
from homeround.accounts.rights import Right
from homeround.ehch.alignment.queries import who_reads
from homeround.ehch.decisions.queries import owed_by_practice
from homeround.ehch.rounds.access import see_pcn
from homeround.ehch.rounds.queries import homes_by_fact, what_waits
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.calm import Against, calm
from homeround.web.presenters.homes import home_line, replies_status
from homeround.web.requests import PageRequest
from homeround.web.rounds.week import of_several_homes


@require_GET
def our_pcn(request: PageRequest, code: str) -> HttpResponse:
    """The PCN's homes and its practices' replies."""
    homes = see_pcn(viewer=request.viewer, code=code, at=request.at)
    on = london_date(request.at)
    waiting = what_waits(viewer=request.viewer, at=request.at, homes=homes, most=0)
    lines = [home_line(facts, on) for facts in homes_by_fact(homes, waits=waiting.everything)]
    owed = owed_by_practice(homes=homes.home_ids, at=request.at)
    practices = [(row, replies_status(row.awaited, row.late)) for row in owed]
    without_lead = sum(not home.lead for home in lines)
    context = {
        "homes": lines,
        **of_several_homes(request),
        "held": sum(home.is_held or bool(home.open_round) for home in lines),
        "leads": calm(
            "Each home has a clinical lead",
            Against(without_lead, "home has no clinical lead", "homes have no clinical lead"),
        ),
        "practices": practices,
        "owed": calm(
            "No practice owes a reply", Against(len(practices), "practice owes replies", "practices owe replies")
        ),
        "may_say_cover": request.viewer.may(Right.COVER),
        "nobody_reads": homes.home_ids and who_reads(min(homes.home_ids), request.at).why_nobody,
        "clinicians": clinicians_of(body_id=request.viewer.body_id, at=request.at),
    }
    return render(request, "alignment/our_pcn.jinja", context)
