"""A review that was typed for a clinician is what they found; where they act in the home no more, a colleague says
whether it holds (H38). Also after the round is closed, and when the person has left or died.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Kind, Right
from homeround.ehch.decisions.words import Confirms
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.rounds.access import RoundInSight, see_round
from homeround.ehch.rounds.actions import confirm_review
from homeround.ehch.rounds.queries import Typed, typed_about
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Form, answer
from homeround.web.forms.signature import signature_for
from homeround.web.jinja import TOLD
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest

CONFIRMED = "Saved: you have confirmed it."


class ConfirmingForm(Form):
    """One button: nothing is typed."""

    drafted = False


@require_http_methods(["GET", "POST"])
def review_confirming(request: PageRequest, ref: str, person: str) -> HttpResponseBase:
    """What was typed about the person in the round, with the button for whoever may say that it holds."""
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    held.home.must_have(Right.ROUNDS)
    who = see_resident(viewer=request.viewer, ref=person, at=request.at, kind=Kind.CLINICAL)
    typed = typed_about(held, who)
    if not typed:
        raise NotHere
    back = reverse("round", args=[held.ref])
    form = ConfirmingForm(request, subject=who.ref, back=back, rests_on=_shown(typed))

    def save() -> str:
        confirm_review(by=request.viewer, at=request.at, token=form.token, ref=held.ref, person=who.ref)
        messages.success(request, CONFIRMED, TOLD)
        return back

    def context() -> Mapping[str, object]:
        waiting = [one for one in typed if not one.is_confirmed and one.confirms.is_something]
        return {
            "who": banner(banner_of(who), request.at),
            "held": held,
            "person_ref": who.ref,
            "typed": typed,
            "asked": waiting[0].confirms if waiting else Confirms.NOTHING,
        }

    return answer(request, form, save, "rounds/confirming.jinja", context)


def confirming_form(request: PageRequest, held: RoundInSight, who: PersonInSight) -> ConfirmingForm:
    """The button on the page of a review: its address and its signature are of that one person, and it confirms what
    the page shows and nothing that was typed since.
    """
    address = reverse("review_confirming", args=[held.ref, who.ref])
    form = ConfirmingForm(request, subject=who.ref)
    rests_on = _shown(typed_about(held, who))
    form.own_signature = signature_for(request.viewer, form=address, subject=who.ref, rests_on=rests_on)
    return form


def _shown(typed: Iterable[Typed]) -> dict[str, object]:
    """What was typed, as the page shows it: each version, with what it decided, asked and answered."""
    return {
        str(one.review_id): ([vars(made) for made in one.decided], one.asked, [answer.ref for answer in one.answered])
        for one in typed
    }
