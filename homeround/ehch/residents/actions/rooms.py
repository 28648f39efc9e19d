"""The room and unit somebody has: another one from now on, or the one written down by mistake put right."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions.correcting import correct
from homeround.ehch.residents.models import RoomStart
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid


@action
def move_room(*, by: Viewer, at: datetime, token: str | None = None, ref: str, room: str, unit: str = "") -> str:
    """From now on the person has this room. No clock starts. Returns their ref; raises NotHere, NotAllowed, Invalid."""
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.MOVES)
    _refuse(room, unit)
    _start(person, room, unit, from_at=at, by=by, at=at)
    return person.ref


@action
def correct_room(
    *, by: Viewer, at: datetime, token: str | None = None, ref: str, room: str, unit: str = "", because: str
) -> str:
    """The room was written down wrongly: this is the one they have had since then. Returns their ref.

    Raises NotHere, NotAllowed, Invalid (room, unit, because).
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.MOVES)
    _refuse(room, unit, because=because)
    wrong = RoomStart.objects.filter(stay=person.stay).order_by("-from_at").first()
    if wrong is not None:
        correct(wrong, kind=CorrectionKind.IN_ERROR, because=because, by=by, at=at)
    _start(person, room, unit, from_at=wrong.from_at if wrong else at, by=by, at=at)
    return person.ref


def _start(person: PersonInSight, room: str, unit: str, *, from_at: datetime, by: Viewer, at: datetime) -> None:
    RoomStart.objects.create(
        resident_id=person.resident_id,
        stay_id=person.stay,
        room=room,
        unit=unit,
        from_at=from_at,
        **written(by=by, at=at, held_for=person.where),
    )


def _refuse(room: str, unit: str, *, because: str | None = None) -> None:
    problems = rules.problems_of_texts(room=room, unit=unit)
    if not room:
        problems["room"] = "Enter the room they have now."
    if because is not None:
        problems |= rules.problems_of_reason(because)
    if problems:
        raise Invalid(**problems)
