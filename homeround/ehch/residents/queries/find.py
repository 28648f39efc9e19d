"""Finding people within one's own reach, and everybody within it: the same door as every page about a person.

Nothing is said about anybody else: whether there is nobody of that name, or somebody of another body's, is one answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from homeround.accounts.rights import Reach
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.words import Ground
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import people_of, practice_of
from homeround.ehch.residents.models import Departure, Stay
from homeround.ehch.residents.queries.identity import Away, Identity, away_in, identities
from homeround.ehch.residents.queries.people import away_from, room_of
from homeround.ehch.residents.rules import finding
from homeround.ehch.residents.words import StayBasis
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.models import LookKind
from homeround.kernel.prepared import prepared
from homeround.kernel.refusals import NotAllowed

MOST: Final = 50
"""People shown at once; who finds more is asked for another word."""

GROUNDS: Final[Mapping[Reach, str]] = {
    Reach.HOME: Ground.WORKS_HERE.name,
    Reach.PCN: Ground.SERVES.name,
    Reach.PRACTICE: rules.Relationship.REGISTERED.name,
    Reach.TEAM: Ground.MDT.name,
}
"""By which relationship somebody finds people, as the log has it."""


@dataclass(frozen=True)
class Found:
    """Somebody who was found: who, where, and whether a like name lives in the same home.

    `left` is how their stay ended, empty while they live there, `left_on` the day; `is_expected` that it has not begun.
    """

    resident_id: int
    home_id: int | None
    ref: str
    identity: Identity
    room: str
    unit: str
    home: str
    home_code: str
    practice: str
    left: str
    left_on: date | None
    is_expected: bool
    is_alike: bool
    away: Away | None


@dataclass(frozen=True)
class FoundPeople:
    """Who was found, the living first, then by name; `count` is of all, `people` the first `MOST` of them."""

    people: tuple[Found, ...]
    count: int


def find_people(*, viewer: Viewer, at: datetime, words: str) -> FoundPeople:
    """The people in the viewer's reach who fit what was typed; whoever is shown is noticed as found by a search.

    Two statements. Raises NotAllowed for a role that reads of nobody who they are.
    """
    found = [person for person in _reach(viewer, at) if finding.fits(words, _findable(person))]
    found.sort(key=lambda person: (bool(person.left), person.identity.called.casefold(), person.home))
    shown = tuple(found[:MOST])
    _notice(viewer, shown, LookKind.SEARCH)
    return FoundPeople(shown, len(found))


def everybody(*, viewer: Viewer, at: datetime) -> list[Found]:
    """Everybody in the viewer's reach who lives somewhere now, by home and name; whoever is shown is noticed.

    For roles whose people are few: a member of MDTs, or somebody added to one person's team. Two statements.
    """
    living = [person for person in _reach(viewer, at) if not person.left]
    living.sort(key=lambda person: (person.home, person.identity.called.casefold()))
    _notice(viewer, living, LookKind.LIST)
    return living


def _reach(viewer: Viewer, at: datetime) -> list[Found]:
    if not viewer.capacity.sees_people:
        raise NotAllowed(f"As {viewer.role_words} you read of nobody who they are, so there is nobody to find.")
    rows = _rows(viewer=viewer, at=at, since=at - rules.FORMER_HOME_READS)
    known = identities(row.pk for row in rows)
    names: dict[int | None, list[rules.Name]] = {}
    for row in rows:
        if not (row.stay or {}).get("left"):
            names.setdefault(row.home_now, []).append(known.get(row.pk, Identity()).names)
    alike = {home: rules.alike_among(of_home) for home, of_home in names.items()}
    return [_found(row, known.get(row.pk, Identity()), alike.get(row.home_now, frozenset())) for row in rows]


@prepared
def _rows(*, viewer: Viewer, at: datetime, since: datetime) -> QuerySet[Any]:
    departures = Departure.objects.filter(stay=OuterRef("pk")).values("left_on")
    stays = Stay.objects.filter(pk=OuterRef("stay_now")).annotate(
        room_now=room_of("pk", at), left_on=Subquery(departures[:1]), away_now=away_from("pk")
    )
    facts = JSONObject(
        room="room_now",
        away="away_now",
        left_on=Cast("left_on", CharField()),
        home="home__body__name",
        code="home__body__code",
        left="ended_how",
        basis="basis",
    )
    everybody: QuerySet[Any] = (
        people_of(viewer=viewer, at=at, since=since)
        .annotate(
            stay=Subquery(stays.values(found=facts)[:1]),
            practice=practice_of("pk", at, "practice__body__name"),
        )
        .order_by("pk")
    )
    return everybody


def _found(row: Any, identity: Identity, alike: frozenset[rules.Name]) -> Found:
    stay = row.stay or {}
    left = stay.get("left") or ""
    room = stay.get("room") or {}
    left_on = stay.get("left_on")
    return Found(
        resident_id=row.pk,
        home_id=row.home_now,
        ref=row.ref,
        identity=identity,
        room="" if left else room.get("room") or "",
        unit="" if left else room.get("unit") or "",
        home=stay.get("home") or "",
        home_code=stay.get("code") or "",
        practice=row.practice or "",
        left=left,
        left_on=date.fromisoformat(left_on) if left and left_on else None,
        is_expected=stay.get("basis") == StayBasis.EXPECTED,
        is_alike=not left and identity.names in alike,
        away=None if left else away_in(stay.get("away")),
    )


def _findable(person: Found) -> finding.Findable:
    who = person.identity
    return finding.Findable(
        names=(who.given, who.family, who.known_as),
        room=person.room,
        home=person.home,
        practice=person.practice,
        number=who.number,
    )


def _notice(viewer: Viewer, shown: Iterable[Found], kind: LookKind) -> None:
    """One entry a home, so that its manager finds it; of people without a home one entry."""
    by_home: dict[int | None, list[int]] = {}
    for person in shown:
        by_home.setdefault(person.home_id, []).append(person.resident_id)
    for home_id, people in by_home.items():
        place_id = home_id or viewer.body_id
        notice_list(viewer, place_id=place_id, subject_ids=sorted(people), ground=GROUNDS[viewer.reach], kind=kind)
