"""Say that an assessment or plan is not done after all: marked as done by mistake."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Kind
from homeround.ehch.care_plans.access import must_take_back
from homeround.ehch.care_plans.actions import mark_not_done
from homeround.ehch.care_plans.queries import clocks_of
from homeround.ehch.care_plans.words import OBLIGATIONS
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Form, LongText, answer
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class UndoneForm(Form):
    """Why it is not done after all."""

    because = LongText("Why is it not done after all?", needed="Say why.", most=300, rows=2)


def obligation_undo(request: PageRequest, ref: str, which: str) -> HttpResponseBase:
    """The form, with what was written above it."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at, kind=Kind.LIVING)
    if which not in OBLIGATIONS:
        raise NotHere
    must_take_back(person)
    back = reverse("obligation", args=[person.ref, which])
    form = UndoneForm(request, subject=person.ref, back=back)

    def save() -> str:
        mark_not_done(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            obligation=which,
            because=form.because,
        )
        return back

    def context() -> Mapping[str, object]:
        clock = next((open_clock for open_clock in clocks_of(person) if open_clock.obligation == which), None)
        return {"who": banner(banner_of(person), request.at), "words": OBLIGATIONS[which], "clock": clock}

    return answer(request, form, save, "care_plans/obligation_undo.jinja", context)
