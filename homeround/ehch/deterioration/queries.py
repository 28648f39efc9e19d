"""What can be read about concerns: the open ones of a home, those of a person, one with all that came of it.

A query takes a proof that a door gave; a list starts from the people who live in the home in sight. Who reads and when
they are next at work comes from alignment, at the moment of reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from homeround.accounts.queries import as_viewer
from homeround.accounts.rights import ROLE_WORDS, Kind, Role
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.alignment.queries import who_reads
from homeround.ehch.alignment.rules import Readers
from homeround.ehch.deterioration import rules
from homeround.ehch.deterioration.access import (
    ConcernInSight,
    answers_before_the_call,
    answers_for_the_pcn,
    may_move,
    may_write,
)
from homeround.ehch.deterioration.models import (
    Call,
    Concern,
    ConcernAnswer,
    ReadBy,
    to_be_phoned,
    waiting,
)
from homeround.ehch.residents.access import PersonInSight, living_stays
from homeround.ehch.residents.models import Correction, closing_departures
from homeround.ehch.residents.queries import Identity, entry_rows, identities, last_recorded, sign_rows
from homeround.ehch.residents.rules import FORMER
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.prepared import prepared

CONCERNS = "deterioration_concern"
"""The table that a correction of a concern names."""


@dataclass(frozen=True)
class Said:
    """Who did something, in which capacity, and when: `Amina Yusuf, care coordinator, Exe Valley PCN`."""

    who: str
    at: datetime
    words: str = ""


@dataclass(frozen=True)
class ConcernLine:
    """A concern as lists show it. `raised.at` is when it happened, `recorded_at` when it was written down.

    `stands_out` says why it is first and red, or is empty; `moved_by` who moved it here from another person (H1).
    """

    ref: str
    resident_id: int
    raised: Said
    recorded_at: datetime
    help_now: bool
    phone: rules.Phone
    state: rules.State
    stands_out: str
    home: str
    first_read: Said | None
    answer: Said | None
    moved_by: str

    @property
    def words(self) -> str:
        """What was noticed, in the words of whoever noticed it."""
        return self.raised.words

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to do something about it."""
        return rules.is_waiting(self.state)


@dataclass(frozen=True)
class Removed:
    """An entry that no longer stands on this person: only that there was one, and who took it off when."""

    removed: Said | None


@dataclass(frozen=True)
class OpenConcern:
    """An open concern on a home's list, with the person it is about."""

    concern: ConcernLine
    person_ref: str
    identity: Identity


@dataclass(frozen=True)
class CallMade:
    """A call about a concern: whom somebody rang, who was spoken to (empty: nobody answered), what they said."""

    made: Said
    service: str
    spoke_to: str


@dataclass(frozen=True)
class ConcernPage:
    """One concern with all that came of it, who reads it next, and what the viewer may do.

    `told_before` are those who read it, or were phoned, while it stood on another person: somebody tells them (H1).
    """

    concern: ConcernLine
    calls: tuple[CallMade, ...]
    reads: tuple[Said, ...]
    told_before: tuple[Said, ...]
    readers: Readers
    may_record_call: bool
    may_mark_read: bool
    may_answer: bool
    may_move: bool


def open_concerns(home: HomeInSight, *, readers: Readers | None = None) -> list[OpenConcern]:
    """The open concerns of everybody who lives in a home: to be phoned first, then what stands out, then the oldest.

    Two statements (who they are only when there are any), and two more for who reads when the caller has not asked.
    """
    home.must_read(Kind.LIVING)
    now = (readers or who_reads(home.home_id, home.at)).is_now
    rows = _waiting_in(home=home.home_id)
    rows.sort(key=lambda row: (*rules.place_in_list(_facts(row), home.at, somebody_reads_now=now), row.pk))
    people = identities({row.resident_id for row in rows})
    notice_list(home.viewer, place_id=home.home_id, subject_ids=sorted(people), ground=home.ground.name)
    return [
        OpenConcern(_line(row, home.at, now), row.resident.ref, people.get(row.resident_id, Identity())) for row in rows
    ]


