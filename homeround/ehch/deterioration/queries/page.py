"""One concern with all that came of it: calls, who read it, its answer, what was taken back, what the viewer may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from homeround.accounts.author import author_columns, author_of
from homeround.ehch.alignment.queries import cover_of
from homeround.ehch.alignment.rules import Readers
from homeround.ehch.deterioration.access import (
    ConcernInSight,
    answers_before_the_call,
    answers_for_the_pcn,
    is_senior_here,
    may_move,
    may_remove_call,
    may_write,
)
from homeround.ehch.deterioration.models import (
    AddedWords,
    Concern,
    ConcernAnswer,
    ReadBy,
    added_after_reading,
    moved_about,
)
from homeround.ehch.deterioration.models import Call as CallRow
from homeround.ehch.deterioration.queries.lines import Call, ConcernLine, Noted, line_of, lines, noted
from homeround.ehch.deterioration.words import IN_ERROR, NOT_ANSWERED, Phone
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.models import Correction
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class RemovedCall:
    """A call that was recorded in error: what it said, who took it back when, and why (`removed.words`)."""

    call: Call
    removed: Noted | None


@dataclass(frozen=True)
class RemovedAnswer:
    """An answer that was taken back: who opened the concern again when, and why (`removed.words`)."""

    answer: Noted
    removed: Noted | None


@dataclass(frozen=True)
class Reading(Noted):
    """Who read a concern for the PCN, and when. `is_whole`: the home has added nothing since."""

    is_whole: bool = True


@dataclass(frozen=True)
class Told:
    """Somebody who was told what is not so, and when."""

    who: str
    at: datetime


@dataclass(frozen=True)
class ConcernPage:
    """One concern with all that came of it, who reads it next, and what the viewer may do.

    `added` are the words that followed; where the concern was raised without any, the first of them is the concern's
    own `words` and not here again. `told_before` are those who read or answered it, or were phoned, while it stood on
    other people, or before it was removed: they have to be told (H1). `words_are_read`: what the viewer adds is to be
    read by the PCN. `removed`: who said that it was raised in error, when and why.
    """

    concern: ConcernLine
    added: tuple[Noted, ...]
    calls: tuple[Call, ...]
    reads: tuple[Reading, ...]
    told_before: tuple[Told, ...]
    removed: Noted | None
    removed_calls: tuple[RemovedCall, ...]
    removed_answers: tuple[RemovedAnswer, ...]
    readers: Readers
    may_record_call: bool
    may_add_words: bool
    words_are_read: bool
    may_mark_read: bool
    may_unmark_read: bool
    may_answer: bool
    in_place_of_the_pcn: bool
    may_reopen: bool
    may_move: bool
    may_remove: bool
    may_put_back: bool


def concern_page(concern: ConcernInSight) -> ConcernPage:
    """One concern with all that came of it; seven statements, some more when it was ever moved or was removed."""
    person = concern.person
    [row] = _concern(concern=concern.concern_id)
    cover = cover_of(row.home_id, person.at)
    readers = cover.coordinator
    line = line_of(row, person.at, somebody_reads_now=readers.is_now)
    reads = _readings_of(concern.concern_id)
    calls, removed_calls = _calls_about(concern)
    in_place = is_senior_here(person) and not cover.pcn_code and not concern.is_removed
    answers = (answers_for_the_pcn(person) and not concern.is_removed) or in_place
    own = [read for read in reads if person.viewer.acts_as(read.author)]
    read_here = any(read.is_whole for read in own)
    added = tuple(_added(concern.concern_id))
    return ConcernPage(
        concern=line,
        added=added if row.words else added[1:],
        calls=calls,
        reads=reads,
        told_before=_told_before(concern.concern_id, row),
        removed=None if row.stands else noted(row.removed, row.removed_at),
        removed_calls=removed_calls,
        removed_answers=tuple(_removed_answers(concern.concern_id)),
        readers=readers,
        may_record_call=may_write(person) and row.stands,
        may_add_words=may_write(person) and row.stands,
        words_are_read=not answers_for_the_pcn(person),
        may_mark_read=answers and not read_here,
        may_unmark_read=answers and bool(own),
        may_answer=line.state in NOT_ANSWERED
        and (answers if line.phone is not Phone.TO_BE_PHONED else answers_before_the_call(person)),
        in_place_of_the_pcn=in_place,
        may_reopen=answers and line.answer is not None,
        may_move=may_move(person) and row.stands,
        may_remove=concern.may_remove and row.stands,
        may_put_back=concern.may_remove and not row.stands,
    )


@prepared
def _concern(*, concern: int) -> QuerySet[Any]:
    moved_to = Concern.with_removed.filter(moved_from=OuterRef("pk"))
    return lines(Concern.with_removed.filter(pk=concern).annotate(was_moved=Exists(moved_to)))


def last_words_about(person: PersonInSight) -> int:
    """The number of the last words that a home added to any concern about a person in sight, 0 for none; one statement.

    A form that reads or answers concerns carries it: what was added later, nobody has read (`ReadBy.read_to`).
    """
    added = AddedWords.objects.filter(resident=person.resident_id, to_be_read=True)
    return added.order_by("-pk").values_list("pk", flat=True).first() or 0


def _added(concern_id: int) -> list[Noted]:
    rows = _added_to(concern=concern_id)
    return [Noted(author_of(row.for_whom or row.by), row.happened_at, row.words) for row in rows]


@prepared
def _added_to(*, concern: int) -> QuerySet[AddedWords]:
    return AddedWords.objects.filter(concern=concern).select_related(*_WHO).order_by("happened_at", "pk")


_WHO = ("by__user", "by__body", "for_whom__user", "for_whom__body")


def _calls_about(concern: ConcernInSight) -> tuple[tuple[Call, ...], tuple[RemovedCall, ...]]:
    """The calls that stand, and those recorded in error; one statement."""
    standing: list[Call] = []
    removed: list[RemovedCall] = []
    for row in _calls(concern=concern.concern_id):
        made = Noted(author_of(row.by), row.happened_at, row.words)
        may_remove = row.stands and may_remove_call(concern.person, row.by)
        call = Call(row.ref, made, row.service, row.spoke_to, may_remove=may_remove)
        if row.stands:
            standing.append(call)
        else:
            removed.append(RemovedCall(call, noted(row.taken_back, row.taken_back_at)))
    return tuple(standing), tuple(removed)


@prepared
def _calls(*, concern: int) -> QuerySet[Any]:
    rows = _with_taken_back(CallRow.with_removed.filter(concern=concern))
    rows = rows.filter(Q(stands=True) | Q(taken_back_as=IN_ERROR)).select_related("by__user", "by__body")
    return rows.order_by("happened_at", "pk")


def _removed_answers(concern_id: int) -> list[RemovedAnswer]:
    return [
        RemovedAnswer(
            Noted(author_of(row.for_whom or row.by), row.recorded_at, row.words),
            noted(row.taken_back, row.taken_back_at),
        )
        for row in _answers_removed(concern=concern_id)
    ]


@prepared
def _answers_removed(*, concern: int) -> QuerySet[Any]:
    rows = _with_taken_back(ConcernAnswer.with_removed.filter(concern=concern, stands=False))
    return rows.filter(taken_back_as=IN_ERROR).select_related(*_WHO).order_by("recorded_at", "pk")


def _with_taken_back(rows: QuerySet[Any]) -> QuerySet[Any]:
    """These rows with who took each back, when, and by which kind of correction."""
    table = rows.model._meta.db_table  # noqa: SLF001 - Django's own name for it
    found = Correction.objects.filter(table=table, row=OuterRef("pk"))
    found_back: QuerySet[Any] = rows.annotate(
        taken_back=Subquery(found.values(found=JSONObject(**author_columns("by"), words="because"))[:1]),
        taken_back_at=Subquery(found.values("recorded_at")[:1]),
        taken_back_as=Subquery(found.values("kind")[:1]),
    )
    return found_back


def _readings_of(concern_id: int) -> tuple[Reading, ...]:
    rows = _read_by(concern=concern_id)
    return tuple(Reading(author_of(row.by), row.recorded_at, is_whole=row.is_whole) for row in rows)


@prepared
def _read_by(*, concern: int) -> QuerySet[Any]:
    rows = ReadBy.objects.filter(concern=concern).annotate(is_whole=~Exists(added_after_reading()))
    return rows.select_related("by__user", "by__body").order_by("recorded_at", "pk")


def _told_before(concern_id: int, row: Any) -> tuple[Told, ...]:
    """Everybody who read it, was called about it, or answered it, also in a review, while it stood on other people, or
    before it was removed: each once, with when they did first, the oldest first.

    However often it was moved: three statements, and one for each move (H1). An answer was given also when it was taken
    back since; a reading or a call in error did not happen.
    """
    is_moved = row.moved_from is not None or row.was_moved
    elsewhere = [one.pk for one in moved_about(concern_id) if one.pk != concern_id] if is_moved else []
    concerns = elsewhere if row.stands else [*elsewhere, concern_id]
    if not concerns:
        return ()
    about = Q(concern__in=concerns)
    happened = Q(taken_back_as=None) | ~Q(taken_back_as=IN_ERROR)
    calls = _with_taken_back(CallRow.with_removed.filter(about)).filter(happened).exclude(spoke_to="").order_by("pk")
    reads = _with_taken_back(ReadBy.with_removed.filter(about)).filter(happened).select_related(*_WHO).order_by("pk")
    answers = ConcernAnswer.with_removed.filter(about).select_related(*_WHO).order_by("pk")
    acted = [(one, one.recorded_at) for one in (*reads, *answers)]
    members = [(author_of(who), at) for one, at in acted for who in (one.for_whom, one.by) if who]
    told: list[tuple[object, Told]] = [
        *((who.membership_id, Told(who.shown, at)) for who, at in members),
        *((call.spoke_to, Told(f"{call.spoke_to}, {call.service}", call.happened_at)) for call in calls),
    ]
    first: dict[object, Told] = {}
    for who, one in sorted(told, key=lambda pair: pair[1].at):
        first.setdefault(who, one)
    return tuple(first.values())
