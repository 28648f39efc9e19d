"""What was typed for clinicians about somebody in a round, and who may say that it holds (REQ-20; H38)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from homeround.accounts.models import Membership
from homeround.accounts.rights import Extent, Kind
from homeround.ehch.decisions.access import confirms
from homeround.ehch.decisions.models import Decision
from homeround.ehch.decisions.queries import as_corrected, member_words
from homeround.ehch.decisions.words import Confirms
from homeround.ehch.deterioration.queries import Answered, answered_by_reviews
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.models import MadeInReview, Review, ReviewConfirming
from homeround.ehch.rounds.queries.versions import newest
from homeround.ehch.rounds.words import OUTCOME_WORDS, Outcome, seen_words

WRITERS = ("by__user", "by__body", "for_whom__user", "for_whom__body")


@dataclass(frozen=True)
class TypedDecision:
    """A decision that a typed review made, as it is right: `was` is what it said before it was corrected, or empty."""

    words: str
    was: str
    is_taken_back: bool


@dataclass(frozen=True)
class Typed:
    """A review that was typed for a clinician. `confirms` is what the viewer may say of it; `notes` are empty for
    who does not read them (`notes_withheld`). `decided` and `asked` are what it made.
    """

    review_id: int
    reviewer_id: int
    for_whom: str
    typed_by: str
    at: datetime
    outcome: str
    how: str
    notes: str
    notes_withheld: bool
    wanted: str
    see_again_on: date | None
    decided: tuple[TypedDecision, ...]
    asked: tuple[str, ...]
    answered: tuple[Answered, ...]
    confirms: Confirms
    is_confirmed: bool


def typed_about(held: RoundInSight, who: PersonInSight) -> tuple[Typed, ...]:
    """The newest version of each review of the person in the round that was typed for a clinician, oldest first."""
    about = Review.objects.filter(round=held.round_id, resident=who.resident_id)
    rows = newest(about).filter(for_whom__isnull=False).select_related(*WRITERS).order_by("recorded_at", "pk")
    return tuple(_typed(row, row.for_whom, held, who) for row in rows if row.for_whom)


def answered_in(held: RoundInSight) -> list[Answered]:
    """The concerns that the reviews of a round in sight answered, and that nothing has opened again."""
    versions = Review.objects.filter(round=held.round_id)
    return answered_by_reviews(held.home, set(versions.values_list("resident_id", "recorded_at")))


def is_confirmed(person: PersonInSight, written_at: datetime) -> bool:
    """Whether the review of a person in sight that was typed at this time has been confirmed; one statement."""
    about = {"review__resident": person.resident_id, "review__recorded_at": written_at}
    return ReviewConfirming.objects.filter(**about).exists()


def _typed(row: Review, for_whom: Membership, held: RoundInSight, who: PersonInSight) -> Typed:
    theirs = Membership.objects.same_as(row.reviewer_id)
    made = MadeInReview.objects.filter(
        review__round=row.round_id, review__reviewer__in=theirs, resident=who.resident_id
    ).select_related("decision", "follow_up")
    versions = Review.objects.filter(round=row.round_id, resident=row.resident_id, reviewer__in=theirs)
    reviews = set(versions.values_list("resident_id", "recorded_at"))
    is_confirmed = ReviewConfirming.objects.filter(review=row).exists()
    reads_notes = who.capacity.extent(Kind.CLINICAL) is Extent.ALL or who.viewer.acts_as(row.by)
    return Typed(
        review_id=row.pk,
        reviewer_id=row.reviewer_id,
        for_whom=member_words(for_whom),
        typed_by=member_words(row.by),
        at=row.recorded_at,
        outcome=OUTCOME_WORDS[Outcome(row.outcome)],
        how=seen_words(row.how),
        notes=row.notes if reads_notes else "",
        notes_withheld=bool(row.notes) and not reads_notes,
        wanted=row.wanted,
        see_again_on=row.see_again_on,
        decided=_decided([thing.decision for thing in made if thing.decision]),
        asked=tuple(thing.follow_up.words for thing in made if thing.follow_up),
        answered=tuple(answered_by_reviews(held.home, reviews)),
        confirms=confirms(who, for_whom.pk, for_whom.user_id),
        is_confirmed=is_confirmed,
    )


def _decided(first: list[Decision]) -> tuple[TypedDecision, ...]:
    right = as_corrected(first)
    pairs = [(right[decision.pk], decision) for decision in first]
    return tuple(
        TypedDecision(now.decided, "" if now is decision else decision.decided, now.ended_at is not None)
        for now, decision in pairs
    )
