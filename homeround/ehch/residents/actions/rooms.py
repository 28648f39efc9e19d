"""Moving to another room or unit of the same home."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.models import RoomStart
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid


@action
def move_room(*, by: Viewer, at: datetime, token: str | None = None, ref: str, room: str, unit: str = "") -> str:
    """From now on the person has this room. No clock starts. Returns their ref; raises NotHere, NotAllowed, Invalid."""
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.MOVES)
    if not room.strip():
        raise Invalid(room="Enter the room they have now.")
    RoomStart.objects.create(
        resident_id=person.resident_id,
        stay_id=person.stay,
        room=room.strip(),
        unit=unit.strip(),
        from_at=at,
        **written(by=by, at=at, held_for=person.where),
    )
    return person.ref
