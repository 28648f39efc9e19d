"""What an answer to a concern told the home to do or to watch for: it holds until the person is seen in a round. One
that was about somebody else is said for a while not to be done (H1, H3, H34; REQ-87).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from homeround.accounts.author import Author, author_of
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.queries.asked import WRITERS
from homeround.ehch.decisions.rules import STOPPED_SHOWN
from homeround.ehch.deterioration.models import Concern, ConcernAnswer, last_call, words_now
from homeround.ehch.deterioration.rules import TOLD_SHOWN
from homeround.ehch.deterioration.words import IN_ERROR, NO_WORDS_YET, WRONG_PERSON, AnswerKind
from homeround.ehch.residents.access import PersonInSight, living_in, living_stays, reviews_seen
from homeround.ehch.residents.models import Correction
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Told:
    """What an answer said: about whom, to which concern, by whom and when. `called`: who had been called before it, and
    what they said. `taken_off_on`: it was taken back, or was about somebody else (`is_wrong_person`), since that day;
    then nothing else of it is given.
    """

    person: int
    words: str
    by: Author
    at: datetime
    ref: str = ""
    noticed: str = ""
    called: str = ""
    taken_off_on: date | None = None
    is_wrong_person: bool = False


def told_in(home: HomeInSight) -> list[Told]:
    """What answers told the home about everybody who lives there, what was taken off first, then the newest; one
    statement. Names are left to the caller's list.
    """
    living_in(home=home)  # refuses a viewer who reads nothing about them
    return _read(_in_home(home=home.home_id, since=home.at - TOLD_SHOWN, off_since=home.at - STOPPED_SHOWN))


def told_about(person: PersonInSight) -> list[Told]:
    """The same about one person in sight."""
    at = person.as_of
    return _read(_about(resident=person.resident_id, since=at - TOLD_SHOWN, off_since=at - STOPPED_SHOWN, at=at))


@prepared
def _in_home(*, home: int, since: datetime, off_since: datetime) -> QuerySet[Any]:
    here = living_stays().filter(home=home).values("resident")
    return _told(since, off_since).filter(resident__in=here)


@prepared
def _about(*, resident: int, since: datetime, off_since: datetime, at: datetime) -> QuerySet[Any]:
    return _told(since, off_since).filter(resident=resident, recorded_at__lte=at)


def _told(since: datetime, off_since: datetime) -> QuerySet[Any]:
    seen = reviews_seen().filter(resident=OuterRef("resident"), happened_at__gt=OuterRef("recorded_at"))
    concerns = Concern.objects.filter(pk=OuterRef("concern"))
    in_words = Q(stands=True, kind=AnswerKind.IN_WORDS.value, concern__stands=True, recorded_at__gt=since)
    answers = _with_off_at().filter(in_words & ~Exists(seen) | Q(stands=False, off_at__gt=off_since)).exclude(words="")
    said = concerns.annotate(noticed=words_now(NO_WORDS_YET), call=last_call())
    found: QuerySet[Any] = answers.annotate(
        ref=Subquery(concerns.values("ref")[:1]),
        noticed=Subquery(said.values("noticed")[:1]),
        called=Subquery(said.values("call")[:1]),
        newest=Coalesce("off_at", "recorded_at"),
    )
    return found.select_related(*WRITERS).order_by("stands", "-newest", "-pk")


def taken_off() -> QuerySet[Any]:
    """Answers in words that no longer stand since their concern was moved to whom it was about, with `off_at`."""
    return _with_off_at().filter(stands=False, off_how=WRONG_PERSON, off_at__isnull=False).exclude(words="")


def _with_off_at() -> QuerySet[Any]:
    """Answers, each with when and how it was taken off."""
    table = ConcernAnswer._meta.db_table  # noqa: SLF001 - Django's own name for it
    off = Correction.objects.filter(table=table, row=OuterRef("pk"), kind__in=(WRONG_PERSON, IN_ERROR)).order_by("-pk")
    found: QuerySet[Any] = ConcernAnswer.with_removed.annotate(
        off_at=Subquery(off.values("recorded_at")[:1]), off_how=Subquery(off.values("kind")[:1])
    )
    return found


def _read(rows: Iterable[Any]) -> list[Told]:
    """In the order of the rows; what was said again in the same words is not said not to be done."""
    told = [_told_by(row) for row in rows]
    said = {(one.person, one.words) for one in told if one.taken_off_on is None}
    return [one for one in told if one.taken_off_on is None or (one.person, one.words) not in said]


def _told_by(row: Any) -> Told:
    by = author_of(row.for_whom or row.by)
    if not row.stands:
        is_wrong_person = row.off_how == WRONG_PERSON
        off_on = london_date(row.off_at)
        return Told(
            row.resident_id, row.words, by, row.recorded_at, taken_off_on=off_on, is_wrong_person=is_wrong_person
        )
    return Told(row.resident_id, row.words, by, row.recorded_at, row.ref or "", row.noticed or "", row.called or "")
