"""Not them? Move a concern to the right person of the home; its words go with it (H1)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import move_concern
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import answer
from homeround.web.forms.moving import MoveForm
from homeround.web.presenters.others import others_in
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


def concern_move(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form: everybody of the home but the one it stands on."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.must_move()
    facts = banner_of(seen.person)
    form = MoveForm(
        request,
        subject=seen.ref,
        back=reverse("concern", args=[seen.ref]),
        initial={"because": "Chosen by mistake"},
        options={"to_ref": others_in(facts.home_code, seen.person.ref, viewer=request.viewer, at=request.at)},
    )

    def save() -> str:
        moved = move_concern(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=seen.ref,
            to_ref=form.to_ref,
            because=form.because,
        )
        return f"{reverse('concern', args=[moved])}?saved=yes"

    def context() -> Mapping[str, object]:
        return {"who": banner(facts, request.at), "concern": concern_page(seen).concern}

    return answer(request, form, save, "deterioration/concern_move.jinja", context)
