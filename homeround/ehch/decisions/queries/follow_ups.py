"""Follow-ups: open ones of a home, what is asked of a body, one with what came of it (REQ-46)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from homeround.accounts.rights import ROLE_WORDS, Kind, Role
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.models import FollowUp, FollowUpEnding
from homeround.ehch.decisions.queries.asked import member_words
from homeround.ehch.residents.access import living_stays, people_of
from homeround.ehch.residents.queries import Identity, identities
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Owed:
    """A follow-up: what, by when, for whom, and what came of it once done."""

    ref: str
    words: str
    due_on: date
    owner: str
    owner_id: int
    asked_by: str
    asked_at: datetime
    person_ref: str
    identity: Identity
    is_late: bool
    done_at: datetime | None = None
    done_by: str = ""
    came_of_it: str = ""


def owed_in(home: HomeInSight) -> list[Owed]:
    """Open follow-ups about people of a home in sight, by day. Two statements whatever the number."""
    home.must_read(Kind.IDENTITY)
    rows = _owed_in(home=home.home_id)
    notice_list(home.viewer, place_id=home.home_id, subject_ids=_people(rows), ground=home.ground.name)
    return _shown(rows, home.at)


def asked_of(*, viewer: Viewer, at: datetime) -> list[Owed]:
    """Open follow-ups asked of the viewer's body, by day, about people the viewer may see."""
    people = people_of(viewer=viewer, at=at).order_by().values("pk")
    asked = FollowUp.objects.filter(owner_body=viewer.body_id, stands=True, ended_at=None, resident__in=people)
    rows = list(_with_people(asked))
    notice_list(viewer, place_id=viewer.body_id, subject_ids=_people(rows), ground="OWED")
    return _shown(rows, at)


def follow_up(*, follow_up_id: int, at: datetime) -> Owed:
    """One follow-up, open or done; the caller has its proof."""
    return owed_among(FollowUp.objects.filter(pk=follow_up_id), at)[0]


def overdue_in(homes: Iterable[int], *, on: date) -> dict[int, int]:
    """How many open follow-ups of each home are past their day: facts about the service, no person named."""
    rows = FollowUp.objects.filter(home__in=list(homes), stands=True, ended_at=None, due_on__lt=on)
    counted: Any = rows.order_by().values("home").annotate(number=Count("pk")).values_list("home", "number")
    return dict(counted)


def owed_among(rows: QuerySet[FollowUp], at: datetime) -> list[Owed]:
    """These follow-ups by day; two statements."""
    return _shown(list(_with_people(rows)), at)


@prepared
def _owed_in(*, home: int) -> QuerySet[Any]:
    living = living_stays().filter(home=home).values("resident")
    return _with_people(FollowUp.objects.filter(home=home, stands=True, ended_at=None, resident__in=living))


def _with_people(rows: QuerySet[FollowUp]) -> QuerySet[Any]:
    """Follow-ups by day, with whom they are about, who asked and what came of them."""
    done = FollowUpEnding.objects.filter(follow_up=OuterRef("pk"), stands=True)
    return (
        rows.select_related("by__user", "by__body", "owner_body", "resident", "ended_by__user", "ended_by__body")
        .annotate(came_of_it=Subquery(done.values("words")[:1]))
        .order_by("due_on", "pk")
    )


def _shown(found: list[Any], at: datetime) -> list[Owed]:
    on = london_date(at)
    people = identities({row.resident_id for row in found})
    return [
        Owed(
            ref=row.ref,
            words=row.words,
            due_on=row.due_on,
            owner=f"{ROLE_WORDS[Role(row.owner_role)]}, {row.owner_body.name}"
            if row.owner_role
            else row.owner_body.name,
            owner_id=row.owner_body_id,
            asked_by=member_words(row.by),
            asked_at=row.happened_at,
            person_ref=row.resident.ref,
            identity=people.get(row.resident_id, Identity()),
            is_late=row.ended_at is None and row.due_on < on,
            done_at=row.ended_at,
            done_by=member_words(row.ended_by) if row.ended_by else "",
            came_of_it=row.came_of_it or "",
        )
        for row in found
    ]


def _people(rows: list[Any]) -> list[int]:
    return sorted({row.resident_id for row in rows})
