"""What is still open about one person, in words: asked before their move-in is taken out of the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet

from homeround.ehch.decisions.models import Ask, Dispute, FollowUp
from homeround.ehch.deterioration.models import Concern
from homeround.ehch.residents.models import HospitalStay, closing_departures
from homeround.ehch.rounds.models import PutForward
from homeround.kernel.calendar.times import london_date, shown_date


def still_open(resident_id: int, home_id: int, since: datetime) -> list[str]:
    """Concerns, follow-ups, disputes, decisions that wait for the registered GP, a stay in hospital and what the round
    is asked for, written in this home since then.

    Six statements. Fulfils the port `still_open`.
    """
    since_then = {"resident": resident_id, "recorded_at__gte": since}
    follow_ups = FollowUp.objects.open().filter(~Exists(closing_departures("follow_up")), home=home_id, **since_then)
    found: dict[str, QuerySet[Any]] = {
        "concern": Concern.objects.open().filter(home=home_id, **since_then),
        "follow-up": follow_ups,
        "decision in dispute": Dispute.objects.open().filter(decision__home=home_id, **since_then),
        "stay in hospital": HospitalStay.objects.open().filter(stay__home=home_id, **since_then),
        "asking for the round": PutForward.objects.open().filter(home=home_id, **since_then),
        "decision waiting for the registered GP": Ask.objects.open().filter(decision__home=home_id, **since_then),
    }
    return [
        f"{what} of {shown_date(london_date(happened_at))}"
        for what, rows in found.items()
        for happened_at in rows.order_by("happened_at").values_list("happened_at", flat=True)
    ]
