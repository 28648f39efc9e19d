"""Hours were entered in error: those before them hold again."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.alignment.actions import take_back_hours
from homeround.ehch.alignment.queries import hours_of
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.refusals import NotAllowed, NotHere
from homeround.web.alignment.hours import EVERYBODY
from homeround.web.alignment.in_error import InErrorForm, day_in, found_on
from homeround.web.forms import answer
from homeround.web.requests import PageRequest


@require_http_methods(["GET", "POST"])
def hours_error(request: PageRequest, code: str, role: str, day: str) -> HttpResponseBase:
    """Say why, once what holds again has been read."""
    viewer = request.viewer
    if code != viewer.body_code:
        raise NotHere
    if not viewer.may(Right.HOURS):
        raise NotAllowed(f"A manager of {viewer.body_name} says when it is at work.")
    from_on, whose = day_in(day), "" if role == EVERYBODY else role
    back = reverse("hours")
    form = InErrorForm(request, back=back)

    def save() -> str:
        take_back_hours(by=viewer, at=request.at, token=form.token, role=whose, from_on=from_on, because=form.because)
        return back

    def context() -> dict[str, object]:
        wrong, before = found_on([hours for hours in hours_of(viewer) if hours.role == whose], from_on)
        return {
            "title": f"The hours of {viewer.body_name}",
            "wrong": f"the hours of {wrong.role_words}",
            "wrong_from": wrong.from_on,
            "before": f"those from {shown_date(before.from_on)}" if before else "no hours are known",
        }

    return answer(request, form, save, "alignment/in_error.jinja", context)
