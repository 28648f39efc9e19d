"""What a clinician has before them while they review somebody: reasons, concerns, what is in force, last reviews."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from homeround.accounts.rights import Extent, Kind
from homeround.ehch.decisions.queries import Applies
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.queries import PersonRecord, reasons_for
from homeround.ehch.rounds.words import OUTCOME_WORDS, SEEN_WORDS
from homeround.kernel.calendar.times import london_date
from homeround.web.doing import done_about
from homeround.web.presenters.decisions import to_do_status
from homeround.web.presenters.reasons import reason_tags

LAST_REVIEWS = 3


def about(held: RoundInSight, who: PersonInSight, record: PersonRecord, applies: Iterable[Applies]) -> dict[str, Any]:
    """The parts beside the form."""
    reviews = record.of("review", only_open=True)
    return {
        "round_ref": held.ref,
        "home": held.home,
        "person_ref": who.ref,
        "reasons": reason_tags(reasons_for(held.home, who.resident_id)),
        "reads_reviews": who.capacity.extent(Kind.CLINICAL) is Extent.ALL,
        "last_reviews": [entry for entry in reviews if entry.ref != held.ref][:LAST_REVIEWS],
        "applies": done_about(who, applies),
        "colleagues": [entry for entry in record.of("review") if entry.ref == held.ref],
        "follow_ups": [
            (entry, to_do_status(date.fromisoformat(entry.on), entry.mark, london_date(who.at)))
            for entry in record.of("follow_up", only_open=True)
        ],
        "outcome_words": OUTCOME_WORDS,
        "way_words": SEEN_WORDS,
    }
