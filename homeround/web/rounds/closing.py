"""Closing a round: who still needs an outcome, and what goes where once it is closed."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Kind, Right
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions import close_round
from homeround.ehch.rounds.queries import round_page, summary_of
from homeround.web.forms import Form, LongText, SeeOther, answer
from homeround.web.presenters.decided import home_lines, sent_on
from homeround.web.presenters.person import line_here, lines_by_ref
from homeround.web.requests import PageRequest
from homeround.web.rounds.one_round import to_see
from homeround.web.session.page_access import during_open_round


class ClosingForm(Form):
    """A line for the home, when there is something to say beside the outcomes."""

    summary = LongText(
        "Anything to tell the home besides?",
        hint="They get every outcome, decision and follow-up anyway.",
        rows=3,
        most=2000,
    )


@during_open_round
@require_http_methods(["GET", "POST"])
def round_closing(request: PageRequest, ref: str) -> HttpResponseBase:
    """Close the round; a closed one shows its summary."""
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    held.home.must_have(Right.CLINICAL_ENTRIES)
    here = reverse("round", args=[held.ref])
    if not held.is_open and request.method == "GET":
        return SeeOther(here)
    form = ClosingForm(request, subject=held.ref, back=here)

    def save() -> str:
        close_round(by=request.viewer, at=request.at, token=form.token, ref=held.ref, summary=form.summary)
        return f"{here}?saved=yes"

    def context() -> Mapping[str, object]:
        page, sent = round_page(held), summary_of(held)
        return {
            "round": page,
            "waiting": [to_see(request, page, row) for row in page.need_outcome],
            "still_must": [line_here(row) for row in page.still_must],
            "sent": sent_on(sent, request.at, request.viewer.capacity.extent(Kind.CLINICAL)),
            "to_home": home_lines(sent.to_home, request.viewer.capacity.extent(Kind.CLINICAL)),
            "lines": lines_by_ref(sent.everything, page.everybody),
        }

    return answer(request, form, save, "rounds/closing.jinja", context)
