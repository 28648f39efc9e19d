"""What was answered to a concern that stood on the wrong person: for a while it is said there that it is not to be done
(H1, H34).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from homeround.accounts.author import Author, author_of
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.rules import STOPPED_SHOWN
from homeround.ehch.deterioration.models import ConcernAnswer
from homeround.ehch.residents.access import living_in, living_stays
from homeround.ehch.residents.models import Correction
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class NotTheirs:
    """An answer that was about somebody else: its words, who gave it, and on which day it was taken off."""

    person: int
    words: str
    by: Author
    on: date


def not_theirs_in(home: HomeInSight) -> list[NotTheirs]:
    """Answers of late that were about somebody else, on everybody who lives in a home in sight; one statement. Names
    are left to the caller's list. About one person they are lines of the timeline.
    """
    living_in(home=home)  # refuses a viewer who reads nothing about them
    return _read(_in_home(home=home.home_id, since=home.at - STOPPED_SHOWN))


@prepared
def _in_home(*, home: int, since: datetime) -> QuerySet[Any]:
    here = living_stays().filter(home=home).values("resident")
    answers = taken_off().filter(off_at__gt=since, resident__in=here)
    return answers.select_related("by__user", "by__body", "for_whom__user", "for_whom__body").order_by("-off_at", "-pk")


def taken_off() -> QuerySet[Any]:
    """Answers in words that no longer stand since their concern was moved to whom it was about, with `off_at`."""
    table = ConcernAnswer._meta.db_table  # noqa: SLF001 - Django's own name for it
    moved = Correction.objects.filter(table=table, row=OuterRef("pk"), kind=CorrectionKind.WRONG_PERSON.value)
    answers = ConcernAnswer.with_removed.filter(stands=False).exclude(words="")
    return answers.annotate(off_at=Subquery(moved.values("recorded_at")[:1])).filter(off_at__isnull=False)


def _read(rows: list[Any]) -> list[NotTheirs]:
    return [
        NotTheirs(row.resident_id, row.words, author_of(row.for_whom or row.by), london_date(row.off_at))
        for row in rows
    ]
