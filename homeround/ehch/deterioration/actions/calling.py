"""Write down who was called about a concern, and what they said."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.deterioration import rules
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions.held import held, problems_of_time, refuse
from homeround.ehch.deterioration.models import Call
from homeround.kernel.record.actions import action


@action
def record_call(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    service: str,
    spoke_to: str,
    words: str,
    happened_at: datetime | None = None,
    sure: bool = False,
) -> str:
    """Write down who was called about a concern, who was spoken to and what they said, on their word.

    Nobody answered: `spoke_to` stays empty, and it is still to be phoned. `ref` is the concern's, and is returned.
    Raises NotHere, NotAllowed, Invalid (service, spoke_to, words, happened_at, sure).
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.person.must_have(Right.CONCERN)
    refuse(rules.problems_of_call(service, spoke_to, words) | problems_of_time(happened_at, at, sure=sure))
    held(concern)
    Call.objects.create(
        resident_id=concern.person.resident_id,
        concern_id=concern.concern_id,
        service=service.strip(),
        spoke_to=spoke_to.strip(),
        words=words.strip(),
        **written(by=by, at=at, held_for=concern.person.where, happened_at=happened_at),
    )
    return concern.ref
