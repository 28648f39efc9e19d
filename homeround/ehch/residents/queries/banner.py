"""What stands on top of every page about a person, and who is medically responsible for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from homeround.ehch.alignment.models import lead_of, pcn_of
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight, living_stays
from homeround.ehch.residents.models import Departure, HospitalReturn, RegistrationStart, Resident, Stay, terms
from homeround.ehch.residents.queries.identity import Away, Identity, away_in, claims, read_claims
from homeround.ehch.residents.queries.people import away_from, room_of
from homeround.ehch.residents.words import DepartureKind, IdentityKind
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Banner:
    """What stands on top of every page about a person, in the order of the screens' design.

    `away`: in hospital now; `was_away`: they came back, and that can be taken back. `left_on` is the day they left or
    died; `left_written_on` the day that was written down (C05); `left_to` where to, or why, as it was typed.
    """

    ref: str
    identity: Identity
    age: int | None
    home_code: str
    home: str
    room: str
    unit: str
    stay_kind: str
    place: str
    stay_basis: str
    planned_end_on: date | None
    from_on: date | None
    left: str
    left_on: date | None
    left_written_on: date | None
    left_to: str
    away: Away | None
    was_away: bool
    alike: tuple[str, ...]
    responsible: rules.Responsible
    lead: str
    pcn: str
    relationship: rules.Relationship


def banner_of(person: PersonInSight) -> Banner:
    """The banner of a person in sight, in two statements whatever the home's size."""
    stay = _stay_facts(person)
    found = read_claims(_claims_beside(resident=person.resident_id, home=stay.get("home_id")))
    identity = found.pop(person.resident_id, Identity())
    on = london_date(person.as_of)
    so = rules.terms_in(stay.get("terms_now"))
    departure = stay.get("departure")
    left_on = date.fromisoformat(departure["left_on"]) if departure else None
    return Banner(
        ref=person.ref,
        identity=identity,
        age=identity.age(left_on if left_on and stay["ended_how"] == DepartureKind.DIED else on),
        home_code=stay.get("home__body__code") or "",
        home=stay.get("home__body__name") or "",
        room=(stay.get("room_now") or {}).get("room", ""),
        unit=(stay.get("room_now") or {}).get("unit", ""),
        stay_kind=so.kind,
        place=so.place,
        stay_basis=stay.get("basis") or "",
        planned_end_on=so.planned_end_on,
        from_on=so.from_on,
        left=stay.get("ended_how") or "",
        left_on=left_on,
        left_written_on=london_date(stay["ended_at"]) if stay.get("ended_at") else None,
        left_to=departure["words"] if departure else "",
        away=away_in(stay.get("away")),
        was_away=bool(stay.get("was_away")),
        alike=tuple(sorted(other.called for other in found.values() if rules.are_alike(identity.names, other.names))),
        responsible=rules.responsible_for(_registration(stay.get("registration")), on),
        lead=stay.get("lead_name") or "",
        pcn=stay.get("pcn_name") or "",
        relationship=person.relationship,
    )


@prepared
def _claims_beside(*, resident: int, home: int | None) -> QuerySet[Any, Any]:
    """Everything about one person, and the names of everybody in the home, to mark the same or like ones (H1)."""
    names = claims().filter(
        kind=IdentityKind.NAME.value, resident__in=living_stays().filter(home=home).values("resident")
    )
    return claims().filter(resident=resident).union(names, all=True)


def _stay_facts(person: PersonInSight) -> dict[str, Any]:
    """Where the person lives, who covers it and who is medically responsible, in one statement."""
    on = london_date(person.as_of)
    for row in _stay(stay=person.stay_id or 0, at=person.as_of, on=on):
        return dict(row._asdict())
    resident = Resident.objects.filter(pk=person.resident_id)
    facts = resident.annotate(registration=_registration_of("pk", on)).values("registration").first()
    return dict(facts) if facts else {}


@prepared
def _stay(*, stay: int, at: datetime, on: date) -> QuerySet[Any, Any]:
    return (
        Stay.objects.filter(pk=stay)
        .annotate(
            room_now=room_of("pk", at),
            terms_now=terms(),
            departure=_departure_of("pk"),
            away=away_from("pk"),
            was_away=_came_back("pk"),
            registration=_registration_of("resident_id", on),
            lead_name=lead_of("home_id", at, "lead__user__name"),
            pcn_name=pcn_of("home_id", on, "pcn__body__name"),
        )
        .values_list(
            "home_id",
            "home__body__code",
            "home__body__name",
            "terms_now",
            "departure",
            "basis",
            "ended_how",
            "ended_at",
            "room_now",
            "away",
            "was_away",
            "registration",
            "lead_name",
            "pcn_name",
            named=True,
        )
    )


def _departure_of(stay: str) -> Subquery:
    departures = Departure.objects.filter(stay=OuterRef(stay))
    return Subquery(departures.values(found=JSONObject(left_on=Cast("left_on", CharField()), words="words"))[:1])


def _came_back(stay: str) -> Subquery:
    """The number of the newest return from hospital in a stay; NULL without one."""
    returns = HospitalReturn.objects.filter(hospital_stay__stay=OuterRef(stay))
    return Subquery(returns.order_by("-recorded_at", "-pk").values("pk")[:1])


def _registration_of(resident: str, on: date) -> Subquery:
    starts = RegistrationStart.objects.filter(resident=OuterRef(resident), from_on__lte=on)
    return Subquery(
        starts.order_by("-from_on").values(
            found=JSONObject(
                kind="kind",
                practice_id="practice_id",
                practice="practice__body__name",
                phone="practice__phone",
                gp_name="gp_name",
                until_on=Cast("until_on", CharField()),
                last_confirmed_on=Cast("last_confirmed_on", CharField()),
                source="source",
                closed_on=Cast("practice__body__closed_on", CharField()),
                is_dormant="practice__dormant",
            )
        )[:1]
    )


def _registration(found: Mapping[str, Any] | None) -> rules.Registration | None:
    if not found:
        return None
    days = {
        name: date.fromisoformat(found[name]) if found[name] else None
        for name in ("until_on", "last_confirmed_on", "closed_on")
    }
    return rules.Registration(
        kind=found["kind"],
        practice_id=found["practice_id"],
        practice=found["practice"] or "",
        gp_name=found["gp_name"],
        phone=found["phone"] or "",
        source=found["source"],
        is_dormant=bool(found["is_dormant"]),
        **days,
    )
