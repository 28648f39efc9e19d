"""The rounds of one home: the one that is open, and what the last one said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.rounds.models import Round, RoundAmendment, RoundCancelling, RoundClosing
from homeround.ehch.rounds.waits import somebody_was_seen
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class RoundLine:
    """A round in a line: when, who led it, and what was told to the home at its end, or why it was cancelled."""

    ref: str
    on: date
    leader: str
    is_open: bool
    summary: str
    cancelled_because: str = ""
    was_held: bool = True
    """Closed, and somebody was seen in it (`waits.held`)."""
    added: tuple[str, str] | None = None
    """What was added last to a closed round, and by whom: it stands wherever the summary does."""


CANCELLED_SHOWN: Final = timedelta(days=14)
"""So long the home's first page says that a round was cancelled."""


MOST: Final = 6
"""Rounds at most on that page."""


def last_rounds(home: HomeInSight) -> list[RoundLine]:
    """The open rounds of a home in sight (also left open), newest first, then those that ended last; one statement.

    One that was cancelled was not held: it is among them for `CANCELLED_SHOWN`, so that nobody waits for it.
    """
    rows = _lines(home=home.home_id, cancelled_since=home.at - CANCELLED_SHOWN)
    return [
        RoundLine(ref, on, leader, ended_at is None, said or "", why_not, was_held=bool(was_held), added=_added(added))
        for ref, on, leader, ended_at, said, why_not, was_held, added in rows
    ]


def _added(found: dict[str, str] | None) -> tuple[str, str] | None:
    return (found["words"], found["by"]) if found else None


@prepared
def _lines(*, home: int, cancelled_since: datetime) -> QuerySet[Any, Any]:
    closings = RoundClosing.objects.filter(round=OuterRef("pk"))
    cancellings = RoundCancelling.objects.filter(round=OuterRef("pk"), recorded_at__gt=cancelled_since)
    rounds = (
        Round.objects.filter(Q(ended_at=None) | Exists(closings) | Exists(cancellings), home=home)
        .annotate(
            said=Subquery(closings.values("summary")[:1]),
            was_held=Case(When(Q(somebody_was_seen()) & Q(Exists(closings)), then=Value(1)), default=Value(0)),
            added=Subquery(
                RoundAmendment.objects.filter(round=OuterRef("pk"))
                .order_by("-pk")
                .values(found=JSONObject(words="words", by="by__user__name"))[:1]
            ),
            why_not=Coalesce(Subquery(cancellings.values("because")[:1]), Value("")),
        )
        .order_by(F("ended_at").desc(nulls_first=True), "-pk")
    )
    return rounds.values_list("ref", "on", "leader__user__name", "ended_at", "said", "why_not", "was_held", "added")[
        :MOST
    ]
