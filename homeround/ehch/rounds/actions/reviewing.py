"""Recording the review of one person in a round: with them how, what changes for the home, follow-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from homeround.accounts.models import Membership
from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.decisions import rules as decision_rules
from homeround.ehch.decisions.actions import Asking, Deciding, ask_for, decide_about, problems_of_decision
from homeround.ehch.decisions.models import Decision, FollowUp
from homeround.ehch.deterioration.actions import answer_by_review, reopen_answered_by_review
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.access import RoundInSight, see_round
from homeround.ehch.rounds.models import MadeInReview, Review
from homeround.ehch.rounds.queries.round import review_stands
from homeround.ehch.rounds.queries.versions import newest_version
from homeround.ehch.rounds.queries.waiting import waits_for_a_clinician_about
from homeround.ehch.rounds.words import OUTCOME_WORDS, SEEN_WORDS, WITH_DECISION, WITHOUT_SEEING, Outcome, Seen
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import FOLLOWS, ChangedMeanwhile, Invalid, NotAllowed, NotHere


@dataclass(frozen=True)
class Reviewing:
    """A review as it is put. `read_version` is the version the writer had before them (None: nobody had written one).

    `answers` are the refs of the concerns that this review answers; `read_to` is `last_words_about` the person when the
    form was opened: a concern to which the home has added more is not answered by it. `see_again_on`: on or about that
    day they are to be seen again.
    """

    how: str
    outcome: str
    notes: str = ""
    wanted: str = ""
    see_again_on: date | None = None
    decision: Deciding | None = None
    follow_up: Asking | None = None
    answers: tuple[str, ...] = field(default=())
    read_version: int | None = None
    read_to: int = 0
    in_one_press: bool = False
    """Recorded from the list, without having opened the person's page."""


@action
def record_review(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    person: str,
    review: Reviewing,
    for_whom: int | None = None,
) -> int:
    """Record what a clinician found about the person with the ref `person` in the round `ref`; returns the version's
    number. Two clinicians each keep their own; one who writes again writes over their own.

    A decision that changes plan or treatment is asked about at the registered practice, in the same transaction. One
    changed to "not reached" answers nothing any more: the concerns that it had answered wait again.
    Raises NotHere, NotAllowed, Invalid, or ChangedMeanwhile with what stands when somebody saved first.
    """
    held = see_round(viewer=by, ref=ref, at=at)
    who = see_resident(viewer=by, ref=person, at=at, kind=Kind.CLINICAL)
    _may_review(held, who, for_whom)
    decided = _decided_before(held, who, reviewer=for_whom or by.membership_id)
    _refuse(
        _problems(review, at, decided=decided) | _problems_of_week(held, who, review, at, for_whom or by.membership_id)
    )
    if review.in_one_press and review.outcome != Outcome.NOT_REACHED and waits_for_a_clinician_about(held, who):
        raise Invalid(outcome=rules.WRITE_THE_REVIEW)
    version = _next_version(held, who, by=by, at=at, review=review, for_whom=for_whom)
    decision = None
    if review.decision is not None:
        decision = decide_about(who, by=by, at=at, decision=review.decision, for_whom=for_whom)
        note_made(version, by, at, decision=decision)
    if review.follow_up is not None:
        asked = ask_for(who, by=by, at=at, asking=review.follow_up, decision=decision, for_whom=for_whom)
        note_made(version, by, at, follow_up=asked)
    if review.outcome == Outcome.NOT_REACHED:
        _let_go_of_answers(version, held, who, by=by, at=at)
    else:
        answered_by = decision.pk if decision else None
        answer_by_review(
            who, review.answers, by=by, at=at, decision=answered_by, for_whom=for_whom, read_to=review.read_to
        )
    return version.pk


def _let_go_of_answers(version: Review, held: RoundInSight, who: PersonInSight, *, by: Viewer, at: datetime) -> None:
    """Whoever was not reached has had no answer: what earlier versions of the review answered waits again (H3, H34)."""
    if version.supersedes_id is None:
        return
    reviewer = Membership.objects.same_as(version.reviewer_id)
    versions = Review.objects.filter(round=held.round_id, resident=who.resident_id, reviewer__in=reviewer)
    reviewed_at = set(versions.exclude(pk=version.pk).values_list("recorded_at", flat=True))
    reopen_answered_by_review(who, reviewed_at=reviewed_at, because=rules.NOT_REACHED_AFTER_ALL, by=by, at=at)


