"""A round that was cancelled by mistake is opened again, on its own day, with what was written in it."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions import reopen_round
from homeround.ehch.rounds.queries import round_page
from homeround.web.forms import Form, SeeOther, Text, answer
from homeround.web.requests import PageRequest


class ReopeningForm(Form):
    """How the mistake came about."""

    because = Text(
        "How did the mistake come about?",
        hint="For example: I meant the round of another home",
        needed="Say how the mistake came about: the home reads it.",
        most=300,
    )


@require_http_methods(["GET", "POST"])
def round_reopening(request: PageRequest, ref: str) -> HttpResponseBase:
    """Open the cancelled round again; one that is not cancelled is shown as it is."""
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    held.home.must_have(Right.ROUNDS)
    here = reverse("round", args=[held.ref])
    page = round_page(held)
    if not page.cancelled_because and request.method == "GET":
        return SeeOther(here)
    form = ReopeningForm(request, subject=held.ref, back=here)

    def save() -> str:
        reopen_round(by=request.viewer, at=request.at, token=form.token, ref=held.ref, because=form.because)
        return here

    def context() -> Mapping[str, object]:
        return {"round": page}

    return answer(request, form, save, "rounds/reopening.jinja", context)
