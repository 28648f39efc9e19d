"""The choices of rounds and reviews: how a round is held, how somebody was seen, what came of it. Said here once.

Rules, models, pages and forms import from here; nothing is decided from a label.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class RoundMode(StrEnum):
    """How a round is held (REQ-45)."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    MIXED = "mixed"


class Seen(StrEnum):
    """How the clinician was with the person, if at all (REQ-42)."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"
    NOT_WITH = "not_with"


class Outcome(StrEnum):
    """What came of a review (REQ-62). *Not reached* is no review: the person carries over."""

    NO_CHANGE = "no_change"
    CLINICAL_INPUT = "clinical_input"
    REFERRAL = "referral"
    PLAN_KEPT = "plan_kept"
    PLAN_CHANGED = "plan_changed"
    MEDICINE_CHANGED = "medicine_changed"
    OTHER = "other"
    NOT_REACHED = "not_reached"


class Asks(StrEnum):
    """Who asks that somebody be seen in the round (REQ-36)."""

    PERSON = "person"
    STAFF = "staff"
    CLINICIAN = "clinician"


MODE_WORDS: Final[Mapping[RoundMode, str]] = {
    RoundMode.IN_PERSON: "in person",
    RoundMode.VIDEO: "by video link",
    RoundMode.MIXED: "some in person, some by video",
}
SEEN_WORDS: Final[Mapping[Seen, str]] = {
    Seen.IN_PERSON: "in person",
    Seen.VIDEO: "by video",
    Seen.PHONE: "by phone",
    Seen.NOT_WITH: "not with them",
}
OUTCOME_WORDS: Final[Mapping[Outcome, str]] = {
    Outcome.NO_CHANGE: "No change",
    Outcome.PLAN_KEPT: "Plan looked at and kept",
    Outcome.PLAN_CHANGED: "Plan changed",
    Outcome.MEDICINE_CHANGED: "Medicine changed",
    Outcome.REFERRAL: "Referral",
    Outcome.CLINICAL_INPUT: "Clinical input",
    Outcome.OTHER: "Something else",
    Outcome.NOT_REACHED: "Not reached",
}
"""In the order in which a form offers them."""

ASKS_WORDS: Final[Mapping[Asks, str]] = {
    Asks.PERSON: "The person, or somebody close to them",
    Asks.STAFF: "Staff of the home",
    Asks.CLINICIAN: "A clinician, or their GP",
}

OUTCOME_MEANS: Final[Mapping[Outcome, str]] = {
    Outcome.CLINICAL_INPUT: "Examined or treated, nothing changes for the home.",
    Outcome.NOT_REACHED: "They stay at the top of the list for the next round.",
}
SEEN_MEANS: Final[Mapping[Seen, str]] = {Seen.NOT_WITH: "Decided from the record or with staff."}

WITH_DECISION: Final = frozenset({Outcome.PLAN_CHANGED, Outcome.MEDICINE_CHANGED, Outcome.REFERRAL})
"""Outcomes that say that something was decided."""
NOTHING_DECIDED: Final = "The review says “{outcome}”, and no decision of it stands: decide again."
"""What is said of an outcome that contradicts its decisions, wherever it waits."""
WITHOUT_DECISION: Final = frozenset({Outcome.NO_CHANGE, Outcome.PLAN_KEPT, Outcome.NOT_REACHED})
"""Outcomes that say that nothing was."""
CANCELLED: Final = "cancelled"
"""How a round ended that did not take place."""

WITHOUT_SEEING: Final = frozenset({Outcome.NOT_REACHED})
"""Outcomes for which nobody was seen: they have no way of being seen."""

SEEN_IN: Final[Mapping[RoundMode, tuple[Seen, ...]]] = {
    RoundMode.IN_PERSON: (Seen.IN_PERSON,),
    RoundMode.VIDEO: (Seen.VIDEO,),
    RoundMode.MIXED: (Seen.IN_PERSON, Seen.VIDEO),
}
"""How somebody is usually seen in a round held this way: what one press offers."""


def seen_words(how: str) -> str:
    """How somebody was seen, in words; empty for a review that needed no seeing."""
    return SEEN_WORDS[Seen(how)] if how else ""
