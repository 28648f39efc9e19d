"""That somebody was put forward for the round, and what came of it; why it is needed no more; moving it."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.rules import FORMER
from homeround.ehch.rounds.access import PutForwardInSight, see_put_forward
from homeround.ehch.rounds.actions import move_put_forward, say_not_needed
from homeround.ehch.rounds.queries import AskedState, asked_to_see
from homeround.ehch.rounds.words import ASKS_WORDS
from homeround.web.forms import Form, SeeOther, Text, answer
from homeround.web.forms.moving import MoveForm
from homeround.web.presenters.others import others_in
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class NotNeededForm(Form):
    """Why they need not be seen any more."""

    because = Text(
        "Why need they not be seen?",
        hint="For example: she is well again; asked for by mistake",
        needed="Say why they need not be seen any more: whoever asked reads it.",
        most=300,
    )


@require_GET
def put_forward_page(request: PageRequest, ref: str) -> HttpResponseBase:
    """Who asked and why, and whether they were seen."""
    seen = see_put_forward(viewer=request.viewer, ref=ref, at=request.at)
    context = {**_shown(request, seen), "saved": request.GET.get("saved") == "yes"}
    return render(request, "rounds/put_forward.jinja", context)


@require_http_methods(["GET", "POST"])
def put_forward_not_needed(request: PageRequest, ref: str) -> HttpResponseBase:
    """Say that they need not be seen any more; what is over shows how."""
    seen = see_put_forward(viewer=request.viewer, ref=ref, at=request.at)
    seen.person.must_have(Right.PUT_FORWARD)
    here = reverse("put_forward", args=[seen.ref])
    if request.method == "GET" and asked_to_see(seen).state is not AskedState.OPEN:
        return SeeOther(here)
    form = NotNeededForm(request, subject=seen.person.ref, back=here)

    def save() -> str:
        say_not_needed(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, because=form.because)
        return here

    return answer(request, form, save, "rounds/not_needed.jinja", lambda: _shown(request, seen))


@require_http_methods(["GET", "POST"])
def put_forward_moving(request: PageRequest, ref: str) -> HttpResponseBase:
    """Not them? Move it to whom it is about."""
    seen = see_put_forward(viewer=request.viewer, ref=ref, at=request.at)
    seen.person.must_have(Right.CONCERN)
    code = banner_of(seen.person).home_code
    form = MoveForm(
        request,
        subject=seen.ref,
        back=reverse("put_forward", args=[seen.ref]),
        initial={"because": "Chosen by mistake"},
        options={"to_ref": others_in(code, seen.person.ref, viewer=request.viewer, at=request.at)},
    )

    def save() -> str:
        moved = move_put_forward(
            by=request.viewer, at=request.at, token=form.token, ref=seen.ref, to_ref=form.to_ref, because=form.because
        )
        return f"{reverse('put_forward', args=[moved])}?saved=yes"

    return answer(request, form, save, "rounds/put_forward_moving.jinja", lambda: _shown(request, seen))


def _shown(request: PageRequest, seen: PutForwardInSight) -> Mapping[str, object]:
    asked = asked_to_see(seen)
    may = seen.person.relationship not in FORMER and seen.person.capacity.may(Right.PUT_FORWARD)
    return {
        "who": banner(banner_of(seen.person), request.at),
        "person_ref": seen.person.ref,
        "asked": asked,
        "asks": ASKS_WORDS[asked.asks],
        "may_move": may and seen.person.capacity.may(Right.CONCERN),
        "may_say": may and asked.state is AskedState.OPEN,
        "may_ask_anew": may and asked.state in {AskedState.SEEN, AskedState.NOT_NEEDED},
    }
