"""The way back from a round: cancel it, add to a closed one, move a review, confirm what was typed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.decisions.models import Confirmation
from homeround.ehch.deterioration.actions import reopen_answered_by_review
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions import correct
from homeround.ehch.residents.words import CorrectionKind
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.access import RoundInSight, see_round
from homeround.ehch.rounds.actions.closing import ended_meanwhile
from homeround.ehch.rounds.models import (
    MadeInReview,
    Review,
    ReviewConfirming,
    Round,
    RoundAmendment,
    RoundCancelling,
)
from homeround.ehch.rounds.queries.versions import newest_version
from homeround.ehch.rounds.waits import CANCELLED
from homeround.kernel.record.actions import action
from homeround.kernel.record.kept import Retention
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere


@action
def cancel_round(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """Cancel the open round `ref`: it was opened for the wrong home, or does not take place. Returns its ref.

    It counts for no week. What was written in it stands and stays listed with it: each review can be moved.
    Raises NotHere, NotAllowed, Invalid (because), or ChangedMeanwhile when it was closed or cancelled.
    """
    held = see_round(viewer=by, ref=ref, at=at)
    held.home.must_have(Right.ROUNDS)
    _refuse(rules.problems_of_cancelling(because))
    if not Round.objects.filter(pk=held.round_id, ended_at=None).update(**ended(by=by, at=at, how=CANCELLED)):
        raise ended_meanwhile(held)
    RoundCancelling.objects.create(
        round_id=held.round_id,
        because=because,
        retention=Retention.SERVICE_RECORD,
        **written(by=by, at=at, held_for=held.home.home_id),
    )
    return held.ref


@action
def amend_round(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str) -> str:
    """Add to the closed round `ref`: shown with it, with time and author; what it said before stays. Returns its ref.

    Raises NotHere, NotAllowed, Invalid (words).
    """
    held = see_round(viewer=by, ref=ref, at=at)
    held.home.must_have(Right.CLINICAL_ENTRIES)
    if held.is_open:
        raise NotAllowed("This round is still open: write what is to be said when you close it.")
    _refuse(rules.problems_of_amendment(words))
    RoundAmendment.objects.create(
        round_id=held.round_id,
        words=words,
        retention=Retention.SERVICE_RECORD,
        **written(by=by, at=at, held_for=held.home.home_id),
    )
    return held.ref


@action
def move_review(
    *, by: Viewer, at: datetime, token: str | None = None, ref: str, person: str, to_ref: str, because: str
) -> str:
    """Move the viewer's review of `person` in the round `ref` to whom it is about (H1). Returns that person's ref.

    On the wrong person only "an entry was removed" is left, and the concerns that it answered there wait again: nobody
    has seen that person. The decisions and follow-ups that it made stand there until
    somebody withdraws them: they wait for the clinicians (`to_put_right`), for nothing is undone unseen (H34).
    Raises NotHere, NotAllowed, Invalid (to_ref, because), or ChangedMeanwhile when the viewer has reviewed that person.
    """
    held = see_round(viewer=by, ref=ref, at=at)
    wrong = see_resident(viewer=by, ref=person, at=at, kind=Kind.CLINICAL)
    right = see_resident(viewer=by, ref=to_ref, at=at, kind=Kind.CLINICAL)
    wrong.must_have(Right.CLINICAL_ENTRIES)
    problems = rules.problems_of_move(because)
    if right.resident_id == wrong.resident_id:
        problems["to_ref"] = "It is about this person already. Choose the person whom it is about."
    elif right.home_id != held.home.home_id:
        problems["to_ref"] = f"Choose somebody who lives in {held.home.name}."
    _refuse(problems)
    versions = list(
        Review.objects.filter(round=held.round_id, resident=wrong.resident_id, reviewer=by.membership_id).order_by("pk")
    )
    if not versions:
        raise NotHere
    for version in versions:
        correct(version, kind=CorrectionKind.WRONG_PERSON, because=because, by=by, at=at)
    reopen_answered_by_review(wrong, reviewed_at={version.recorded_at for version in versions}, by=by, at=at)
    _write_anew(versions[-1], held, right, by, at)
    return right.ref


@action
def confirm_review(*, by: Viewer, at: datetime, token: str | None = None, ref: str, person: str) -> str:
    """Say that the review that was typed for the viewer is what they found, with what it decided. Returns the round's
    ref; twice is once.

    Raises NotHere when nothing was typed for the viewer about this person in the round `ref`, NotAllowed.
    """
    held = see_round(viewer=by, ref=ref, at=at)
    who = see_resident(viewer=by, ref=person, at=at, kind=Kind.CLINICAL)
    who.must_have(Right.CLINICAL_ENTRIES)
    typed = newest_version(held.round_id, who.resident_id, by.membership_id)
    if typed is None:
        raise NotHere
    columns = {"resident_id": who.resident_id, **written(by=by, at=at, held_for=held.home.home_id)}
    if typed.for_whom_id is not None:
        ReviewConfirming.objects.get_or_create(review=typed, defaults=columns)
    for made in MadeInReview.objects.filter(review__round=held.round_id, review__reviewer=by.membership_id):
        if made.decision_id and made.resident_id == who.resident_id:
            Confirmation.objects.get_or_create(decision_id=made.decision_id, defaults=columns)
    return held.ref


HAS_ONE: Final = (
    "Nothing is moved: they have a review of yours in this round already. Add to that one what belongs there, and then "
    "change this one."
)


def _write_anew(first: Review, held: RoundInSight, right: PersonInSight, by: Viewer, at: datetime) -> None:
    """The review on the right person, with its own words, when it happened and who found it."""
    before = newest_version(held.round_id, right.resident_id, by.membership_id)
    if before is not None:
        raise ChangedMeanwhile(
            "Your review of this person", by.name, before.recorded_at, {"notes": before.notes}, then=HAS_ONE
        )
    try:
        with transaction.atomic():
            Review.objects.create(
                resident_id=right.resident_id,
                round_id=held.round_id,
                reviewer_id=first.reviewer_id,
                how=first.how,
                outcome=first.outcome,
                notes=first.notes,
                wanted=first.wanted,
                moved_from=first,
                **written(by=by, at=at, held_for=held.home.home_id, happened_at=first.happened_at),
            )
    except IntegrityError:
        raise ChangedMeanwhile("Your review of this person", by.name, at, {}, then=HAS_ONE) from None


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)
