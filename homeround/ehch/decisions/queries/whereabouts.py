"""Whether whoever a decision is about lives anywhere now: nobody does anything of it for who died or left (H27)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from homeround.ehch.residents.access import living_stays
from homeround.ehch.residents.models import Departure
from homeround.ehch.residents.words import DepartureKind


def with_whereabouts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """These rows about people, each with the home where they live now (`lives_in`, NULL for none), whether they died,
    and the day on which they went last (`went_on`): what `gone_in` reads.
    """
    lives = living_stays().filter(resident=OuterRef("resident")).order_by("-pk").values("home__body__name")[:1]
    went = Departure.objects.filter(resident=OuterRef("resident")).order_by("-left_on", "-pk")
    died = went.filter(kind=DepartureKind.DIED.value)
    found: QuerySet[Any] = rows.annotate(
        lives_in=Subquery(lives), has_died=Exists(died), went_on=Subquery(went.values("left_on")[:1])
    )
    return found


def gone_in(row: Any) -> str:
    """How they went who live in no home now, `died` or `left`; empty for whoever lives in one. The same for every
    viewer who sees the person now.
    """
    if row.lives_in:
        return ""
    return "died" if row.has_died else "left"
