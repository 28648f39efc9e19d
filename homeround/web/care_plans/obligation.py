"""Say that an obligation of an arrival is done: the assessment or the plan (REQ-67, REQ-69)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.queries import clinicians_of
from homeround.accounts.rights import Kind, Right
from homeround.ehch.care_plans.access import may_mark_done
from homeround.ehch.care_plans.actions import mark_done
from homeround.ehch.care_plans.queries import clocks_of
from homeround.ehch.care_plans.words import OBLIGATIONS
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import NotAllowed, NotHere
from homeround.web.forms import Choice, Day, Form, Option, Text, answer
from homeround.web.presenters.person import banner
from homeround.web.presenters.states import clock_status
from homeround.web.requests import PageRequest


class DoneForm(Form):
    """When, where it is kept, who took part, and how the person did."""

    done_on = Day("When was it done?", needed="Enter the day it was done.")
    document = Text(
        "Where is it kept?",
        hint="For example: care plan folder in the office, or the home’s own system",
        needed="Say where it is kept.",
        most=200,
    )
    took_part = Text(
        "Who took part?", hint="Names and what they are", needed="Say who of the team took part.", most=300
    )
    person_took_part = Text(
        "How did the person take part?",
        hint="Or why they did not, and who spoke for them",
        needed="Say how they took part in it, or why they did not.",
        most=300,
    )
    late_because = Text("If it comes after its due date: why?", most=300)


class TypedDoneForm(DoneForm):
    """The same, typed by a coordinator for a clinician of the network."""

    for_whom = Choice(
        "Who are you writing this for?", needed="Choose the clinician you are writing this for.", as_list=True
    )


def obligation(request: PageRequest, ref: str, which: str) -> HttpResponseBase:
    """The form, with both due dates above it."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at, kind=Kind.LIVING)
    if which not in OBLIGATIONS:
        raise NotHere
    if not may_mark_done(person):
        raise NotAllowed("A nurse, senior or manager of the home, or a clinician of the PCN, says that this is done.")
    types = Right.TYPING_FOR in person.capacity.rights
    offered = clinicians_of(body_id=request.viewer.body_id, at=request.at) if types else []
    options = {
        "for_whom": [Option(str(member.membership_id), f"{member.name}, {member.role_words}") for member in offered]
    }
    form = (TypedDoneForm if types else DoneForm)(
        request,
        subject=person.ref,
        back=reverse("resident", args=[person.ref]),
        initial={"done_on": london_date(request.at)},
        options=options if types else None,
    )

    def save() -> str:
        mark_done(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            obligation=which,
            done_on=form.done_on,
            document=form.document,
            took_part=form.took_part,
            person_took_part=form.person_took_part,
            late_because=form.late_because,
            for_whom=int(form.for_whom) if isinstance(form, TypedDoneForm) else None,
        )
        return f"{reverse('resident', args=[person.ref])}#clocks"

    def context() -> Mapping[str, object]:
        clock = next((open_clock for open_clock in clocks_of(person) if open_clock.obligation == which), None)
        return {
            "who": banner(banner_of(person), request.at),
            "words": OBLIGATIONS[which],
            "which": which,
            "person_ref": person.ref,
            "may_take_back": may_mark_done(person),
            "clock": clock,
            "status": clock_status(clock) if clock else None,
        }

    return answer(request, form, save, "care_plans/obligation.jinja", context)
