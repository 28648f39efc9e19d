"""The people of a home, as every list about them begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight, living_stays
from homeround.ehch.residents.models import HospitalStay, NotTheSame, RoomStart, Stay, terms
from homeround.ehch.residents.queries.identity import Away, Identity, away_in, away_json, claims, read_claims
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Living:
    """One person of a home's list."""

    resident_id: int
    ref: str
    identity: Identity
    room: str
    unit: str
    stay_kind: str
    from_on: date | None
    is_alike: bool
    away: Away | None = None


def living_here(home: HomeInSight) -> list[Living]:
    """Everybody who lives in a home, by unit and room; two statements."""
    home.must_read(Kind.IDENTITY)
    open_stays = _stays_in(home=home.home_id, at=home.at)
    found = read_claims(_claims_in(home=home.home_id, at=home.at))
    stays = [(stay, found.get(stay.resident_id, Identity())) for stay in open_stays]
    alike = rules.alike_among(identity.names for _, identity in stays)
    people = [
        Living(
            resident_id=stay.resident_id,
            ref=stay.resident__ref,
            identity=identity,
            room=(stay.room_now or {}).get("room", ""),
            unit=(stay.room_now or {}).get("unit", ""),
            stay_kind=so.kind,
            from_on=so.from_on,
            is_alike=identity.names in alike or stay.is_kept_apart,
            away=away_in(stay.away),
        )
        for stay, identity in stays
        for so in [rules.terms_in(stay.terms_now)]
    ]
    return sorted(people, key=lambda person: (person.unit, rules.room_order(person.room), person.identity.family))


def list_of(home: HomeInSight) -> list[Living]:
    """Everybody who lives in a home, to be shown as a list: the look is noticed. Two statements."""
    people = living_here(home)
    notice_list(
        home.viewer,
        place_id=home.home_id,
        subject_ids=(person.resident_id for person in people),
        ground=home.ground.name,
    )
    return people


@prepared
def _stays_in(*, home: int, at: datetime) -> QuerySet[Any, Any]:
    somebody_else = NotTheSame.objects.all()
    kept_apart = Exists(somebody_else.filter(resident=OuterRef("resident"))) | Exists(
        somebody_else.filter(other=OuterRef("resident"))
    )
    stays = living_stays().filter(home=home)
    stays = stays.annotate(
        room_now=room_of("pk", at), terms_now=terms(), is_kept_apart=kept_apart, away=away_from("pk")
    )
    return stays.values_list(
        "resident_id", "resident__ref", "terms_now", "room_now", "is_kept_apart", "away", named=True
    )


@prepared
def _claims_in(*, home: int, at: datetime) -> QuerySet[Any, Any]:
    """Who they are who live in a home, with whoever leaves between `at` and now: they may be on a list already."""
    stays = Stay.objects.filter(Q(ended_at=None) | Q(ended_at__gte=at), home=home)
    return claims().filter(resident__in=stays.values("resident"))


def living_with(person: PersonInSight) -> QuerySet[Any, Any]:
    """The numbers of everybody who lives, or is expected, in the home by which the viewer sees a person."""
    return Stay.objects.open().filter(home=person.home_id).values("resident")


def away_from(stay: str) -> Subquery:
    """Since when, as JSON, somebody is in hospital whose stay the column `stay` names; NULL for whoever is not."""
    there = HospitalStay.objects.open().filter(stay=OuterRef(stay))
    return Subquery(there.values(found=away_json())[:1])


def room_of(stay: str, at: datetime) -> Subquery:
    """The room and unit, as JSON, that the stay named by the column `stay` has at an instant."""
    starts = RoomStart.objects.filter(stay=OuterRef(stay), from_at__lte=at)
    return Subquery(starts.order_by("-from_at").values(found=JSONObject(room="room", unit="unit"))[:1])
