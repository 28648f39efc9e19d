"""The end of a stay: moved to another home, left, or died. What it closes is derived (`rules.CLOSED_BY_DEPARTURE`)."""

from __future__ import annotations

from datetime import date, datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.models import Departure, DepartureKind, Stay
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid


@action
def record_departure(*, by: Viewer, at: datetime, token: str | None = None, ref: str, kind: str, left_on: date) -> str:
    """The person's stay ended on a day, and how. Returns their ref; raises NotHere, NotAllowed, Invalid."""
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.MOVES)
    stay = Stay.objects.filter(pk=person.stay, ended_at=None).first()
    problems = _problems(stay, kind, left_on, london_date(at))
    if problems or stay is None:
        raise Invalid(**problems)
    if not Stay.objects.filter(pk=stay.pk, ended_at=None).update(**ended(by=by, at=at, how=kind)):
        raise Invalid(left_on="This stay has already ended.")
    Departure.objects.create(
        resident_id=person.resident_id,
        stay=stay,
        kind=kind,
        left_on=left_on,
        **written(by=by, at=at, held_for=person.where),
    )
    return person.ref


def _problems(stay: Stay | None, kind: str, left_on: date, today: date) -> dict[str, str]:
    problems: dict[str, str] = {}
    if stay is None:
        problems["left_on"] = "This stay has already ended."
    elif stay.from_on and left_on < stay.from_on:
        problems["left_on"] = "This day is before the stay began. Enter the day it ended."
    elif left_on > today:
        problems["left_on"] = "This day has not come yet. Enter the day it ended."
    if kind not in DepartureKind.values:
        problems["kind"] = "Choose how the stay ended."
    return problems
