"""Closing a round: not while somebody who must be seen has no outcome; "not reached" is one, and carries over."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.access import RoundInSight, see_round
from homeround.ehch.rounds.models import Review, Round, RoundCancelling, RoundClosing
from homeround.ehch.rounds.queries.worklist import worklist_rows
from homeround.kernel.record.actions import action
from homeround.kernel.record.kept import Retention
from homeround.kernel.refusals import ChangedMeanwhile, Invalid


@action
def close_round(*, by: Viewer, at: datetime, token: str | None = None, ref: str, summary: str = "") -> str:
    """Close the round `ref`: a clinician of the PCN does, never alone whoever types for one. Returns its ref.

    Raises NotHere, NotAllowed, Invalid naming whoever still needs an outcome, or ChangedMeanwhile when it was closed.
    """
    held = see_round(viewer=by, ref=ref, at=at)
    held.home.must_have(Right.CLINICAL_ENTRIES)
    problems = rules.problems_of_summary(summary)
    if problems:
        raise Invalid(**problems)
    if held.is_open:
        have_outcome = set(Review.objects.filter(round=held.round_id).values_list("resident_id", flat=True))
        waiting = [
            row.identity.called
            for row in worklist_rows(held.home)
            if rules.must_have_outcome(row.reasons) and not row.away and row.resident_id not in have_outcome
        ]
        if waiting:
            raise Invalid(summary=f"These people still need an outcome, or “not reached”: {', '.join(waiting)}.")
    if not Round.objects.filter(pk=held.round_id, ended_at=None).update(**ended(by=by, at=at, how="closed")):
        raise ended_meanwhile(held)
    RoundClosing.objects.create(
        round_id=held.round_id,
        summary=summary,
        retention=Retention.SERVICE_RECORD,
        **written(by=by, at=at, held_for=held.home.home_id),
    )
    return held.ref


CLOSED: Final = "Yours is not saved: a round is closed once. Open it, and add to it what you wrote."
CANCELLED: Final = "Yours is not saved: this round was cancelled. It can be opened anew."


def ended_meanwhile(held: RoundInSight) -> ChangedMeanwhile:
    """Who closed or cancelled the round first, and what they wrote."""
    closing = RoundClosing.objects.select_related("by__user").filter(round=held.round_id).first()
    if closing is not None:
        stands = {"summary": closing.summary}
        return ChangedMeanwhile("The round", closing.by.user.name, closing.recorded_at, stands, then=CLOSED)
    cancelling = RoundCancelling.objects.select_related("by__user").get(round=held.round_id)
    return ChangedMeanwhile(
        "The round", cancelling.by.user.name, cancelling.recorded_at, {"because": cancelling.because}, then=CANCELLED
    )
