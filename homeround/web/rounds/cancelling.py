"""Cancelling a round that was opened wrongly or does not take place: with a reason, and what was written in it."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Extent, Kind, Right
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions import cancel_round
from homeround.ehch.rounds.queries import ReviewLine, answered_in, round_page
from homeround.web.forms import Form, SeeOther, Text, answer
from homeround.web.presenters.decided import DecidedLine, decided_lines
from homeround.web.presenters.person import lines_by_ref
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import during_open_round


class CancellingForm(Form):
    """Why it is cancelled."""

    because = Text(
        "Why is it cancelled?",
        hint="For example: opened for the wrong home; the home has norovirus",
        needed="Say why the round is cancelled: the home reads it.",
        most=300,
    )


def _decided(review: ReviewLine, extent: Extent) -> list[DecidedLine]:
    """What a review decided, each decision once: one that was corrected in the same review stands as it is right."""
    return list({line.ref: line for line in decided_lines(review.decisions, extent)}.values())


@during_open_round
@require_http_methods(["GET", "POST"])
def round_cancelling(request: PageRequest, ref: str) -> HttpResponseBase:
    """Cancel the round; one that has ended shows how."""
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    held.home.must_have(Right.ROUNDS)
    here = reverse("round", args=[held.ref])
    if not held.is_open and request.method == "GET":
        return SeeOther(here)
    form = CancellingForm(request, subject=held.ref, back=here)

    def save() -> str:
        cancel_round(by=request.viewer, at=request.at, token=form.token, ref=held.ref, because=form.because)
        return here

    def context() -> Mapping[str, object]:
        page = round_page(held)
        extent = request.viewer.capacity.extent(Kind.CLINICAL)
        lines = lines_by_ref(page.reviewed, page.everybody)
        whose = {review.resident_id: lines[review.person_ref] for review in page.reviewed}
        return {
            "round": page,
            "lines": lines,
            "decided": {review: _decided(review, extent) for review in page.reviewed},
            "answered": [(whose[concern.resident_id], concern) for concern in answered_in(held)],
        }

    return answer(request, form, save, "rounds/cancelling.jinja", context)
