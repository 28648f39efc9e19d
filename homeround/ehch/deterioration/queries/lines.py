"""A concern as lists and pages show it, read in one statement with all that a line needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from homeround.accounts.author import Author, author_columns, author_in, author_of
from homeround.ehch.deterioration import rules
from homeround.ehch.deterioration.models import (
    CONCERNS,
    AddedWords,
    Concern,
    ConcernAnswer,
    ReadBy,
    answers_gone,
    answers_taken_back,
    to_be_phoned,
    unread_words_since,
    whole_readings,
)
from homeround.ehch.deterioration.models import (
    Call as CallRow,
)
from homeround.ehch.deterioration.words import AnswerKind, Phone, State
from homeround.ehch.residents.models import Correction, closing_departures


@dataclass(frozen=True)
class Noted:
    """Who did something, when, and in which words where there are any.

    `typed_by` is whoever wrote it down for `author`, when that was somebody else.
    """

    author: Author
    at: datetime
    words: str = ""
    typed_by: Author | None = None

    @property
    def who(self) -> str:
        """Who did it, in full: `Amina Yusuf, care coordinator, Exe Valley PCN`."""
        return self.author.shown


@dataclass(frozen=True)
class Call:
    """A call about a concern: who was called, who was spoken to (empty: nobody answered), what they said."""

    ref: str
    made: Noted
    service: str
    spoke_to: str
    may_remove: bool = False


@dataclass(frozen=True)
class Answer:
    """What came of a concern. By a review it has no words of its own: `decision` is the ref of what was decided there.

    What applies now about the person is asked of decisions, never copied here.
    """

    noted: Noted
    kind: AnswerKind
    decision: str = ""

    @property
    def by_review(self) -> bool:
        """Whether the review of a round is the answer."""
        return self.kind is AnswerKind.BY_REVIEW


@dataclass(frozen=True)
class ConcernLine:
    """A concern as lists show it. `raised.at` is when it happened, `recorded_at` when it was written down.

    `waits_since` is when it could first be read, from which its age counts, also when it was moved. `stands_out` says
    why it is urgent or late, or is empty; `spoken` the last call in which somebody was spoken to; `moved_by` who moved
    it here from another person (H1). `newest` are the last words that were added, empty where none were;
    `read_in_part` is who read it before the home added words that nobody has read.
    """

    ref: str
    resident_id: int
    raised: Noted
    newest: str
    recorded_at: datetime
    waits_since: datetime
    help_now: bool
    phone: Phone
    state: State
    stands_out: str
    home: str
    first_read: Noted | None
    read_in_part: Noted | None
    spoken: Call | None
    answer: Answer | None
    closed_at: datetime | None
    moved_by: Author | None

    @property
    def words(self) -> str:
        """What was noticed, in the words of its author; empty while help was asked for and no words have followed."""
        return self.raised.words

    @property
    def is_waiting(self) -> bool:
        """Whether the PCN still has to do something about it."""
        return rules.is_waiting(self.state)


def lines(concerns: QuerySet[Concern]) -> QuerySet[Any]:
    """Concerns with all that a line of a list shows, in one statement."""
    reads = whole_readings().order_by("recorded_at", "pk")
    in_part = ReadBy.objects.filter(concern=OuterRef("pk")).order_by("recorded_at", "pk")
    answers = ConcernAnswer.objects.filter(concern=OuterRef("pk"))
    corrections = Correction.objects.filter(table=CONCERNS, row=OuterRef("pk"))
    departures = closing_departures("concern").order_by("recorded_at", "pk")
    spoken = CallRow.objects.filter(concern=OuterRef("pk")).exclude(spoke_to="")
    spoken = spoken.order_by("-happened_at", "-pk")
    added = AddedWords.objects.filter(concern=OuterRef("pk"))
    return concerns.annotate(
        is_to_be_phoned=Case(When(to_be_phoned(), then=Value(True)), default=Value(False), output_field=BooleanField()),
        first_added=Subquery(added.order_by("recorded_at", "pk").values("words")[:1]),
        last_added=Subquery(added.order_by("-recorded_at", "-pk").values("words")[:1]),
        read=_who(reads),
        read_at=_when(reads),
        read_in_part=_who(in_part),
        read_in_part_at=_when(in_part),
        added_unread_at=unread_words_since(),
        spoken=_who(spoken, words="words", service="service", spoke_to="spoke_to", ref="ref"),
        spoken_at=_when(spoken, "happened_at"),
        answered=_who(answers, words="words", kind="kind", decision="decision__ref", **_for_whom()),
        answered_at=_when(answers),
        answer_gone=Exists(answers_gone()),
        opened_again=Exists(answers_taken_back()),
        removed=_who(corrections, words="because", kind="kind"),
        removed_at=_when(corrections),
        left_how=Subquery(departures.values("kind")[:1]),
        left_at=_when(departures),
    ).select_related("by__user", "by__body", "for_whom__user", "for_whom__body", "home__body", "moved_from")


def line_of(row: Any, at: datetime, *, somebody_reads_now: bool) -> ConcernLine:
    """A row of `lines` as pages show it."""
    facts = facts_of(row)
    words, last = row.words or row.first_added or "", row.last_added or ""
    return ConcernLine(
        ref=row.ref,
        resident_id=row.resident_id,
        raised=Noted(author_of(row.for_whom or row.by), row.happened_at, words),
        newest="" if last == words else last,
        recorded_at=row.recorded_at,
        waits_since=facts.raised_at,
        help_now=row.help_now,
        phone=rules.phone_of(facts),
        state=rules.state_of(facts),
        stands_out=rules.why_it_stands_out(facts, at, somebody_reads_now=somebody_reads_now),
        home=row.home.body.name,
        first_read=noted(row.read, row.read_at),
        read_in_part=noted(row.read_in_part, row.read_in_part_at) if row.added_unread_at else None,
        spoken=_spoken(row.spoken, row.spoken_at),
        answer=_answer(row.answered, row.answered_at),
        closed_at=row.ended_at or row.left_at,
        moved_by=author_of(row.by) if row.moved_from else None,
    )


def facts_of(row: Any) -> rules.ConcernFacts:
    """A row of `lines` as the rules see it."""
    return rules.ConcernFacts(
        help_now=row.help_now,
        raised_at=row.moved_from.recorded_at if row.moved_from else row.recorded_at,
        was_spoken_to=not row.is_to_be_phoned,
        first_read_at=row.read_at,
        ended_at=row.ended_at,
        departure=(row.left_how, row.left_at) if row.left_at else None,
        is_removed=not row.stands,
        added_unread_at=row.added_unread_at,
        answer_gone=row.answer_gone,
        opened_again=row.opened_again,
    )


def noted(found: Mapping[str, Any] | None, at: datetime | None) -> Noted | None:
    """Who and when, of the object that `_who` made; None where there is none."""
    if not found or at is None:
        return None
    wrote, words = author_in(found), found.get("words") or ""
    if not found.get("for_membership_id"):
        return Noted(wrote, at, words)
    answers = author_in({name.removeprefix("for_"): value for name, value in found.items() if name.startswith("for_")})
    return Noted(answers, at, words, typed_by=wrote)


def _who(rows: QuerySet[Any], **more: str) -> Subquery:
    return Subquery(rows.values(found=JSONObject(**author_columns("by"), **more))[:1])


def _for_whom() -> dict[str, str]:
    return {f"for_{name}": column for name, column in author_columns("for_whom").items()}


def _when(rows: QuerySet[Any], column: str = "recorded_at") -> Subquery:
    return Subquery(rows.values(column)[:1])


def _spoken(found: Mapping[str, Any] | None, at: datetime | None) -> Call | None:
    made = noted(found, at)
    return Call(found["ref"], made, found["service"], found["spoke_to"]) if found and made else None


def _answer(found: Mapping[str, Any] | None, at: datetime | None) -> Answer | None:
    answered = noted(found, at)
    return Answer(answered, AnswerKind(found["kind"]), found["decision"] or "") if found and answered else None
