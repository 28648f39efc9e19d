"""The rounds of one home: the one that is open, and what the last one said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, Subquery

from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.rounds.models import Round, RoundClosing


@dataclass(frozen=True)
class RoundLine:
    """A round in a line: when, who led it, and what was told to the home at its end."""

    ref: str
    on: date
    leader: str
    is_open: bool
    summary: str


def last_rounds(home: HomeInSight, *, most: int = 6) -> list[RoundLine]:
    """The open rounds of a home in sight (also left open), newest first, then those closed last; one statement.

    One that was cancelled was not held.
    """
    closings = RoundClosing.objects.filter(round=OuterRef("pk"))
    rounds = (
        Round.objects.filter(Q(ended_at=None) | Exists(closings), home=home.home_id)
        .annotate(said=Subquery(closings.values("summary")[:1]))
        .order_by(F("ended_at").desc(nulls_first=True), "-pk")
    )
    rows = rounds.values_list("ref", "on", "leader__user__name", "ended_at", "said")[:most]
    return [RoundLine(ref, on, leader, ended_at is None, said or "") for ref, on, leader, ended_at, said in rows]
