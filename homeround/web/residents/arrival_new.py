"""Somebody who was expected has arrived: the clock starts, and what was planned need not be typed again (REQ-67)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Kind, Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import Somebody, move_in
from homeround.ehch.residents.queries import banner_of, expected_stay
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import NotHere
from homeround.web.forms import answer
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest
from homeround.web.residents.registering import practice_code, practice_options
from homeround.web.residents.stay import StayForm


def arrival_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, filled in with the stay that was planned."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.MOVES)
    planned = expected_stay(person)
    if planned is None:
        raise NotHere
    facts = banner_of(person)
    home = see_home(viewer=request.viewer, code=facts.home_code, at=request.at, kind=Kind.IDENTITY)
    options = practice_options(home.pcn_id, request.at)
    form = StayForm(
        request,
        subject=person.ref,
        back=reverse("home_today", args=[home.code]),
        initial={
            "arrived_on": london_date(request.at),
            "kind": planned.kind,
            "place": planned.place,
            "planned_end_on": planned.planned_end_on,
            "room": planned.room,
            "unit": planned.unit,
            "gp_name": facts.responsible.gp_name,
            "practice": practice_code(home.pcn_id, facts.responsible.practice_id, request.at),
        },
        options=options,
    )

    def save() -> str:
        who = planned.identity
        move_in(
            by=request.viewer,
            at=request.at,
            token=form.token,
            code=home.code,
            who=Somebody(who.given, who.family, who.born_on, who.known_as, who.number, who.number_absent_because),
            stay=form.stay,
            registration=form.registering,
            arrived_on=form.arrived_on,
            expected_ref=person.ref,
            sure=form.sure,
        )
        return f"{reverse('arrival', args=[person.ref])}?saved=yes"

    return answer(request, form, save, "residents/arrival_new.jinja", {"who": banner(facts, request.at)})
