"""What the PCN answered of late about the people of a home: the answer reaches those who wait for it (REQ-87)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery

from homeround.accounts.author import Author, author_of
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.words import NOT_MEANT
from homeround.ehch.deterioration.models import Concern, ConcernAnswer, words_now
from homeround.ehch.deterioration.words import NO_WORDS_YET, AnswerKind
from homeround.ehch.residents.access import living_in, living_stays
from homeround.kernel.prepared import prepared

ANSWER_SHOWN: Final = timedelta(days=2)
"""So long an answer stands on the home's first page, for every shift that may have waited for it."""


@dataclass(frozen=True)
class AnsweredLately:
    """A concern that was answered: whose, what was noticed, and what the answer is, when, by whom and typed by whom.

    `words` are empty where the review of a round is the answer: what applies now says what to do.
    """

    ref: str
    resident_id: int
    person_ref: str
    noticed: str
    words: str
    by: Author
    typed_by: Author | None
    at: datetime


def answered_lately(home: HomeInSight) -> list[AnsweredLately]:
    """What was answered about everybody who lives in a home in sight, the newest first; one statement. Names are left
    to the caller's list.
    """
    living_in(home=home)  # refuses a viewer who reads nothing about them
    return [
        AnsweredLately(
            ref=row.concern.ref,
            resident_id=row.resident_id,
            person_ref=row.resident.ref,
            noticed=row.noticed,
            words=row.words if row.kind == AnswerKind.IN_WORDS else "",
            by=author_of(row.for_whom or row.by),
            typed_by=author_of(row.by) if row.for_whom else None,
            at=row.recorded_at,
        )
        for row in _in_home(home=home.home_id, since=home.at - ANSWER_SHOWN)
    ]


@prepared
def _in_home(*, home: int, since: datetime) -> QuerySet[Any]:
    here = living_stays().filter(home=home).values("resident")
    noticed = Concern.objects.filter(pk=OuterRef("concern")).annotate(noticed=words_now(NO_WORDS_YET))
    answers = ConcernAnswer.objects.filter(
        resident__in=here, recorded_at__gt=since, concern__home=home, concern__stands=True
    )
    return (
        answers.exclude(decision__ended_how__in=NOT_MEANT)
        .annotate(noticed=Subquery(noticed.values("noticed")[:1]))
        .select_related("concern", "resident", "by__user", "by__body", "for_whom__user", "for_whom__body")
        .order_by("-recorded_at", "-pk")
    )
