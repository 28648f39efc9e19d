"""The lists behind the numbers of one home: follow-ups still to be done, and replies still awaited."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Extent, Kind
from homeround.ehch.alignment.access import see_home
from homeround.ehch.decisions.queries import awaited_in, owed_in
from homeround.ehch.rounds.access import see_worklist
from homeround.kernel.refusals import NotAllowed
from homeround.web.decisions.asked_of_me import owed_line
from homeround.web.presenters.decisions import awaiting_line
from homeround.web.presenters.person import lines_here
from homeround.web.requests import PageRequest


@require_GET
def home_follow_ups(request: PageRequest, code: str) -> HttpResponse:
    """Follow-ups about people of a home, by day: those of the home, of everybody else, and what could not be done."""
    home = see_home(viewer=request.viewer, code=code, at=request.at, kind=Kind.LIVING)
    here = lines_here(home)
    lines = [owed_line(follow_up, request, here) for follow_up in owed_in(home)]
    context = {
        "home": home,
        "of_home": [line for line in lines if line[0].is_open and line[0].owner_id == home.home_id],
        "of_others": [line for line in lines if line[0].is_open and line[0].owner_id != home.home_id],
        "came_back": [line for line in lines if line[0].came_back],
    }
    return render(request, "decisions/home_follow_ups.jinja", context)


@require_GET
def home_replies(request: PageRequest, code: str) -> HttpResponse:
    """Decisions about people of a home that await the registered GP, or are in dispute."""
    home = see_worklist(viewer=request.viewer, code=code, at=request.at)
    if request.viewer.capacity.extent(Kind.CLINICAL) not in {Extent.ALL, Extent.DECISIONS}:
        raise NotAllowed(f"As {request.viewer.role_words} you do not read decisions. Ask a colleague whose work it is.")
    here = lines_here(home)
    lines = [awaiting_line(awaiting, request.at, here) for awaiting in awaited_in(home)]
    return render(request, "decisions/home_replies.jinja", {"home": home, "lines": lines, "here": here})