def unread_in(homes: Sequence[int], *, viewer: Viewer, at: datetime) -> list[OpenConcern]:
    """Concerns of these homes that nobody at the PCN has read, or that are still to be phoned: these first, then the
    oldest. Two statements.

    The caller has its proof of the homes. Whether somebody reads now is left out: whoever asks is at work.
    """
    wait = ~Exists(ReadBy.objects.filter(concern=OuterRef("pk"), stands=True)) | to_be_phoned()
    people = living_stays().filter(home=OuterRef("home"), resident=OuterRef("resident"))
    rows = list(_lines(waiting().filter(wait, Exists(people), home__in=list(homes))).select_related("resident"))
    rows.sort(key=lambda row: (*rules.place_in_list(_facts(row), at, somebody_reads_now=True), row.pk))
    found = identities({row.resident_id for row in rows})
    for home_id in sorted({row.home_id for row in rows}):
        people_there = sorted({row.resident_id for row in rows if row.home_id == home_id})
        notice_list(viewer, place_id=home_id, subject_ids=people_there, ground="SERVES")
    return [
        OpenConcern(_line(row, at, somebody_reads_now=True), row.resident.ref, found.get(row.resident_id, Identity()))
        for row in rows
    ]


def concerns_of(person: PersonInSight, *, readers: Readers | None = None) -> list[ConcernLine | Removed]:
    """The concerns of a person, the newest first, with a line for each that was taken off; one statement.

    A former home or PCN sees those written in its home. Two statements more for who reads, when the caller has not
    asked and the person lives in a home.
    """
    person.must_read(Kind.LIVING)
    rows = _concerns_of(resident=person.resident_id, home=person.home_id if person.relationship in FORMER else None)
    now = _somebody_reads_now(person, readers)
    return [_line(row, person.at, now) if row.stands else Removed(_said(row.removed, row.removed_at)) for row in rows]


def concern_page(concern: ConcernInSight) -> ConcernPage:
    """One concern with all that came of it; five statements, two more when it was moved here."""
    person = concern.person
    [row] = _concern(concern=concern.concern_id)
    readers = who_reads(row.home_id, person.at)
    line = _line(row, person.at, readers.is_now)
    reads = tuple(_read_by(concern.concern_id, stands=True))
    answers = answers_for_the_pcn(person)
    return ConcernPage(
        concern=line,
        calls=tuple(_calls_about(concern.concern_id, stands=True)),
        reads=reads,
        told_before=_told_before(row.moved_from_id) if row.moved_from_id else (),
        readers=readers,
        may_record_call=may_write(person),
        may_mark_read=answers and not any(read.who == person.viewer.shown for read in reads),
        may_answer=line.is_waiting
        and (answers if line.phone is not rules.Phone.TO_BE_PHONED else answers_before_the_call(person)),
        may_move=may_move(person),
    )


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """Concerns as signs: `concern` for each open one, and `recorded` for when anything was last written here."""
    return [
        sign_rows(waiting().filter(home__in=homes), code="concern", since="happened_at", words="words"),
        last_recorded(Concern.objects.filter(stands=True, home__in=homes)),
        last_recorded(Call.objects.filter(stands=True, concern__home__in=homes)),
        last_recorded(ConcernAnswer.objects.filter(stands=True, concern__home__in=homes)),
    ]


def entries(resident_id: int) -> list[Any]:
    """Concerns of a person as branches of the timeline: `concern` with its state in words, and `removed` for those that
    were moved to somebody else: only that there was one. With the concern's `ref`: `read` by whom, `call` (state: the
    service, on: who was spoken to) and `answer`.
    """
    concerns = Concern.objects.filter(resident=resident_id, stands=True)
    state = Case(
        When(ended_at__isnull=False, then=Value(rules.State.ANSWERED.value)),
        When(to_be_phoned(), then=Value(rules.Phone.TO_BE_PHONED.value)),
        When(Exists(ReadBy.objects.filter(concern=OuterRef("pk"), stands=True)), then=Value(rules.State.READ.value)),
        default=Value(rules.State.UNREAD.value),
        output_field=CharField(),
    )
    removed = Correction.objects.filter(resident=resident_id, table=CONCERNS, stands=True)
    about = {"resident": resident_id, "stands": True}
    return [
        entry_rows(concerns, kind="concern", words="words", ref="ref", state=state),
        entry_rows(removed, kind="removed", words=""),
        entry_rows(ReadBy.objects.filter(**about), kind="read", words="", ref="concern__ref"),
        entry_rows(
            Call.objects.filter(**about), kind="call", words="words", ref="concern__ref", state="service", on="spoke_to"
        ),
        entry_rows(ConcernAnswer.objects.filter(**about), kind="answer", words="words", ref="concern__ref"),
    ]


@prepared
def _waiting_in(*, home: int) -> QuerySet[Any]:
    """The open concerns of everybody who lives in a home, each with its person."""
    living = living_stays().filter(home=home).values("resident")
    return _lines(waiting().filter(home=home, resident__in=living)).select_related("resident")


