"""Put somebody forward for the round: on whose behalf, and why, in a line of one's own words (REQ-36)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Kind, Reach, Right
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.rounds.actions import put_forward
from homeround.ehch.rounds.rules import LONGEST_ASKING, asks_on_offer
from homeround.ehch.rounds.words import ASKS_WORDS
from homeround.web.forms import Choice, Form, LongText, Option, answer
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class PutForwardForm(Form):
    """Who asks, and why."""

    asks = Choice("Who asks that they are seen?", needed="Choose who asks.")
    words = LongText(
        "Why are they to be seen?",
        hint="A line or two, for whoever holds the round. For something that cannot wait, raise a concern instead",
        needed="Say in a line why they are to be seen.",
        most=LONGEST_ASKING,
    )


@require_http_methods(["GET", "POST"])
def put_forward_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form; afterwards the page of what was asked."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at, kind=Kind.LIVING)
    person.must_have(Right.PUT_FORWARD)
    offered = asks_on_offer(in_a_home=request.viewer.reach is Reach.HOME)
    form = PutForwardForm(
        request,
        subject=person.ref,
        back=reverse("resident", args=[person.ref]),
        options={"asks": [Option(asks.value, ASKS_WORDS[asks]) for asks in offered]},
    )

    def save() -> str:
        asked = put_forward(
            by=request.viewer, at=request.at, token=form.token, ref=person.ref, asks=form.asks, words=form.words
        )
        return f"{reverse('put_forward', args=[asked])}?saved=yes"

    def context() -> Mapping[str, object]:
        return {
            "who": banner(banner_of(person), request.at),
            "person_ref": person.ref,
            "may_raise": person.capacity.may(Right.CONCERN),
        }

    return answer(request, form, save, "rounds/putting_forward.jinja", context)
