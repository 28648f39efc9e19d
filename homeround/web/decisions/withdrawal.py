"""Withdrawing a decision: what applied before applies again, and what was built on it is put before a person (H34)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.ehch.decisions.access import must_take_back, see_decision
from homeround.ehch.decisions.actions import withdraw_decision
from homeround.ehch.decisions.queries import built_on, decision_page
from homeround.ehch.deterioration.queries import answered_with
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.calendar.times import london_date
from homeround.web.forms import Form, LongText, answer
from homeround.web.presenters.decisions import owed_status, replies_to, shown_decision
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class WithdrawalForm(Form):
    """Why."""

    because = LongText(
        "Why is it withdrawn?",
        hint="For example: the scales were wrong, she has not lost weight. The home and the registered GP read this.",
        needed="Say why: the home and the registered GP need the reason.",
        rows=3,
    )


@require_http_methods(["GET", "POST"])
def withdrawal(request: PageRequest, ref: str) -> HttpResponseBase:
    """Take a decision back."""
    seen = see_decision(viewer=request.viewer, ref=ref, at=request.at)
    must_take_back(seen)
    back = reverse("decision", args=[seen.ref])
    form = WithdrawalForm(request, subject=seen.person.ref, back=back, rests_on=replies_to(decision_page(seen)))

    def save() -> str:
        withdraw_decision(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, because=form.because)
        return f"{back}?saved=withdrawn"

    def context() -> Mapping[str, object]:
        page, built = decision_page(seen), built_on(seen)
        return {
            "who": banner(banner_of(seen.person), request.at),
            **shown_decision(page, seen.person),
            "owed": [(owed, owed_status(owed, london_date(request.at))) for owed in built.follow_ups],
            "replaced_by": built.replaced_by,
            "answered": answered_with(seen.person, seen.decision_id),
        }

    return answer(request, form, save, "decisions/withdrawal.jinja", context)
