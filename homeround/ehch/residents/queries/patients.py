"""People whom somebody reaches outside a home's own lists: a practice's patients, and those one was co-opted for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from homeround.accounts.queries import as_viewer
from homeround.accounts.viewer import Viewer
from homeround.directory.models import CareHome
from homeround.ehch.alignment.models import pcn_of
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import people_of
from homeround.ehch.residents.models import CoOption
from homeround.ehch.residents.queries.identity import Away, Identity, away_in, identities
from homeround.ehch.residents.queries.people import away_from, room_of
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Patient:
    """A practice's patient who lives in a home: where, how to ring there, and which PCN serves it (empty: none)."""

    ref: str
    identity: Identity
    home: str
    phone: str
    pcn: str
    room: str
    is_alike: bool
    away: Away | None


@dataclass(frozen=True)
class HelpedWith:
    """Somebody a clinician was co-opted for: by whom, why and until when."""

    ref: str
    identity: Identity
    asked_by: str
    because: str
    until_at: datetime


@dataclass(frozen=True)
class Patients:
    """One part of a practice's patients, by home and name; `count` is of all."""

    people: tuple[Patient, ...]
    count: int


def patients_of(*, viewer: Viewer, at: datetime, shown: Callable[[int], slice] = slice) -> Patients:
    """The viewer's practice's own patients who live in a home, by home and name. Two statements.

    `shown` says, of how many there are, which are shown: all, unless said otherwise. Only those are noted as seen.
    """
    people = _living_patients(viewer=viewer, at=at, on=london_date(at), since=at - rules.FORMER_HOME_READS)
    found = identities(person.pk for person in people)
    alike = rules.alike_among(identity.names for identity in found.values())
    people.sort(key=lambda person: _place(person, found.get(person.pk, Identity())))
    part = people[shown(len(people))]
    seen = sorted(person.pk for person in part)
    notice_list(viewer, place_id=viewer.body_id, subject_ids=seen, ground="REGISTERED")
    found_here = (_patient(person, found.get(person.pk, Identity()), alike) for person in part)
    return Patients(tuple(found_here), len(people))


@prepared
def _living_patients(*, viewer: Viewer, at: datetime, on: date, since: datetime) -> QuerySet[Any]:
    homes = CareHome.objects.filter(pk=OuterRef("home_now"))
    people = people_of(viewer=viewer, at=at, since=since)
    living: QuerySet[Any] = people.filter(
        practice_now=viewer.body_id, stay_now__isnull=False, stay_ended=None
    ).annotate(
        home_name=Subquery(homes.values("body__name")[:1]),
        home_phone=Subquery(homes.values("phone")[:1]),
        pcn_name=pcn_of("home_now", on, "pcn__body__name"),
        room_now=room_of("stay_now", at),
        away=away_from("stay_now"),
    )
    return living


def _place(person: Any, identity: Identity) -> tuple[str, ...]:
    return (person.home_name or "", identity.family.casefold(), identity.given.casefold(), person.ref)


def _patient(person: Any, identity: Identity, alike: frozenset[rules.Name]) -> Patient:
    return Patient(
        ref=person.ref,
        identity=identity,
        home=person.home_name or "",
        phone=person.home_phone or "",
        pcn=person.pcn_name or "",
        room=(person.room_now or {}).get("room", ""),
        is_alike=identity.names in alike,
        away=away_in(person.away),
    )


def co_opted_for(*, viewer: Viewer, at: datetime) -> list[HelpedWith]:
    """The people the viewer is co-opted for now, the first to end on top. Two statements."""
    rows = list(
        CoOption.objects.filter(member=viewer.membership_id, ended_at=None, until_at__gt=at)
        .select_related("resident", "by__user", "by__body")
        .order_by("until_at", "pk")
    )
    found = identities(row.resident_id for row in rows)
    people = sorted({row.resident_id for row in rows})
    notice_list(viewer, place_id=viewer.body_id, subject_ids=people, ground="CO_OPTED")
    return [
        HelpedWith(
            ref=row.resident.ref,
            identity=found.get(row.resident_id, Identity()),
            asked_by=as_viewer(row.by).shown,
            because=row.because,
            until_at=row.until_at,
        )
        for row in rows
    ]
