"""The way back from a round: cancel it, add to a closed one, confirm what was typed."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.decisions.models import Confirmation
from homeround.ehch.decisions.words import NOT_TO_CONFIRM
from homeround.ehch.deterioration.actions import reopen_answered_in_home
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions.correcting import reopen
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions.closing import ended_meanwhile
from homeround.ehch.rounds.models import (
    CancellingTakenBack,
    MadeInReview,
    Review,
    ReviewConfirming,
    ReviewHolds,
    Round,
    RoundAmendment,
    RoundCancelling,
    in_question,
)
from homeround.ehch.rounds.queries.typed import typed_about
from homeround.ehch.rounds.words import CANCELLED
from homeround.kernel.record.actions import action
from homeround.kernel.record.corrections import correcting
from homeround.kernel.record.kept import Retention
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere


@action
def cancel_round(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """Cancel the open round `ref`: it was opened for the wrong home, or does not take place. Returns its ref.

    It counts for no week. What was written in it stands and stays listed with it: each review can be moved. What its
    reviews answered waits again: a round that did not take place is no answer.
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
    reviews = set(Review.objects.filter(round=held.round_id).values_list("resident_id", "recorded_at"))
    reopen_answered_in_home(held.home, reviews=reviews, because=rules.ROUND_CANCELLED, by=by, at=at)
    return held.ref


@action
def reopen_round(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """The round `ref` was cancelled by mistake: it is open again on its own day, with what was written in it.

    Returns its ref; twice is once. Raises NotHere, NotAllowed, Invalid (because).
    """
    held = see_round(viewer=by, ref=ref, at=at)
    held.home.must_have(Right.ROUNDS)
    cancelling = RoundCancelling.objects.filter(round=held.round_id).first()
    if cancelling is None:
        if held.is_open:
            return held.ref
        raise NotAllowed("This round is closed, not cancelled: add to it what is missing.")
    row = Round.objects.get(pk=held.round_id)
    another = Round.objects.filter(home=row.home_id, on=row.on, ended_at=None).exists()
    _refuse(rules.problems_of_reopening(because, another_is_open=another))
    CancellingTakenBack.objects.create(
        cancelling=cancelling,
        because=because.strip(),
        retention=Retention.SERVICE_RECORD,
        **written(by=by, at=at, held_for=held.home.home_id),
    )
    with correcting():
        RoundCancelling.with_removed.filter(pk=cancelling.pk).update(stands=False)
    try:
        with transaction.atomic():
            reopen(row)
    except IntegrityError:
        _refuse(rules.problems_of_reopening(because, another_is_open=True))
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
def confirm_review(*, by: Viewer, at: datetime, token: str | None = None, ref: str, person: str) -> str:
    """Say that the review that was typed for the viewer is what they found, with what it decided; or, of one that was
    typed for somebody who acts in the home no more, that it holds. Returns the round's ref; twice is once.

    Raises NotHere when nothing about this person was typed for anybody in the round `ref`, NotAllowed when it waits for
    somebody else.
    """
    held = see_round(viewer=by, ref=ref, at=at)
    held.home.must_have(Right.ROUNDS)
    who = see_resident(viewer=by, ref=person, at=at, kind=Kind.CLINICAL)
    typed = typed_about(held, who)
    if not typed:
        raise NotHere
    theirs = [one for one in typed if one.confirms.is_something]
    if not theirs:
        raise NotAllowed(NOT_TO_CONFIRM)
    columns = {"resident_id": who.resident_id, **written(by=by, at=at, held_for=held.home.home_id)}
    for one in theirs:
        ReviewConfirming.objects.get_or_create(review_id=one.review_id, defaults=columns)
        theirs_made = {"review__round": held.round_id, "review__reviewer": one.reviewer_id, "resident": who.resident_id}
        made = MadeInReview.objects.filter(decision__isnull=False, **theirs_made)
        for decision in made.values_list("decision", flat=True):
            Confirmation.objects.get_or_create(decision_id=decision, defaults=columns)
    return held.ref


@action
def say_review_holds(*, by: Viewer, at: datetime, token: str | None = None, ref: str, person: str) -> str:
    """Say that what was found and decided about `person` in the round `ref` holds for them, although a concern that it
    answered was about somebody else or was raised in error (H1). Returns the round's ref; twice is once.

    By a clinician who may write about them, also after they left: as who may take the decision back. Raises NotHere
    when nothing there is in question, NotAllowed.
    """
    held = see_round(viewer=by, ref=ref, at=at)
    who = see_resident(viewer=by, ref=person, at=at, kind=Kind.CLINICAL)
    who.must_be_allowed(Right.CLINICAL_ENTRIES)
    about = {"round": held.round_id, "resident": who.resident_id}
    reviews = list(in_question().filter(**about).values_list("pk", flat=True))
    said = {f"review__{name}": value for name, value in about.items()}
    if not reviews and not ReviewHolds.objects.filter(**said).exists():
        raise NotHere
    for review in reviews:
        ReviewHolds.objects.create(
            resident_id=who.resident_id, review_id=review, **written(by=by, at=at, held_for=held.home.home_id)
        )
    return held.ref


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)
