"""That somebody was put forward for the round, and what came of it: whoever asked reads it (REQ-36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet, Subquery

from homeround.accounts.author import Author, author_of
from homeround.ehch.residents.models import closing_departures
from homeround.ehch.rounds.access import PutForwardInSight
from homeround.ehch.rounds.models import NotNeeded, PutForward, Review, reviews_since
from homeround.ehch.rounds.words import Asks
from homeround.kernel.prepared import prepared


class AskedState(StrEnum):
    """What came of it."""

    OPEN = "open"
    SEEN = "seen"
    NOT_NEEDED = "not_needed"
    GONE = "gone"


@dataclass(frozen=True)
class Asked:
    """Who was put forward, on whose behalf, by whom and why; and when that was over, by whom and why. `moved_by`: who
    moved it here from somebody else.
    """

    ref: str
    asks: Asks
    words: str
    by: Author
    at: datetime
    state: AskedState
    moved_by: Author | None = None
    over_by: Author | None = None
    over_at: datetime | None = None
    because: str = ""


def asked_to_see(seen: PutForwardInSight) -> Asked:
    """One time that somebody was put forward, with what came of it; two statements at most."""
    [row] = _row(put_forward=seen.put_forward_id)
    asked = {
        "ref": row.ref,
        "asks": Asks(row.asks),
        "words": row.words,
        "by": author_of(row.for_whom or row.by),
        "at": row.happened_at,
        "moved_by": author_of(row.by) if row.for_whom else None,
    }
    if row.ended_at:
        said = NotNeeded.objects.select_related("by__user", "by__body").get(put_forward=row.pk)
        return Asked(
            **asked,
            state=AskedState.NOT_NEEDED,
            over_by=author_of(said.by),
            over_at=said.recorded_at,
            because=said.because,
        )
    if row.seen_in:
        review = Review.objects.select_related("reviewer__user", "reviewer__body").get(pk=row.seen_in)
        return Asked(**asked, state=AskedState.SEEN, over_by=author_of(review.reviewer), over_at=review.happened_at)
    return Asked(**asked, state=AskedState.GONE if row.gone_at else AskedState.OPEN, over_at=row.gone_at)


@prepared
def _row(*, put_forward: int) -> QuerySet[Any]:
    gone = closing_departures("put_forward").order_by("recorded_at", "pk")
    people = ("by__user", "by__body", "for_whom__user", "for_whom__body")
    rows = PutForward.objects.filter(pk=put_forward).select_related(*people)
    return rows.annotate(
        seen_in=Subquery(reviews_since().order_by("happened_at", "pk").values("pk")[:1]),
        gone_at=Subquery(gone.values("recorded_at")[:1]),
    )
