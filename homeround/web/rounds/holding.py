"""A review answered a concern that was about somebody else, or raised in error: does it hold for the person (H1)?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Kind, Right
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions import say_review_holds
from homeround.ehch.rounds.queries import InQuestion, in_question_about
from homeround.web.forms import Form, SeeOther, answer
from homeround.web.jinja import TOLD
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import during_open_round

HOLDS = "Saved: you have looked at it, and it holds."


class HoldingForm(Form):
    """One button: nothing is typed."""

    drafted = False


@during_open_round
@require_http_methods(["GET", "POST"])
def review_holding(request: PageRequest, ref: str, person: str) -> HttpResponseBase:
    """What was found and decided, why it is in question, and each way out of that. Once it is in question no more the
    round says what stands.
    """
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    who = see_resident(viewer=request.viewer, ref=person, at=request.at, kind=Kind.CLINICAL)
    who.must_be_allowed(Right.CLINICAL_ENTRIES)
    back = reverse("round", args=[held.ref])
    reviews = in_question_about(held, who)
    if not reviews and request.method == "GET":
        return SeeOther(back)
    form = HoldingForm(request, subject=who.ref, back=back, rests_on=_shown(reviews))

    def save() -> str:
        say_review_holds(by=request.viewer, at=request.at, token=form.token, ref=held.ref, person=who.ref)
        messages.success(request, HOLDS, TOLD)
        return back

    def context() -> Mapping[str, object]:
        return {
            "who": banner(banner_of(who), request.at),
            "held": held,
            "person_ref": who.ref,
            "reviews": reviews,
        }

    return answer(request, form, save, "rounds/holding.jinja", context)


def _shown(reviews: Iterable[InQuestion]) -> dict[str, object]:
    """What was in question as the page showed it: whoever says that it holds has seen all of it."""
    return {
        str(one.review_id): (one.off_at.isoformat(), [vars(made) for made in one.decided], one.asked) for one in reviews
    }
