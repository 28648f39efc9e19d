"""Adding to a closed round: shown with it, with time and author."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions import amend_round
from homeround.ehch.rounds.queries import round_page
from homeround.web.forms import Form, LongText, answer
from homeround.web.requests import PageRequest


class AmendmentForm(Form):
    """What is added."""

    words = LongText(
        "What is to be added or put right?",
        hint="The home and the PCN read it with the round. What the round said before stays.",
        needed="Write what is to be added.",
        rows=4,
        most=2000,
    )


@require_http_methods(["GET", "POST"])
def round_amendment(request: PageRequest, ref: str) -> HttpResponseBase:
    """Add to a round that is closed."""
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    held.home.must_have(Right.CLINICAL_ENTRIES)
    here = reverse("round", args=[held.ref])
    form = AmendmentForm(request, subject=held.ref, back=here)

    def save() -> str:
        amend_round(by=request.viewer, at=request.at, token=form.token, ref=held.ref, words=form.words)
        return here

    def context() -> Mapping[str, object]:
        return {"round": round_page(held)}

    return answer(request, form, save, "rounds/amendment.jinja", context)
