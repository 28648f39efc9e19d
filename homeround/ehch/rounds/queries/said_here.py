"""What the record says of a person that only somebody who lives in a home can be said of, and on which days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max, Min, QuerySet

from homeround.ehch.decisions.models import Decision
from homeround.ehch.deterioration.models import Concern
from homeround.ehch.residents.rules import Said
from homeround.ehch.rounds.models import Review
from homeround.kernel.calendar.times import london_date


def said_here(resident_id: int, home_id: int, since: datetime) -> list[Said]:
    """When they were seen in a round of this home, a concern about them was noticed and something was decided, of what
    was written down since then. Three statements. Fulfils the port `said_here`.
    """
    since_then = {"resident": resident_id, "recorded_at__gte": since}
    found: dict[str, QuerySet[Any]] = {
        "they were seen in a round": Review.objects.seen().filter(round__home=home_id, **since_then),
        "a concern about them was noticed": Concern.objects.filter(home=home_id, **since_then),
        "something was decided about them": Decision.objects.filter(home=home_id, **since_then),
    }
    days = {what: rows.aggregate(first=Min("happened_at"), last=Max("happened_at")) for what, rows in found.items()}
    return [
        Said(what, london_date(between["first"]), london_date(between["last"]))
        for what, between in days.items()
        if between["first"] is not None
    ]
