"""People whose move-in was taken out as a mistake, and who are in no list since: their home finds them here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from homeround.accounts.author import Author, author_of
from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.residents import rules
from homeround.ehch.residents.models import Correction, Resident, RoomStart, Stay
from homeround.ehch.residents.queries.identity import Identity, identities
from homeround.kernel.audit.noticed import notice_list


@dataclass(frozen=True)
class TakenOut:
    """Somebody who was taken out: who, which room they had, when it was done, by whom and why."""

    resident_id: int
    ref: str
    stay_id: int
    identity: Identity
    room: str
    unit: str
    at: datetime
    by: Author
    because: str


def taken_out_of(home: HomeInSight, ref: str = "") -> list[TakenOut]:
    """Who was taken out of this home in the weeks in which it reads of those who left, the newest first; with `ref`
    that person alone. Three statements. Whoever is shown is noticed as seen on a list.
    """
    home.must_read(Kind.IDENTITY)
    rows = rows_of(home)
    if ref:
        rows = [row for row in rows if row.resident_ref == ref.upper()]
    people = identities({row.resident_id for row in rows})
    if rows:
        notice_list(home.viewer, place_id=home.home_id, subject_ids=sorted(people), ground=home.ground.name)
    return [
        TakenOut(
            resident_id=row.resident_id,
            ref=row.resident_ref,
            stay_id=row.row,
            identity=people.get(row.resident_id, Identity()),
            room=row.room or "",
            unit=row.unit or "",
            at=row.recorded_at,
            by=author_of(row.by),
            because=row.because,
        )
        for row in rows
    ]


def rows_of(home: HomeInSight) -> list[Any]:
    """The same as rows, without names and without a look. One statement."""
    return list(_rows(home.home_id, home.at))


def _rows(home: int, at: datetime) -> QuerySet[Any]:
    """The corrections that took a stay here out, of people who are no longer in the record at all."""
    of_row = RoomStart.with_removed.filter(stay=OuterRef("row")).order_by("-pk")
    gone = Resident.with_removed.filter(pk=OuterRef("resident"), stands=False)
    stays = Stay.with_removed.filter(pk=OuterRef("row"), home=home, stands=False)
    return (
        Correction.objects.filter(
            Exists(gone),
            Exists(stays),
            held_for=home,
            table=Stay._meta.db_table,  # noqa: SLF001 - Django's own name for it
            recorded_at__gte=at - rules.FORMER_HOME_READS,
        )
        .annotate(
            resident_ref=Subquery(gone.values("ref")[:1]),
            room=Subquery(of_row.values("room")[:1]),
            unit=Subquery(of_row.values("unit")[:1]),
        )
        .select_related("by__user", "by__body")
        .order_by("-recorded_at", "-pk")
    )
