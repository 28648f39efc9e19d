"""That what was unanswered when somebody left was handed over: to whom, how, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from homeround.accounts.author import Author, author_of
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.models import HandedOver


@dataclass(frozen=True)
class Handover:
    """The words of whoever handed over, and when."""

    words: str
    by: Author
    at: datetime


def handed_over(person: PersonInSight) -> Handover | None:
    """What was said about the end of the stay the viewer sees the person by; None while nothing was. One statement."""
    said = HandedOver.objects.filter(departure__stay=person.stay_id, resident=person.resident_id)
    row = said.select_related("by__user", "by__body").first()
    return Handover(row.words, author_of(row.by), row.recorded_at) if row else None
