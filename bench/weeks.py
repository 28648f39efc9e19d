"""What happened in the homes of a world: a quarter of weekly rounds with their reviews, decisions and replies, and
concerns.

What happens to whom follows from numbers, so that every world of one size is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bench.living import Person
from bench.places import Home, ended, row
from homeround.ehch.decisions.models import (
    Ask,
    Decision,
    FollowUp,
    FollowUpEnding,
    Reply,
)
from homeround.ehch.decisions.words import DecisionKind, ReplyKind
from homeround.ehch.deterioration.models import Concern, ConcernAnswer, ReadBy
from homeround.ehch.rounds import words
from homeround.ehch.rounds.models import MadeInReview, Review, Round, RoundClosing
from homeround.ehch.rounds.words import Outcome, RoundMode
from homeround.kernel.record.kept import Retention

WEEKS: Final = 12
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Seen:
    """Somebody seen in a round, so many weeks ago."""

    person: Person
    week: int
    review: Review

    @property
    def at(self) -> datetime:
        return self.review.recorded_at

    @property
    def changes(self) -> bool:
        """Whether something was decided."""
        return self.review.outcome == Outcome.PLAN_CHANGED

    def about(self, at: datetime | None = None, by: int | None = None) -> dict[str, Any]:
        """The columns of a row about this person, written by the clinician in the round unless somebody says
        otherwise.
        """
        home = self.person.home
        return {
            "resident": self.person.resident,
            **row(by or home.pcn.clinician, home.body_id, at or self.at),
        }


def pass_by(people: list[Person], at: datetime) -> None:
    """Let the weeks before `at` pass for these people and their homes."""
    homes = list(dict.fromkeys(person.home for person in people))
    rounds = {
        (held.home_id, week): held
        for week in range(1, WEEKS + 1)
        for held in Round.objects.bulk_create(_round(home, at - week * WEEK) for home in homes)
    }
    RoundClosing.objects.bulk_create(_closing(held) for held in rounds.values())
    seen = [
        Seen(person, week, _review(person, week, rounds[person.home.body_id, week]))
        for person in people
        for week in _weeks_seen(person, at)
    ]
    Review.objects.bulk_create(review.review for review in seen)
    _decide([review for review in seen if review.changes])
    _concerns(people, at)


def _round(home: Home, at: datetime) -> Round:
    return Round(
        home_id=home.body_id,
        on=at.date(),
        mode=RoundMode.IN_PERSON,
        leader_id=home.pcn.clinician,
        home_representative="the nurse on duty",
        medical_input="the lead, in person",
        retention=Retention.SERVICE_RECORD,
        **row(home.pcn.clinician, home.body_id, at),
        **ended(home.pcn.clinician, at + timedelta(hours=3), "closed"),
    )


def _closing(held: Round) -> RoundClosing:
    return RoundClosing(
        round=held,
        summary="Drinks and medicines as written; nothing else to do before the next round.",
        retention=Retention.SERVICE_RECORD,
        **row(held.by_id, held.home_id, held.recorded_at + timedelta(hours=3)),
    )


def _weeks_seen(person: Person, at: datetime) -> Iterator[int]:
    """Every third week; one in nine not for the last five, so that nothing recorded for a while is a reason too."""
    for week in range(1, WEEKS + 1):
        is_left_out = person.serial % 9 == 0 and week < 6
        if (person.serial + week) % 3 == 0 and at - week * WEEK > person.since and not is_left_out:
            yield week


def _review(person: Person, week: int, held: Round) -> Review:
    turn = (person.serial + week) // 3
    outcome = Outcome.PLAN_CHANGED if turn % 3 == 0 else Outcome.NO_CHANGE
    if week == 1 and person.serial % 20 == 8:
        outcome = Outcome.NOT_REACHED
    return Review(
        resident=person.resident,
        round=held,
        reviewer_id=person.home.pcn.clinician,
        how="" if outcome == Outcome.NOT_REACHED else words.Seen.IN_PERSON,
        outcome=outcome,
        notes="Eats and sleeps as before; walks to the dining room with a frame. Skin looked at.",
        **row(person.home.pcn.clinician, person.home.body_id, held.recorded_at),
    )


def _decide(seen: list[Seen]) -> None:
    """Each review that changes something has a decision, which the registered GP is asked about, and a follow-up."""
    decisions = Decision.objects.bulk_create(
        Decision(
            home_id=review.person.home.body_id,
            kind=DecisionKind.PLAN,
            decided="Drinks offered every two hours while awake, and written down.",
            because="less to drink than usual",
            before="drinks with meals",
            in_force_from_on=review.at.date(),
            **review.about(),
        )
        for review in seen
    )
    follow_ups = FollowUp.objects.bulk_create(
        FollowUp(
            home_id=review.person.home.body_id,
            decision=decision,
            words="Weigh in a week and tell the coordinator.",
            due_on=(review.at + WEEK).date(),
            owner_body_id=review.person.home.body_id,
            **review.about(),
            **_over(review),
        )
        for review, decision in zip(seen, decisions, strict=True)
    )
    FollowUpEnding.objects.bulk_create(
        FollowUpEnding(
            follow_up=follow_up,
            how="done",
            words="Weighed, no change.",
            **review.about(review.at + WEEK, review.person.home.nurse),
        )
        for review, follow_up in zip(seen, follow_ups, strict=True)
        if review.week > 1
    )
    MadeInReview.objects.bulk_create(
        MadeInReview(review=review.review, decision=decision, **review.about())
        for review, decision in zip(seen, decisions, strict=True)
    )
    _ask(seen, decisions)


def _ask(seen: list[Seen], decisions: list[Decision]) -> None:
    """The practice has replied to all but the newest; nobody has where no practice is known."""
    asks = Ask.objects.bulk_create(
        Ask(
            decision=decision,
            answer_by_on=(review.at + WEEK).date(),
            **review.about(),
            **(_over(review) if review.person.practice is not None else {}),
        )
        for review, decision in zip(seen, decisions, strict=True)
    )
    Reply.objects.bulk_create(
        Reply(
            ask=ask,
            practice_id=review.person.home.pcn.practices[review.person.practice],
            kind=ReplyKind.READ,
            **review.about(review.at + WEEK, review.person.home.pcn.gps[review.person.practice]),
        )
        for review, ask in zip(seen, asks, strict=True)
        if review.week > 1 and review.person.practice is not None
    )


def _over(seen: Seen) -> dict[str, Any]:
    return ended(seen.person.home.nurse, seen.at + WEEK, "done") if seen.week > 1 else {}


def _concerns(people: list[Person], at: datetime) -> None:
    """One in fourteen has an open concern of the last days, one in five an earlier one that was answered."""
    Concern.objects.bulk_create(
        _concern(person, at - timedelta(days=person.serial % 5, hours=3))
        for person in people
        if person.serial % 14 == 3
    )
    earlier = [person for person in people if person.serial % 5 == 2 and not person.is_new]
    answered = Concern.objects.bulk_create(
        _concern(person, at - (3 + person.serial % 6) * WEEK, answered=True) for person in earlier
    )
    ReadBy.objects.bulk_create(
        ReadBy(concern=concern, **_about_it(concern, person.home.pcn.coordinator))
        for person, concern in zip(earlier, answered, strict=True)
    )
    ConcernAnswer.objects.bulk_create(
        ConcernAnswer(
            concern=concern, words="Seen by the nurse; better by tea.", **_about_it(concern, person.home.pcn.clinician)
        )
        for person, concern in zip(earlier, answered, strict=True)
    )


def _concern(person: Person, at: datetime, *, answered: bool = False) -> Concern:
    home = person.home
    end = ended(home.pcn.clinician, at + timedelta(hours=5), "answered") if answered else {}
    return Concern(
        resident=person.resident,
        home_id=home.body_id,
        help_now=False,
        words="Did not finish breakfast again and was short with everybody, which is not like them.",
        **row(home.nurse, home.body_id, at),
        **end,
    )


def _about_it(concern: Concern, by: int) -> dict[str, Any]:
    at = concern.recorded_at + timedelta(hours=5)
    return {"resident_id": concern.resident_id, **row(by, concern.home_id, at)}
