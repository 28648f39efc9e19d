"""Reviews that answered a concern which stands on the person no more, and what they decided (H1, H34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from homeround.accounts.rights import Extent, Kind
from homeround.ehch.decisions.models import Decision
from homeround.ehch.decisions.queries import as_corrected, member_words
from homeround.ehch.decisions.words import ANSWERED_WHAT
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.models import MadeInReview, Review, decisions_in_question, in_question
from homeround.ehch.rounds.words import OUTCOME_WORDS, Outcome, seen_words

WRITERS = ("by__user", "by__body", "for_whom__user", "for_whom__body")


@dataclass(frozen=True)
class DecidedThen:
    """What a review in question decided, as it is right now."""

    ref: str
    words: str
    is_taken_back: bool


@dataclass(frozen=True)
class InQuestion:
    """A review in question: `rests_on` is what it answered (`ANSWERED_WHAT`), `off_at` since when that stands there no
    more. `is_own`: the viewer's, who may move it to the person it is about. `notes` are empty for who does not read
    them (`notes_withheld`).
    """

    review_id: int
    by: str
    typed_by: str
    at: datetime
    outcome: str
    how: str
    notes: str
    notes_withheld: bool
    wanted: str
    decided: tuple[DecidedThen, ...]
    asked: tuple[str, ...]
    rests_on: str
    off_at: datetime
    is_own: bool


def in_question_about(held: RoundInSight, who: PersonInSight) -> tuple[InQuestion, ...]:
    """The reviews of a person in sight in this round that are in question, in the order of writing. Some statements
    for each.
    """
    rows = in_question().filter(round=held.round_id, resident=who.resident_id)
    rows = rows.select_related(*WRITERS, "reviewer__user", "reviewer__body")
    return tuple(_in_question(row, who) for row in rows.order_by("recorded_at", "pk"))


def round_in_question(person: PersonInSight, decision: str) -> str:
    """The round in which the decision with this ref, or the one that it corrects, was made, where its review is in
    question; empty otherwise. One statement.
    """
    corrects = Decision.objects.filter(ref=decision).values("corrects")
    made = Q(decision__ref=decision) | Q(decision__in=corrects)
    found = decisions_in_question().filter(made, resident=person.resident_id)
    return found.values_list("review__round__ref", flat=True).first() or ""


def with_doubts(reviews: QuerySet[Review]) -> QuerySet[Any]:
    """These reviews, each with `off_as` where it is in question: how the concern was taken off that it answered."""
    mine = in_question().filter(pk=OuterRef("pk"))
    found: QuerySet[Any] = reviews.annotate(off_as=Subquery(mine.values("off_as")[:1]))
    return found


def _in_question(row: Any, who: PersonInSight) -> InQuestion:
    made = MadeInReview.objects.filter(
        review__round=row.round_id, review__reviewer=row.reviewer_id, resident=who.resident_id
    ).select_related("decision", "follow_up")
    reads_notes = who.capacity.extent(Kind.CLINICAL) is Extent.ALL
    return InQuestion(
        review_id=row.pk,
        by=member_words(row.for_whom or row.by),
        typed_by=member_words(row.by) if row.for_whom else "",
        at=row.recorded_at,
        outcome=OUTCOME_WORDS[Outcome(row.outcome)],
        how=seen_words(row.how),
        notes=row.notes if reads_notes else "",
        notes_withheld=bool(row.notes) and not reads_notes,
        wanted=row.wanted,
        decided=_decided([thing.decision for thing in made if thing.decision]),
        asked=tuple(thing.follow_up.words for thing in made if thing.follow_up),
        rests_on=ANSWERED_WHAT[row.off_as],
        off_at=row.off_at,
        is_own=who.viewer.acts_as(row.reviewer),
    )


def _decided(made: list[Decision]) -> tuple[DecidedThen, ...]:
    right = as_corrected(made)
    return tuple(DecidedThen(now.ref, now.decided, now.ended_at is not None) for now in (right[one.pk] for one in made))
