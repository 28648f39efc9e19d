"""Moving a review to whom it is about: with all that it decided and asked, in one transaction (H1, H27, H34)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import said_again, written
from homeround.ehch.decisions.actions import (
    Asking,
    Deciding,
    ask_for,
    decide_about,
    take_off_follow_up,
    take_off_wrong_person,
)
from homeround.ehch.decisions.models import Decision, FollowUp
from homeround.ehch.decisions.words import NEW, Owner
from homeround.ehch.deterioration.actions import reopen_answered_by_review
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions import correct
from homeround.ehch.residents.words import CorrectionKind
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.access import RoundInSight, see_round
from homeround.ehch.rounds.actions.reviewing import note_made
from homeround.ehch.rounds.models import Review
from homeround.ehch.rounds.queries.made import Made, rows_made_by
from homeround.ehch.rounds.queries.moving import problems_of_target
from homeround.ehch.rounds.queries.versions import newest_version
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotHere

HAS_ONE: Final = (
    "Nothing is moved: they have a review of yours in this round already. Add to that one what belongs there, and then "
    "change this one."
)
NEW_TO_THEM: Final = "Nothing: it is new."
"""What applied before a decision that is made anew as new."""


@action
def move_review(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    person: str,
    to_ref: str,
    because: str,
    carried: Mapping[str, str] | None = None,
) -> str:
    """Move the viewer's review of `person` in the round `ref` to whom it is about (H1). Returns that person's ref.

    On the wrong person only "an entry was removed" is left, the concerns that it answered wait again, and whatever it
    decided or asked is taken back there at once: those who were told of it are told (H34). `carried` says what of it is
    made anew for the right person, by the ref of each: for a decision what it replaces there (the ref of a decision
    that applies to them, or `NEW`), for a follow-up any word. What is not carried is to be decided anew, and waits.

    Raises NotHere, NotAllowed, Invalid (to_ref, because, or the ref of something carried), or ChangedMeanwhile when the
    viewer has reviewed that person.
    """
    held = see_round(viewer=by, ref=ref, at=at)
    wrong = see_resident(viewer=by, ref=person, at=at, kind=Kind.CLINICAL)
    right = see_resident(viewer=by, ref=to_ref, at=at, kind=Kind.CLINICAL)
    wrong.must_be_allowed(Right.CLINICAL_ENTRIES)
    versions = list(
        Review.objects.filter(
            round=held.round_id, resident=wrong.resident_id, reviewer__user=by.user_id, reviewer__body=by.body_id
        ).order_by("pk")
    )
    if not versions:
        raise NotHere
    problems = rules.problems_of_move(because)
    if problems := problems | problems_of_target(held, wrong, right, versions[-1].happened_at):
        raise Invalid(**problems)
    made = rows_made_by(held, wrong, reviewer=by.membership_id)
    for version in versions:
        correct(version, kind=CorrectionKind.WRONG_PERSON, because=because, by=by, at=at)
    reviewed_at = {version.recorded_at for version in versions}
    reopen_answered_by_review(wrong, reviewed_at=reviewed_at, because=rules.REVIEW_MOVED, by=by, at=at)
    moved = _write_anew(versions[-1], held, right, by, at)
    _take_off(made, by=by, at=at, because=because)
    _carry(made, moved, right, by=by, at=at, carried=carried or {})
    return right.ref


def _take_off(made: Made, *, by: Viewer, at: datetime, because: str) -> None:
    """Whatever the review decided or asked is over where it was written, and nothing replaces it there."""
    for decision in made.decisions:
        take_off_wrong_person(by=by, at=at, ref=decision.ref, because=because)
    for follow_up in made.follow_ups:
        take_off_follow_up(follow_up, by=by, at=at, words=f"{rules.ON_WRONG_PERSON} {because}")


def _carry(
    made: Made, moved: Review, right: PersonInSight, *, by: Viewer, at: datetime, carried: Mapping[str, str]
) -> None:
    """Make anew for the right person what the mover says is theirs."""
    anew: dict[int, Decision] = {}
    for decision in made.decisions:
        if replaces := carried.get(decision.ref, ""):
            anew[decision.pk] = _decide_anew(decision, right, replaces, by, at)
            note_made(moved, by, at, decision=anew[decision.pk])
    for follow_up in made.follow_ups:
        if carried.get(follow_up.ref, ""):
            asked = _ask_anew(follow_up, right, anew.get(follow_up.decision_id or 0), by, at)
            note_made(moved, by, at, follow_up=asked)


def _decide_anew(first: Decision, right: PersonInSight, replaces: str, by: Viewer, at: datetime) -> Decision:
    """The same words for the right person, from today on at the earliest."""
    from_on = first.in_force_from_on
    deciding = Deciding(
        kind=first.kind,
        decided=first.decided,
        because=first.because,
        before=NEW_TO_THEM if replaces == NEW and from_on else "",
        in_force_from_on=_not_past(from_on, at) if from_on else None,
        replaces=replaces if from_on else "",
        stops=first.stops,
        until_on=_not_past(first.until_on, at) if first.until_on else None,
    )
    try:
        return decide_about(right, by=by, at=at, decision=deciding)
    except Invalid as refusal:
        raise Invalid(**{first.ref: " ".join(refusal.problems.values())}) from None


def _ask_anew(first: FollowUp, right: PersonInSight, decision: Decision | None, by: Viewer, at: datetime) -> FollowUp:
    owner = Owner.HOME if first.owner_body_id == first.home_id else Owner.PCN
    asking = Asking(first.words, owner.value, _not_past(first.due_on, at))
    try:
        return ask_for(right, by=by, at=at, asking=asking, decision=decision)
    except Invalid as refusal:
        raise Invalid(**{first.ref: " ".join(refusal.problems.values())}) from None


def _not_past(on: date, at: datetime) -> date:
    return max(on, london_date(at))


def _write_anew(first: Review, held: RoundInSight, right: PersonInSight, by: Viewer, at: datetime) -> Review:
    """The review on the right person, with its own words, when it happened and who found it."""
    before = newest_version(held.round_id, right.resident_id, by.membership_id)
    if before is not None:
        raise ChangedMeanwhile(
            "Your review of this person", by.name, before.recorded_at, {"notes": before.notes}, then=HAS_ONE
        )
    try:
        with transaction.atomic():
            return Review.objects.create(
                resident_id=right.resident_id,
                **said_again(first, round_id=held.round_id, moved_from=first),
                **written(by=by, at=at, held_for=held.home.home_id, happened_at=first.happened_at),
            )
    except IntegrityError:
        raise ChangedMeanwhile("Your review of this person", by.name, at, {}, then=HAS_ONE) from None