@prepared
def _concerns_of(*, resident: int, home: int | None) -> QuerySet[Any]:
    """The concerns of a person, the newest first; of those written in one home, when one is given."""
    rows = Concern.with_removed.filter(resident=resident)
    if home is not None:
        rows = rows.filter(home=home)
    return _lines(rows).order_by("-happened_at", "-pk")


@prepared
def _concern(*, concern: int) -> QuerySet[Any]:
    return _lines(Concern.objects.filter(pk=concern))


def _lines(concerns: QuerySet[Concern]) -> QuerySet[Any]:
    """Concerns with all that a line of a list shows, in one statement."""
    reads = ReadBy.objects.filter(concern=OuterRef("pk"), stands=True).order_by("recorded_at", "pk")
    answers = ConcernAnswer.objects.filter(concern=OuterRef("pk"), stands=True)
    corrections = Correction.objects.filter(table=CONCERNS, row=OuterRef("pk"), stands=True)
    departures = closing_departures("concern").order_by("recorded_at")
    return concerns.annotate(
        is_to_be_phoned=Case(When(to_be_phoned(), then=Value(True)), default=Value(False), output_field=BooleanField()),
        read=_who(reads),
        read_at=_when(reads),
        answered=_who(answers, words="words"),
        answered_at=_when(answers),
        removed=_who(corrections),
        removed_at=_when(corrections),
        left_how=Subquery(departures.values("kind")[:1]),
        left_at=_when(departures),
    ).select_related("by__user", "by__body", "for_whom__user", "for_whom__body", "home__body", "moved_from")


def _who(rows: QuerySet[Any], **more: str) -> Subquery:
    columns = {"name": "by__user__name", "role": "by__role", "body": "by__body__name", **more}
    return Subquery(rows.values(found=JSONObject(**columns))[:1])


def _when(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.values("recorded_at")[:1])


def _said(found: Mapping[str, Any] | None, at: datetime | None) -> Said | None:
    if not found or at is None:
        return None
    who = f"{found['name']}, {ROLE_WORDS[Role(found['role'])]}, {found['body']}"
    return Said(who, at, found.get("words", ""))


def _facts(row: Any) -> rules.ConcernFacts:
    return rules.ConcernFacts(
        help_now=row.help_now,
        raised_at=row.moved_from.recorded_at if row.moved_from else row.recorded_at,
        was_spoken_to=not row.is_to_be_phoned,
        first_read_at=row.read_at,
        ended_at=row.ended_at,
        departure=(row.left_how, row.left_at) if row.left_at else None,
    )


def _line(row: Any, at: datetime, somebody_reads_now: bool) -> ConcernLine:  # noqa: FBT001 - a fact of the hour
    facts = _facts(row)
    first_author = as_viewer(row.for_whom or row.by).shown
    return ConcernLine(
        ref=row.ref,
        resident_id=row.resident_id,
        raised=Said(first_author, row.happened_at, row.words),
        recorded_at=row.recorded_at,
        help_now=row.help_now,
        phone=rules.phone_of(facts),
        state=rules.state_of(facts),
        stands_out=rules.why_it_stands_out(facts, at, somebody_reads_now=somebody_reads_now),
        home=row.home.body.name,
        first_read=_said(row.read, row.read_at),
        answer=_said(row.answered, row.answered_at),
        moved_by=as_viewer(row.by).shown if row.moved_from else "",
    )


def _somebody_reads_now(person: PersonInSight, readers: Readers | None) -> bool:
    if readers is None and person.home_id is not None:
        readers = who_reads(person.home_id, person.at)
    return readers is not None and readers.is_now


def _calls_about(concern_id: int, *, stands: bool) -> list[CallMade]:
    calls = Call.with_removed.filter(concern=concern_id, stands=stands).select_related("by__user", "by__body")
    return [
        CallMade(Said(as_viewer(call.by).shown, call.happened_at, call.words), call.service, call.spoke_to)
        for call in calls.order_by("happened_at", "pk")
    ]


def _read_by(concern_id: int, *, stands: bool) -> list[Said]:
    reads = ReadBy.with_removed.filter(concern=concern_id, stands=stands).select_related("by__user", "by__body")
    return [Said(as_viewer(read.by).shown, read.recorded_at) for read in reads.order_by("recorded_at", "pk")]


def _told_before(concern_id: int) -> tuple[Said, ...]:
    """Who read it, or was spoken to, while it stood on another person; two statements."""
    spoken = [
        Said(f"{call.spoke_to}, {call.service}", call.made.at)
        for call in _calls_about(concern_id, stands=False)
        if call.spoke_to
    ]
    return tuple(sorted((*_read_by(concern_id, stands=False), *spoken), key=lambda told: told.at))
