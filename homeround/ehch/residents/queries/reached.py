"""People whom somebody reaches outside a home's own lists: a practice's patients, and those one was co-opted for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from homeround.accounts.queries import as_viewer
from homeround.accounts.viewer import Viewer
from homeround.directory.models import CareHome
from homeround.ehch.alignment.models import pcn_of
from homeround.ehch.residents.access import people_of
from homeround.ehch.residents.models import CoOption, RoomStart
from homeround.ehch.residents.queries.identity import Identity, identities
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar.times import london_date


@dataclass(frozen=True)
class Patient:
    """A practice's patient who lives in a home: where, how to ring there, and which PCN serves it (empty: none)."""

    ref: str
    identity: Identity
    home: str
    phone: str
    pcn: str
    room: str


@dataclass(frozen=True)
class HelpedWith:
    """Somebody a clinician was co-opted for: by whom, why and until when."""

    ref: str
    identity: Identity
    asked_by: str
    because: str
    until_at: datetime


def patients_of(*, viewer: Viewer, at: datetime) -> list[Patient]:
    """The viewer's practice's own patients who live in a home, by home and name. Two statements."""
    homes = CareHome.objects.filter(pk=OuterRef("home_now"))
    rooms = RoomStart.objects.filter(stay=OuterRef("stay_now"), from_at__lte=at).order_by("-from_at")
    people = list(
        people_of(viewer=viewer, at=at)
        .filter(practice_now=viewer.body_id, stay_now__isnull=False, stay_ended=None)
        .annotate(
            home_name=Subquery(homes.values("body__name")[:1]),
            home_phone=Subquery(homes.values("phone")[:1]),
            pcn_name=pcn_of("home_now", london_date(at), "pcn__body__name"),
            room_now=Subquery(rooms.values("room")[:1]),
        )
    )
    found = identities(one.pk for one in people)
    notice_list(viewer, place_id=viewer.body_id, subject_ids=sorted(one.pk for one in people), ground="REGISTERED")
    patients = [
        Patient(
            ref=one.ref,
            identity=found.get(one.pk, Identity()),
            home=one.home_name or "",
            phone=one.home_phone or "",
            pcn=one.pcn_name or "",
            room=one.room_now or "",
        )
        for one in people
    ]
    return sorted(patients, key=lambda one: (one.home, one.identity.family, one.identity.given, one.ref))


def co_opted_for(*, viewer: Viewer, at: datetime) -> list[HelpedWith]:
    """The people the viewer is co-opted for now, the first to end on top. Two statements."""
    rows = list(
        CoOption.objects.filter(member=viewer.membership_id, ended_at=None, until_at__gt=at)
        .select_related("resident", "by__user", "by__body")
        .order_by("until_at", "pk")
    )
    found = identities(one.resident_id for one in rows)
    people = sorted({one.resident_id for one in rows})
    notice_list(viewer, place_id=viewer.body_id, subject_ids=people, ground="CO_OPTED")
    return [
        HelpedWith(
            ref=one.resident.ref,
            identity=found.get(one.resident_id, Identity()),
            asked_by=as_viewer(one.by).shown,
            because=one.because,
            until_at=one.until_at,
        )
        for one in rows
    ]
