"""Another room or unit of the same home. No clock starts."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Right
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import move_room
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Form, Text, answer
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class RoomForm(Form):
    """Room and unit."""

    room = Text("Room", needed="Enter the room they have now.", most=20, width=10)
    unit = Text("Unit", hint="If the home has units.", most=60)


def room(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, filled in with the room they have."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.MOVES)
    facts = banner_of(person)
    form = RoomForm(
        request,
        subject=person.ref,
        back=reverse("resident", args=[person.ref]),
        initial={"room": facts.room, "unit": facts.unit},
    )

    def save() -> str:
        move_room(by=request.viewer, at=request.at, token=form.token, ref=person.ref, room=form.room, unit=form.unit)
        return reverse("resident", args=[person.ref])

    return answer(request, form, save, "residents/room.jinja", {"who": banner(facts, request.at)})
