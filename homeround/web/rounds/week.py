"""This week: the coordinator's homes, what has not been read yet first, then one row a home (REQ-33, REQ-37)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Right
from homeround.ehch.decisions.queries import overdue_in
from homeround.ehch.deterioration.queries import OpenConcern, unread_in
from homeround.ehch.deterioration.words import NO_WORDS_YET, Phone
from homeround.ehch.rounds.access import see_pcn
from homeround.ehch.rounds.queries import homes_by_fact
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.presenters.homes import HomeLine, home_line
from homeround.web.presenters.person import PersonLine, line_of
from homeround.web.presenters.states import Status, concern_status
from homeround.web.requests import PageRequest


@dataclass(frozen=True)
class ToRead:
    """A concern that nobody at the PCN has read."""

    ref: str
    line: PersonLine
    home: str
    words: str
    raised_by: str
    at: object
    status: Status
    stands_out: str
    was_spoken_about: bool
    """Help was needed now, and somebody was spoken to by phone."""


@dataclass(frozen=True)
class HomeRow:
    """One home of the week."""

    home: HomeLine
    unread: int
    overdue: int


@require_GET
def pcn_week(request: PageRequest, code: str) -> HttpResponse:
    """The week of a PCN's homes."""
    homes = see_pcn(viewer=request.viewer, code=code, at=request.at)
    if not request.viewer.may(Right.ROUNDS):
        raise NotAllowed("This week is for those who look after the homes’ people. Your page is Our PCN.")
    on = london_date(request.at)
    unread = unread_in(homes.home_ids, viewer=request.viewer, at=request.at)
    overdue = overdue_in(homes.home_ids, on=on)
    waiting: dict[str, int] = {}
    for one in unread:
        waiting[one.concern.home] = waiting.get(one.concern.home, 0) + 1
    rows = [
        HomeRow(home_line(facts, on), waiting.get(facts.name, 0), overdue.get(facts.home_id, 0))
        for facts in homes_by_fact(homes)
    ]
    context = {"rows": rows, "unread": [_to_read(one) for one in unread], "on": on, "homes": len(rows)}
    return render(request, "rounds/week.jinja", context)


def _to_read(one: OpenConcern) -> ToRead:
    concern = one.concern
    return ToRead(
        ref=concern.ref,
        line=line_of(one.person_ref, one.identity),
        home=concern.home,
        words=concern.words or NO_WORDS_YET,
        raised_by=concern.raised.who,
        at=concern.raised.at,
        status=concern_status(concern),
        stands_out=concern.stands_out,
        was_spoken_about=concern.phone is Phone.SPOKEN,
    )
