"""The worklist of a home: every resident with reasons, in a stated order, and everybody else below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.residents import queries as residents
from homeround.ehch.residents.queries import Away, Identity, last_recorded
from homeround.ehch.residents.rules import Sign, Wait
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.models import Review
from homeround.ehch.rounds.queries import slices
from homeround.ehch.rounds.queries.waiting import waits_in
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class WorklistRow:
    """One resident: who, where, when last reviewed, the reasons to see them, strongest first, and what waits about
    them. `last_review` says in words when that was.
    """

    resident_id: int
    ref: str
    identity: Identity
    room: str
    unit: str
    is_alike: bool
    reviewed_at: datetime | None
    weeks_since_review: int | None
    last_review: str
    reasons: tuple[rules.Reason, ...]
    waits: tuple[Wait, ...] = ()
    away: Away | None = None
    """They are in hospital: they keep their reasons, and a round does not wait for them."""


@dataclass(frozen=True)
class Worklist:
    """Those with a reason, then everybody else, both in the stated order. `open_here`: everything that waits in the
    home, whosever turn it is, also what is about nobody.
    """

    with_reason: tuple[WorklistRow, ...]
    others: tuple[WorklistRow, ...]
    open_here: tuple[Wait, ...]
    order_in_words: str = rules.ORDER_IN_WORDS


def worklist(home: HomeInSight) -> Worklist:
    """Who needs seeing in a home in sight and why. Five statements whatever the number of residents."""
    open_here = waits_in([home.home_id], home.at)
    rows = _rows(home, open_here)
    notice_list(
        home.viewer, place_id=home.home_id, subject_ids=(row.resident_id for row in rows), ground=home.ground.name
    )
    return Worklist(
        with_reason=tuple(row for row in rows if row.reasons),
        others=tuple(row for row in rows if not row.reasons),
        open_here=tuple(open_here),
    )


def worklist_rows(home: HomeInSight) -> list[WorklistRow]:
    """Everybody who lives in a home, in the order of `rules.order`."""
    return _rows(home, waits_in([home.home_id], home.at))


def _rows(home: HomeInSight, open_here: Iterable[Wait]) -> list[WorklistRow]:
    signs, waits = _by_person(signs_in([home.home_id], home.at)), _by_person(open_here)
    rows = [
        _row(person, signs.get(person.resident_id, []), waits.get(person.resident_id, []), home.at)
        for person in residents.living_here(home)
    ]
    return sorted(rows, key=lambda row: rules.order(row.reasons, row.reviewed_at, row.identity.family))


def reasons_for(home: HomeInSight, resident_id: int) -> list[rules.Reason]:
    """The reasons to see one person of a home in sight, strongest first; two statements."""
    signs = _by_person(signs_in([home.home_id], home.at)).get(resident_id, [])
    waits = _by_person(waits_in([home.home_id], home.at)).get(resident_id, [])
    return rules.reasons_of(signs, waits, home.at)


T = TypeVar("T", Sign, Wait)


def _by_person(rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for row in rows:
        if row.person is not None:
            found.setdefault(row.person, []).append(row)
    return found


def signs_in(homes: list[int], at: datetime) -> list[Sign]:
    """What every slice knows of the people of these homes, in one statement."""
    return [Sign(*row) for row in _all_signs(homes=homes, at=at)]


@prepared
def _all_signs(*, homes: list[int], at: datetime) -> QuerySet[Any, Any]:
    branches: list[Any] = [*own_signs(homes=homes), *slices.signs(homes=homes, at=at)]
    first, *rest = branches
    together: QuerySet[Any, Any] = first.union(*rest, all=True)
    return together


def own_signs(*, homes: list[int]) -> list[QuerySet[Any, Any]]:
    """Reviews as signs: the last one in which each person was seen as `reviewed`."""
    return [last_recorded(Review.objects.seen().filter(round__home__in=homes), code="reviewed")]


def _row(person: residents.Living, signs: list[Sign], waits: list[Wait], at: datetime) -> WorklistRow:
    reviewed_at = rules.last_at(sign for sign in signs if sign.code == "reviewed")
    return WorklistRow(
        resident_id=person.resident_id,
        ref=person.ref,
        identity=person.identity,
        room=person.room,
        unit=person.unit,
        is_alike=person.is_alike,
        reviewed_at=reviewed_at,
        weeks_since_review=rules.weeks_since(reviewed_at, at),
        last_review=rules.last_review(london_date(reviewed_at) if reviewed_at else None, london_date(at)),
        reasons=tuple(rules.reasons_of(signs, waits, at)),
        waits=tuple(waits),
        away=person.away,
    )
