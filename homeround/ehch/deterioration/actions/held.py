"""What the actions about concerns share: the row held until the action is over, and what is wrong said at once."""

from __future__ import annotations

from datetime import datetime

from homeround.ehch.deterioration.access import ConcernInSight
from homeround.ehch.deterioration.models import Concern
from homeround.kernel.calendar.times import check_happened
from homeround.kernel.refusals import Invalid, NotHere


def held(concern: ConcernInSight) -> Concern:
    """The row, held until this action is over. Raises NotAllowed when it was removed, NotHere when it was moved."""
    concern.must_stand()
    row = Concern.objects.select_for_update().filter(pk=concern.concern_id).first()
    if row is None:
        raise NotHere
    return row


def problems_of_time(happened_at: datetime | None, at: datetime, *, sure: bool) -> dict[str, str]:
    """What stands against something having happened at that instant."""
    if happened_at is None:
        return {}
    try:
        check_happened(happened_at, at, sure=sure)
    except Invalid as refusal:
        return dict(refusal.problems)
    return {}


def refuse(problems: dict[str, str]) -> None:
    """Raises Invalid with everything that is wrong."""
    if problems:
        raise Invalid(**problems)
