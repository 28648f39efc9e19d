"""The registered practice has read what others made of a decision that it was asked about."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Reach, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.models import NewsRead
from homeround.ehch.decisions.models.news import settlements_not_read, withdrawals_not_read
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import NotAllowed


@action
def read_news(*, by: Viewer, at: datetime, token: str | None = None, ref: str) -> str:
    """A clinician of the registered practice has read that the decision `ref` was withdrawn, or how its dispute was
    settled. Returns the ref; twice is once. Raises NotHere, NotAllowed.
    """
    seen = see_decision(viewer=by, ref=ref, at=at)
    if by.reach is not Reach.PRACTICE:
        raise NotAllowed("Only the registered practice says that it has read this. Nothing was changed.")
    seen.person.must_have(Right.REPLIES)
    columns = {"resident_id": seen.person.resident_id, **written(by=by, at=at, held_for=by.body_id)}
    for withdrawal in withdrawals_not_read(by.body_id).filter(decision=seen.decision_id):
        NewsRead.objects.create(withdrawal=withdrawal, **columns)
    for settlement in settlements_not_read(by.body_id).filter(dispute__decision=seen.decision_id):
        NewsRead.objects.create(settlement=settlement, **columns)
    return seen.ref
