"""Not them? Move a concern to the right person of the home; its words go with it (H1)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import see_home
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import move_concern
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.queries import banner_of, list_of
from homeround.web.forms import Choice, Form, Option, Text, answer
from homeround.web.presenters.person import banner, line_of
from homeround.web.requests import PageRequest


class MoveForm(Form):
    """Who it is about, and how it came to stand on somebody else."""

    to_ref = Choice("Who is it about?", needed="Choose the person it is about.", as_list=True, large=True)
    because = Text(
        "How did it come to stand on the wrong person?",
        needed="Say how it came to stand on the wrong person.",
        most=300,
    )


def concern_move(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form: everybody of the home but the one it stands on."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.must_move()
    facts = banner_of(seen.person)
    home = see_home(viewer=request.viewer, code=facts.home_code, at=request.at, kind=Kind.LIVING)
    people = [
        Option(
            person.ref,
            _words(
                line_of(person.ref, person.identity, room=person.room, unit=person.unit).called,
                person.room,
                person.unit,
            ),
        )
        for person in list_of(home)
        if person.ref != seen.person.ref
    ]
    form = MoveForm(
        request,
        subject=seen.ref,
        back=reverse("concern", args=[seen.ref]),
        initial={"because": "Chosen by mistake"},
        options={"to_ref": people},
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


def _words(called: str, room: str, unit: str) -> str:
    return ", ".join(part for part in (called, f"room {room}", unit) if part)