def _may_review(held: RoundInSight, who: PersonInSight, for_whom: int | None) -> None:
    if for_whom is None:
        who.must_have(Right.CLINICAL_ENTRIES)
    else:
        who.must_type_for(for_whom)
    if who.home_id != held.home.home_id:
        raise NotHere
    if not held.is_open:
        raise NotAllowed("This round is closed. Open a new round to write about this person.")


def _decided_before(held: RoundInSight, who: PersonInSight, *, reviewer: int) -> list[str]:
    """What earlier versions of this review decided and still stands: it need not be made again, nor be contradicted."""
    theirs = Membership.objects.same_as(reviewer)
    made = MadeInReview.objects.filter(
        review__round=held.round_id, review__reviewer__in=theirs, resident=who.resident_id
    )
    standing = made.filter(decision__stands=True, decision__ended_at=None)
    return list(standing.order_by("pk").values_list("decision__decided", flat=True))


def _problems(review: Reviewing, at: datetime, *, decided: list[str]) -> dict[str, str]:
    on = london_date(at)
    is_decided = review.decision is not None or (review.outcome in WITH_DECISION and bool(decided))
    problems = rules.problems_of_review(review.how, review.outcome, is_decided=is_decided)
    problems |= rules.problems_of_notes(review.notes, review.wanted)
    problems |= rules.problems_of_seeing_again(review.see_again_on, on)
    if decided and "outcome" not in problems:
        problems |= rules.problems_of_outcome_after(review.outcome, decided)
    if review.decision is not None:
        problems |= problems_of_decision(review.decision, at)
    if review.follow_up is not None:
        asking = review.follow_up
        problems |= decision_rules.problems_of_follow_up(asking.words, asking.due_on, asking.owner, on)
    return problems


def _problems_of_week(
    held: RoundInSight, who: PersonInSight, review: Reviewing, at: datetime, reviewer: int
) -> dict[str, str]:
    """That the round is of too long ago to see anybody in it now. Whoever was seen in it may be written about still."""
    problems = rules.problems_of_week(review.outcome, held.on, london_date(at))
    before = newest_version(held.round_id, who.resident_id, reviewer) if problems else None
    return {} if before is not None and before.outcome not in WITHOUT_SEEING else problems


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)


def _next_version(
    held: RoundInSight, who: PersonInSight, *, by: Viewer, at: datetime, review: Reviewing, for_whom: int | None
) -> Review:
    """Write the version after the one that was read; the database lets only one of two be next."""
    reviewer = for_whom or by.membership_id
    before = newest_version(held.round_id, who.resident_id, reviewer)
    if before is not None and for_whom is not None and not by.acts_as(before.by):
        who_wrote = f"{before.by.user.name} has written this review already"
        raise Invalid(for_whom=f"{who_wrote}. Only a clinician changes it, and only their own.")
    if before is not None and before.pk != review.read_version:
        raise _changed(held, who, reviewer)
    try:
        with transaction.atomic():
            return Review.objects.create(
                resident_id=who.resident_id,
                round_id=held.round_id,
                reviewer_id=reviewer,
                how="" if review.outcome in WITHOUT_SEEING else review.how,
                outcome=review.outcome,
                notes=review.notes,
                wanted=review.wanted,
                see_again_on=review.see_again_on,
                see_again_week_on=rules.monday_of(review.see_again_on) if review.see_again_on else None,
                supersedes=before,
                **written(by=by, at=at, held_for=held.home.home_id, for_whom=for_whom),
            )
    except IntegrityError:
        raise _changed(held, who, reviewer) from None


def _changed(held: RoundInSight, who: PersonInSight, reviewer: int) -> ChangedMeanwhile | NotHere:
    """What stands now, as far as the writer may read it."""
    stands = review_stands(held, who, reviewer=reviewer)
    if stands.at is None:
        return NotHere()
    how = SEEN_WORDS[Seen(stands.how)] if stands.how else ""
    again = stands.see_again_on.isoformat() if stands.see_again_on else ""
    now = {"how": how, "outcome": OUTCOME_WORDS[Outcome(stands.outcome)], "see_again_on": again}
    return ChangedMeanwhile(
        "This review", stands.by, stands.at, {**now, "notes": stands.notes, "wanted": stands.wanted}, then=FOLLOWS
    )


def note_made(
    version: Review,
    by: Viewer,
    at: datetime,
    *,
    decision: Decision | None = None,
    follow_up: FollowUp | None = None,
) -> None:
    """Write down that a review made this decision or follow-up. Within an action."""
    MadeInReview.objects.create(
        resident_id=version.resident_id,
        review=version,
        decision=decision,
        follow_up=follow_up,
        **written(by=by, at=at, held_for=version.held_for_id, for_whom=version.for_whom_id),
    )
