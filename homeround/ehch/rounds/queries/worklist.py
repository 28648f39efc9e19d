"""The worklist of a home: every resident with reasons, in a stated order, and everybody else below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.care_plans import queries as care_plans
from homeround.ehch.decisions import queries as decisions
from homeround.ehch.deterioration import queries as deterioration
from homeround.ehch.residents import queries as residents
from homeround.ehch.residents.queries import Identity, last_recorded
from homeround.ehch.residents.rules import Sign
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.models import Outcome, Review
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class WorklistRow:
    """One resident: who, where, when last reviewed, and the reasons to see them, strongest first."""

    resident_id: int
    ref: str
    identity: Identity
    room: str
    unit: str
    is_alike: bool
    reviewed_at: datetime | None
    weeks_since_review: int | None
    reasons: tuple[rules.Reason, ...]


@dataclass(frozen=True)
class Worklist:
    """Those with a reason, then everybody else, both in the stated order."""

    with_reason: tuple[WorklistRow, ...]
    others: tuple[WorklistRow, ...]
    order_in_words: str = rules.ORDER_IN_WORDS


def worklist(home: HomeInSight) -> Worklist:
    """Who needs seeing in a home in sight and why. Four statements whatever the number of residents."""
    rows = worklist_rows(home)
    notice_list(
        home.viewer, place_id=home.home_id, subject_ids=(row.resident_id for row in rows), ground=home.ground.name
    )
    return Worklist(
        with_reason=tuple(row for row in rows if row.reasons), others=tuple(row for row in rows if not row.reasons)
    )


def worklist_rows(home: HomeInSight) -> list[WorklistRow]:
    """Everybody who lives in a home, in the order of `rules.order`."""
    by_person: dict[int, list[Sign]] = {}
    for sign in signs_in([home.home_id], home.at):
        by_person.setdefault(sign.person, []).append(sign)
    rows = [_row(one, by_person.get(one.resident_id, []), home.at) for one in residents.living_here(home)]
    return sorted(rows, key=lambda row: rules.order(row.reasons, row.reviewed_at, row.identity.family))


def reasons_for(home: HomeInSight, resident_id: int) -> list[rules.Reason]:
    """The reasons to see one person of a home in sight, strongest first; one statement."""
    signs = [sign for sign in signs_in([home.home_id], home.at) if sign.person == resident_id]
    return rules.reasons_of(signs, home.at, bank_holidays.ENGLAND)


def signs_in(homes: list[int], at: datetime) -> list[Sign]:
    """What every slice knows of the people of these homes, in one statement."""
    return [Sign(*row) for row in _all_signs(homes=homes, at=at)]


@prepared
def _all_signs(*, homes: list[int], at: datetime) -> QuerySet[Any, Any]:
    """The signs of every slice: a later slice adds one line here."""
    branches = [
        *own_signs(homes=homes),
        *residents.signs(homes=homes, at=at),
        *decisions.signs(homes=homes, at=at),
        *deterioration.signs(homes=homes, at=at),
        *care_plans.signs(homes=homes, at=at),
    ]
    first, *rest = branches
    together: QuerySet[Any, Any] = first.union(*rest, all=True)
    return together


def own_signs(*, homes: list[int]) -> list[QuerySet[Any, Any]]:
    """Reviews as signs: the last one as `reviewed`, and as `not_reached` the last time a round did not reach them."""
    reviews = Review.objects.filter(stands=True, round__home__in=homes)
    return [
        last_recorded(reviews.exclude(outcome=Outcome.NOT_REACHED), code="reviewed"),
        last_recorded(reviews.filter(outcome=Outcome.NOT_REACHED), code="not_reached"),
    ]


def _row(one: residents.Living, signs: list[Sign], at: datetime) -> WorklistRow:
    reviewed_at = rules.last_at(sign for sign in signs if sign.code == "reviewed")
    return WorklistRow(
        resident_id=one.resident_id,
        ref=one.ref,
        identity=one.identity,
        room=one.room,
        unit=one.unit,
        is_alike=one.is_alike,
        reviewed_at=reviewed_at,
        weeks_since_review=rules.weeks_since(reviewed_at, at),
        reasons=tuple(rules.reasons_of(signs, at, bank_holidays.ENGLAND)),
    )
