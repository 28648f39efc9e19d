"""Today in a home: the first page of everybody who works there. Carers see the shorter one, in their own words."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Extent, Kind, Right
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.alignment.queries import Cover, cover_of
from homeround.ehch.care_plans.queries import clocks_in
from homeround.ehch.decisions.queries import disputes_in, owed_in
from homeround.ehch.deterioration.queries import open_concerns
from homeround.ehch.residents.queries import expected_in
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.queries import last_rounds, worklist
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters import home as present
from homeround.web.presenters import ringing
from homeround.web.presenters.person import PersonLine, line_of
from homeround.web.requests import PageRequest


@require_GET
def home_today(request: PageRequest, code: str) -> HttpResponseBase:
    """The people of the home and what is open for each."""
    home = see_worklist(viewer=request.viewer, code=code, at=request.at)
    cover = cover_of(home.home_id, request.at)
    found = worklist(home)
    everybody = [*found.with_reason, *found.others]
    concerns = open_concerns(home, readers=cover.coordinator)
    owed = owed_in(home)
    today = london_date(request.at)
    lines = present.lines_of(everybody)
    ours = [one for one in owed if one.owner_id == request.viewer.body_id]
    context: dict[str, object] = {
        "home": home,
        "units": present.units(everybody, concerns, owed, today),
        "people": len(everybody),
        "concerns": present.concern_rows(concerns, lines, request.at),
        "ours": present.owed_rows(ours, lines, today),
        "disputes": [(lines[one.person_ref], one) for one in disputes_in(home) if one.person_ref in lines],
        "numbers": ringing.numbers(cover.coordinator),
        "reads": ringing.who_reads(cover.coordinator, request.at),
        "may_raise": request.viewer.may(Right.CONCERN),
        "works_here": request.viewer.body_id == home.home_id,
    }
    if request.viewer.capacity.extent(Kind.CLINICAL) is Extent.HOME_PART:
        return render(request, "residents/home_today_carer.jinja", context)
    for_round = sum(1 for row in found.with_reason)
    return render(
        request, "residents/home_today.jinja", {**context, **_more(home, cover, lines), "for_round": for_round}
    )


def _more(home: HomeInSight, cover: Cover, lines: Mapping[str, PersonLine]) -> dict[str, object]:
    """What nurses, seniors, managers and the PCN see besides."""
    rounds = last_rounds(home)
    viewer = home.viewer
    return {
        "new_here": present.new_here(clocks_in(home), lines),
        "cover": cover,
        "open_round": next((one for one in rounds if one.is_open), None),
        "last_round": next((one for one in rounds if not one.is_open), None),
        "reads_rounds": viewer.capacity.extent(Kind.CLINICAL) is Extent.ALL,
        "expected": [
            (line_of(one.ref, one.identity, room=one.room, unit=one.unit), one.expected_on) for one in expected_in(home)
        ],
        "may_move_in": viewer.may(Right.MOVES) and viewer.body_id == home.home_id,
        "may_mark_met": bool(viewer.capacity.rights & {Right.MOVES, Right.CLINICAL_ENTRIES, Right.TYPING_FOR}),
    }
