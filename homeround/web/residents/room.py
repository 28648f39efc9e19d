"""Another room or unit of the same home, or the one written down wrongly put right. No clock starts."""

from __future__ import annotations

from django.http import HttpResponseBase

from homeround.accounts.rights import Right
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import correct_room, move_room
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Choice, Form, Option, Text
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import Changing, answer_change, back_to


class RoomForm(Form):
    """Room and unit, and whether they moved."""

    room = Text("Room", needed="Enter the room they have now.", most=20, width=10)
    unit = Text("Unit", hint="If the home has units.", most=60)
    why = Choice(
        "What happened?",
        (
            Option("moved", "They moved to this room"),
            Option("wrong", "The room was written down wrongly", reveals="because"),
        ),
        needed="Say whether they moved, or the room was written down wrongly.",
    )
    because = Text("How did that come about?", needed="Say how it came about.", most=300)


def room(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, filled in with the room they have."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.MOVES)
    facts = banner_of(person)
    form = RoomForm(
        request,
        subject=person.ref,
        back=back_to(person),
        initial={"room": facts.room, "unit": facts.unit, "why": "moved"},
        rests_on={"room": facts.room, "unit": facts.unit},
    )

    def save() -> str:
        viewer, at, token = request.viewer, request.at, form.token
        if form.why == "moved":
            return move_room(by=viewer, at=at, token=token, ref=person.ref, room=form.room, unit=form.unit)
        return correct_room(
            by=viewer, at=at, token=token, ref=person.ref, room=form.room, unit=form.unit, because=form.because
        )

    return answer_change(
        request, form, save, facts, Changing(f"Change the room of {facts.identity.called}", "Save the room")
    )
