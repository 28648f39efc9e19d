"""Correcting a decision that says something wrong: the right one takes its place, and the practice is asked anew."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.ehch.decisions.access import must_take_back, see_decision
from homeround.ehch.decisions.actions import Deciding, correct_decision
from homeround.ehch.decisions.queries import built_on, decision_page
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.calendar.times import london_date
from homeround.web.forms import Day, Form, LongText, MaybeDay, answer
from homeround.web.presenters.decisions import owed_status, replies_to, shown_decision
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class CorrectionForm(Form):
    """What is right, why the decision is so, and what was wrong."""

    decided = LongText(
        "What is right?",
        hint="What the home does. The registered GP is asked about exactly these words.",
        needed="Write what is right.",
        rows=3,
    )
    why = LongText("Why is it decided?", needed="Say why: the registered GP and the home need the reason.", rows=2)
    from_on = Day("From which day?", needed="Say from which day this applies.")
    until_on = MaybeDay("Until which day?", hint="Its last day. Empty: until it is changed.")
    because = LongText(
        "What was wrong?",
        hint="For example: I wrote twice a day and meant once.",
        needed="Say what was wrong: the home has perhaps acted on it.",
        rows=2,
    )
    problems_of = {"in_force_from_on": "from_on"}


@require_http_methods(["GET", "POST"])
def correction(request: PageRequest, ref: str) -> HttpResponseBase:
    """Put a right decision in the place of a wrong one."""
    seen = see_decision(viewer=request.viewer, ref=ref, at=request.at)
    must_take_back(seen)
    page = decision_page(seen)
    back, today = reverse("decision", args=[seen.ref]), london_date(request.at)
    initial = {
        "decided": page.decided,
        "why": page.because,
        "from_on": max(page.in_force_from_on or today, today),
        "until_on": max(page.until_on, today) if page.until_on else None,
    }
    form = CorrectionForm(request, subject=seen.person.ref, back=back, initial=initial, rests_on=replies_to(page))

    def save() -> str:
        right = Deciding(page.kind, form.decided, form.why, "", form.from_on, until_on=form.until_on)
        new = correct_decision(
            by=request.viewer, at=request.at, token=form.token, ref=seen.ref, because=form.because, decision=right
        )
        return f"{reverse('decision', args=[new])}?saved=corrected"

    def context() -> Mapping[str, object]:
        return {
            "who": banner(banner_of(seen.person), request.at),
            **shown_decision(page, seen.person),
            "owed": [(owed, owed_status(owed, london_date(request.at))) for owed in built_on(seen).follow_ups],
        }

    return answer(request, form, save, "decisions/correction.jinja", context)
