"""Taking a decision back, or putting a right one in its place: what applied before applies again (H27, H34)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.decisions.access import DecisionInSight, may_confirm, must_take_back, see_decision
from homeround.ehch.decisions.actions.deciding import Deciding, decide_about
from homeround.ehch.decisions.actions.telling import tell_everybody
from homeround.ehch.decisions.models import Ask, Confirmation, Decision, Dispute, Withdrawal
from homeround.ehch.decisions.models.deciding import replaced_by
from homeround.ehch.decisions.words import NOT_TO_CONFIRM, DecisionState
from homeround.ehch.residents.actions.correcting import correct, reopen
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed

STAYS_OFF: Final = (
    "Its review was moved to the person it is about, so it applies here no more. If it is right for this person too, "
    "decide it anew in their own review."
)


@action
def withdraw_decision(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """Take a decision back: it applies no more, and what it had replaced applies again. Practice and home are told.

    By whoever decided or typed it, or by a clinician of the PCN that serves the home now. Returns its ref; raises
    NotHere, NotAllowed, Invalid, ChangedMeanwhile.
    """
    seen = see_decision(viewer=by, ref=ref, at=at)
    decision = Decision.objects.get(pk=must_take_back(seen))
    _must_say_why(because)
    _end(seen, decision, by=by, at=at, because=because, how=DecisionState.WITHDRAWN)
    tell_everybody(seen.person, decision, at)
    return seen.ref


@action
def correct_decision(
    *, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str, decision: Deciding
) -> str:
    """Put a right decision in the place of a wrong one, which is taken back; the practice is asked about the new one.

    What it replaced stays replaced. Returns the new ref; raises NotHere, NotAllowed, Invalid, ChangedMeanwhile.
    """
    seen = see_decision(viewer=by, ref=ref, at=at)
    wrong = Decision.objects.get(pk=must_take_back(seen))
    _must_say_why(because)
    if replaced_by(wrong, at):
        raise Invalid(because="A later decision has taken its place already: correct that one.")
    typed_for = wrong.for_whom_id if Right.DECIDING not in by.capacity.rights else None
    right = decide_about(seen.person, by=by, at=at, decision=decision, for_whom=typed_for, corrects=wrong)
    _end(seen, wrong, by=by, at=at, because=because, how=DecisionState.CORRECTED, corrected_by=right)
    tell_everybody(seen.person, wrong, at)
    return right.ref


def take_off_wrong_person(*, by: Viewer, at: datetime, ref: str, because: str) -> DecisionInSight:
    """Within the move of a review to another person: what it decided applies to nobody here any more, and until
    `STOPPED_SHOWN` is over every list says that it is not to be done (H1, H27). Practice and home are told.

    Raises NotHere, NotAllowed, ChangedMeanwhile as `withdraw_decision`.
    """
    seen = see_decision(viewer=by, ref=ref, at=at)
    seen.person.must_be_allowed(Right.DECIDING)
    decision = Decision.objects.get(pk=seen.decision_id)
    _end(seen, decision, by=by, at=at, because=because, how=DecisionState.WRONG_PERSON)
    tell_everybody(seen.person, decision, at)
    return seen


@action
def take_back_withdrawal(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """The decision was withdrawn by mistake: it applies again, and whatever the withdrawal ended is open again.

    Returns its ref; raises NotHere, NotAllowed, Invalid.
    """
    seen = see_decision(viewer=by, ref=ref, at=at)
    decision = Decision.objects.get(pk=must_take_back(seen))
    _must_say_why(because)
    withdrawal = Withdrawal.objects.filter(decision=decision, corrected_by=None).first()
    if withdrawal is None:
        raise Invalid(because="This decision is not withdrawn.")
    if decision.ended_how == DecisionState.WRONG_PERSON:
        raise Invalid(because=STAYS_OFF)
    correct(withdrawal, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    for rows in (
        Decision.objects.filter(pk=decision.pk, ended_how=DecisionState.WITHDRAWN),
        Ask.objects.filter(decision=decision, ended_how=DecisionState.WITHDRAWN),
        Dispute.objects.filter(decision=decision, ended_how=DecisionState.WITHDRAWN),
    ):
        for row in rows:
            reopen(row)
    tell_everybody(seen.person, decision, at)
    return seen.ref


@action
def confirm_typed(*, by: Viewer, at: datetime, token: str | None = None, ref: str) -> str:
    """The clinician a decision was typed for says that it is theirs; where they act in the home no more, another of its
    clinicians says that they have looked at it, in their own name. Returns its ref; raises NotHere, NotAllowed.

    A clinician who did not decide this withdraws or corrects it instead.
    """
    seen = see_decision(viewer=by, ref=ref, at=at)
    if not may_confirm(seen).is_something:
        raise NotAllowed(NOT_TO_CONFIRM)
    decision = Decision.objects.get(pk=seen.decision_id)
    Confirmation.objects.get_or_create(
        decision=decision,
        defaults={
            "resident_id": seen.person.resident_id,
            **written(by=by, at=at, held_for=decision.held_for_id),
        },
    )
    return seen.ref


def _must_say_why(because: str) -> None:
    if not because.strip():
        raise Invalid(because="Say why: the home and the registered GP need the reason.")


def _end(
    seen: DecisionInSight,
    decision: Decision,
    *,
    by: Viewer,
    at: datetime,
    because: str,
    how: DecisionState,
    corrected_by: Decision | None = None,
) -> None:
    """End the decision, what is asked about it and its dispute, and write down why."""
    if not Decision.objects.filter(pk=decision.pk, ended_at=None).update(**ended(by=by, at=at, how=how)):
        first = Withdrawal.objects.select_related("by__user").get(decision=decision)
        raise ChangedMeanwhile(
            "The withdrawal",
            first.by.user.name,
            first.recorded_at,
            {"because": first.because},
            then="It was taken back already.",
        )
    Withdrawal.objects.create(
        resident_id=seen.person.resident_id,
        decision=decision,
        because=because.strip(),
        corrected_by=corrected_by,
        **written(by=by, at=at, held_for=decision.held_for_id),
    )
    for rows in (Ask.objects.filter(decision=decision), Dispute.objects.filter(decision=decision)):
        rows.filter(ended_at=None).update(**ended(by=by, at=at, how=how))
