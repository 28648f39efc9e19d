"""What others made of a decision has been read: by the registered practice that was asked, or by whoever decided."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Reach
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.decisions.access import must_read_news, see_decision
from homeround.ehch.decisions.models import NewsRead
from homeround.ehch.decisions.models.news import (
    disputes_fallen_not_read,
    settlements_not_read,
    settlements_not_read_by_pcn,
    withdrawals_not_read,
)
from homeround.kernel.record.actions import action


@action
def read_news(*, by: Viewer, at: datetime, token: str | None = None, ref: str) -> str:
    """What others made of the decision `ref` has been read. By a clinician of the registered practice: that it was
    withdrawn, or how its dispute was settled; by a clinician of the home's PCN: how the practice settled it, and
    that what a practice said fell because it never was theirs. Returns the ref; twice is once. Raises NotHere,
    NotAllowed.
    """
    seen = see_decision(viewer=by, ref=ref, at=at)
    must_read_news(seen)
    columns = {"resident_id": seen.person.resident_id, **written(by=by, at=at, held_for=seen.person.where)}
    if by.reach is not Reach.PRACTICE:
        for settlement in settlements_not_read_by_pcn().filter(dispute__decision=seen.decision_id):
            NewsRead.objects.create(settlement=settlement, **columns)
        for reply in disputes_fallen_not_read().filter(ask__decision=seen.decision_id):
            NewsRead.objects.create(reply=reply, **columns)
        return seen.ref
    for withdrawal in withdrawals_not_read(by.body_id).filter(decision=seen.decision_id):
        NewsRead.objects.create(withdrawal=withdrawal, **columns)
    for settlement in settlements_not_read(by.body_id).filter(dispute__decision=seen.decision_id):
        NewsRead.objects.create(settlement=settlement, **columns)
    return seen.ref
