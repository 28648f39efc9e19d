"""What a clinician has before them while they review somebody: reasons, concerns, what is in force, last reviews."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from homeround.accounts.rights import Extent, Kind
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.queries import Banner
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.queries import PersonRecord, reasons_for
from homeround.ehch.rounds.words import OUTCOME_WORDS, SEEN_WORDS
from homeround.web.presenters.reasons import reason_tags

LAST_REVIEWS = 3
LAST_DECISIONS = 5


def about(held: RoundInSight, who: PersonInSight, facts: Banner, record: PersonRecord, at: datetime) -> dict[str, Any]:
    """The parts beside the form."""
    return {
        "round_ref": held.ref,
        "home": held.home,
        "person_ref": who.ref,
        "reasons": reason_tags(reasons_for(held.home, who.resident_id)),
        "reads_reviews": who.capacity.extent(Kind.CLINICAL) is Extent.ALL,
        "last_reviews": record.of("review")[:LAST_REVIEWS],
        "last_decided": record.of("decision")[:LAST_DECISIONS],
        "meanwhile": {one.ref: one.words for one in record.of("dispute", only_open=True)},
        "follow_ups": record.of("follow_up", only_open=True),
        "outcome_words": OUTCOME_WORDS,
        "way_words": SEEN_WORDS,
        "today": at,
    }
