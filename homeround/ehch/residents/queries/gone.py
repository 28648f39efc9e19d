"""Who died or left lately, for the page of their home: recorded on the wrong person it is found there (H32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from homeround.accounts.author import Author, author_of
from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.residents import rules
from homeround.ehch.residents.models import Departure, Stay
from homeround.ehch.residents.queries.identity import Identity, identities
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Gone:
    """Somebody who died, left or is not coming: how and on which day, by whom and when that was written down."""

    ref: str
    identity: Identity
    kind: str
    left_on: date
    by: Author
    at: datetime


def gone_lately(home: HomeInSight) -> list[Gone]:
    """Of whom that was written down in the last days (`rules.GONE_SHOWN`) and who is not here again, the newest first.

    Two statements, one for nobody. Whoever is shown is noticed as seen on a list.
    """
    home.must_read(Kind.IDENTITY)
    rows = _gone(home=home.home_id, since=home.at - rules.GONE_SHOWN)
    people = identities({row.resident_id for row in rows})
    if rows:
        notice_list(home.viewer, place_id=home.home_id, subject_ids=sorted(people), ground=home.ground.name)
    return [
        Gone(
            ref=row.resident.ref,
            identity=people.get(row.resident_id, Identity()),
            kind=row.kind,
            left_on=row.left_on,
            by=author_of(row.by),
            at=row.recorded_at,
        )
        for row in rows
    ]


@prepared
def _gone(*, home: int, since: datetime) -> QuerySet[Any]:
    here_again = Stay.objects.open().filter(resident=OuterRef("resident"), home=home)
    gone = Departure.objects.filter(~Exists(here_again), stay__home=home, recorded_at__gte=since)
    return gone.select_related("resident", "by__user", "by__body").order_by("-recorded_at", "-pk")
