"""Settling a dispute: what was agreed with the registered GP, in a clinician's words (H27)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.decisions.access import must_finish, see_decision
from homeround.ehch.decisions.actions import settle_dispute
from homeround.ehch.decisions.queries import DecisionPage, decision_page
from homeround.ehch.decisions.rules import last_day_if_ended
from homeround.ehch.decisions.words import SETTLED_AS, SettledAs
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.calendar.times import london_date
from homeround.web.forms import Choice, Form, LongText, Option, answer
from homeround.web.presenters.decisions import shown_decision
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class SettlementForm(Form):
    """What was agreed, and what the home does from now on: asked, never assumed."""

    words = LongText(
        "What was agreed, and who with?",
        hint="For example: called Dr Poole, who agrees to a week’s trial from Monday",
        needed="Write what was agreed, and who with.",
        large=True,
    )
    settled_as = Choice(
        "What does the home do from now on?",
        needed="Choose what the home does from now on.",
    )
    from_now_on = LongText("What exactly?", needed="Write what the home does from now on.", rows=3)


@require_http_methods(["GET", "POST"])
def settlement(request: PageRequest, ref: str) -> HttpResponseBase:
    """Settle what is in dispute about a decision."""
    seen = see_decision(viewer=request.viewer, ref=ref, at=request.at)
    must_finish(seen.person, Right.DECIDING)
    page = decision_page(seen)
    back = reverse("decision", args=[seen.ref])
    options = {"settled_as": _answers(page, london_date(request.at))}
    form = SettlementForm(request, subject=seen.person.ref, back=back, options=options)

    def save() -> str:
        settle_dispute(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=seen.ref,
            words=form.words,
            settled_as=form.settled_as,
            from_now_on=form.from_now_on,
        )
        return f"{back}?saved=settled"

    def context() -> Mapping[str, object]:
        return {
            "who": banner(banner_of(seen.person), request.at),
            **shown_decision(page, seen.person),
        }

    return answer(request, form, save, "decisions/settlement.jinja", context)


def _answers(page: DecisionPage, today: date) -> list[Option]:
    """What the home may do from now on, each with the words that it means; not what was decided once it has ended."""
    has_ended = last_day_if_ended(page.until_on, today) is not None
    meant = {SettledAs.DECIDED: page.decided, SettledAs.MEANWHILE: page.in_dispute_meanwhile}
    return [
        Option(value, words, hint=meant.get(value, ""), reveals="from_now_on" if value is SettledAs.OTHERWISE else "")
        for value, words in SETTLED_AS.items()
        if not (has_ended and value is SettledAs.DECIDED)
    ]
