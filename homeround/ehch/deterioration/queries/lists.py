"""Lists of concerns: the open ones of a home, those no one at the PCN has read, and a person's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.alignment.queries import who_reads
from homeround.ehch.alignment.rules import Readers
from homeround.ehch.deterioration import rules
from homeround.ehch.deterioration.models import Concern, answers_by_reviews, words_now
from homeround.ehch.deterioration.queries.lines import ConcernLine, Noted, facts_of, line_of, lines, noted
from homeround.ehch.deterioration.words import NO_WORDS_YET, WRONG_PERSON
from homeround.ehch.residents.access import PersonInSight, living_stays
from homeround.ehch.residents.queries import Identity, identities
from homeround.ehch.residents.rules import FORMER
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class OpenConcern:
    """An open concern on a home's list, with the person it is about."""

    concern: ConcernLine
    person_ref: str
    identity: Identity


@dataclass(frozen=True)
class Removed:
    """An entry that was about somebody else: only that there was one, and who took it off when."""

    removed: Noted | None


def open_concerns(home: HomeInSight, *, readers: Readers | None = None) -> list[OpenConcern]:
    """The concerns of everybody in a home that wait for an answer: help needed now, what stands out, then the oldest.

    Two statements (who they are only when there are any), and two more for who reads when the caller has not asked.
    """
    home.must_read(Kind.LIVING)
    now = (readers or who_reads(home.home_id, home.at)).is_now
    rows = _waiting_in(home=home.home_id)
    rows.sort(key=lambda row: (*rules.place_in_list(facts_of(row), home.at, somebody_reads_now=now), row.pk))
    people = identities({row.resident_id for row in rows})
    notice_list(home.viewer, place_id=home.home_id, subject_ids=sorted(people), ground=home.ground.name)
    return _open(rows, people, home.at, somebody_reads_now=now)


def concerns_of(person: PersonInSight, *, readers: Readers | None = None) -> list[ConcernLine | Removed]:
    """The concerns of a person, the newest first, with a line for each that was about somebody else; one statement.

    One that was raised in error stays, as removed. A former home or PCN sees those written in its home. Two statements
    more for who reads, when the caller has not asked and the person lives in a home.
    """
    person.must_read(Kind.LIVING)
    rows = _concerns_of(resident=person.resident_id, home=person.home_id if person.relationship in FORMER else None)
    now = _somebody_reads_now(person, readers)
    return [
        Removed(noted({**row.removed, "words": ""}, row.removed_at))
        if not row.stands and (row.removed or {}).get("kind") == WRONG_PERSON
        else line_of(row, person.at, somebody_reads_now=now)
        for row in rows
    ]


@dataclass(frozen=True)
class Answered:
    """A concern that the review of a round answered: whose, and what was noticed."""

    ref: str
    resident_id: int
    words: str


def answered_by_reviews(home: HomeInSight, reviews: Collection[tuple[int, datetime]]) -> list[Answered]:
    """The concerns of a home that these reviews answered, in the order they were raised; two statements.

    `reviews`: the person's row and when it was written, of each version of each review.
    """
    home.must_read(Kind.LIVING)
    rows = Concern.objects.filter(pk__in=[answer.concern_id for answer in answers_by_reviews(home.home_id, reviews)])
    noticed = rows.annotate(noticed=words_now(NO_WORDS_YET)).order_by("pk")
    return [Answered(*row) for row in noticed.values_list("ref", "resident_id", "noticed")]


@prepared
def _waiting_in(*, home: int) -> QuerySet[Any]:
    """The concerns of everybody who lives in a home that wait for an answer, each with its person."""
    living = living_stays().filter(home=home).values("resident")
    return lines(Concern.objects.waiting().filter(home=home, resident__in=living)).select_related("resident")


@prepared
def _concerns_of(*, resident: int, home: int | None) -> QuerySet[Any]:
    """The concerns of a person, the newest first; of those written in one home, when one is given."""
    rows = Concern.with_removed.filter(resident=resident)
    if home is not None:
        rows = rows.filter(home=home)
    return lines(rows).order_by("-happened_at", "-pk")


def _open(
    rows: Sequence[Any], people: dict[int, Identity], at: datetime, *, somebody_reads_now: bool
) -> list[OpenConcern]:
    return [
        OpenConcern(
            line_of(row, at, somebody_reads_now=somebody_reads_now),
            row.resident.ref,
            people.get(row.resident_id, Identity()),
        )
        for row in rows
    ]


def _somebody_reads_now(person: PersonInSight, readers: Readers | None) -> bool:
    if readers is None and person.home_id is not None:
        readers = who_reads(person.home_id, person.at)
    return readers is not None and readers.is_now
