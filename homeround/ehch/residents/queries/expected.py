"""Who is expected in a home: no clock runs for them, and they live here only once they have arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.models import RoomStart, Stay, terms
from homeround.ehch.residents.queries.identity import Identity, identities
from homeround.ehch.residents.words import StayBasis
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Expected:
    """Somebody who is expected on a day, and the stay that was planned for them."""

    ref: str
    identity: Identity
    expected_on: date | None
    kind: str
    place: str
    planned_end_on: date | None
    room: str
    unit: str


def expected_in(home: HomeInSight) -> list[Expected]:
    """Everybody who is expected in a home in sight, by day; two statements."""
    home.must_read(Kind.IDENTITY)
    rows = _expected_in(home=home.home_id)
    notice_list(
        home.viewer,
        place_id=home.home_id,
        subject_ids=sorted(row.resident_id for row in rows),
        ground=home.ground.name,
    )
    return _read(rows)


def expected_stay(person: PersonInSight) -> Expected | None:
    """The stay that was planned for a person in sight; None when they are not expected here. Two statements."""
    found = _read(_expected_stay(stay=person.stay_id or 0))
    return found[0] if found else None


def _expected() -> QuerySet[Stay]:
    return Stay.objects.filter(basis=StayBasis.EXPECTED, ended_at=None)


@prepared
def _expected_in(*, home: int) -> QuerySet[Any, Any]:
    return _facts(_expected().filter(home=home))


@prepared
def _expected_stay(*, stay: int) -> QuerySet[Any, Any]:
    return _facts(_expected().filter(pk=stay))


def _facts(stays: QuerySet[Stay]) -> QuerySet[Any, Any]:
    rooms = RoomStart.objects.filter(stay=OuterRef("pk")).order_by("-from_at")
    return (
        stays.annotate(
            room_then=Subquery(rooms.values(found=JSONObject(room="room", unit="unit"))[:1]), terms_now=terms()
        )
        .order_by("pk")
        .values_list("resident_id", "resident__ref", "terms_now", "room_then", named=True)
    )


def _read(rows: list[Any]) -> list[Expected]:
    people = identities(row.resident_id for row in rows)
    found = [
        Expected(
            ref=row.resident__ref,
            identity=people.get(row.resident_id, Identity()),
            expected_on=so.from_on,
            kind=so.kind,
            place=so.place,
            planned_end_on=so.planned_end_on,
            room=(row.room_then or {}).get("room", ""),
            unit=(row.room_then or {}).get("unit", ""),
        )
        for row in rows
        for so in [rules.terms_in(row.terms_now)]
    ]
    return sorted(found, key=lambda person: (person.expected_on or date.max, person.identity.family))
