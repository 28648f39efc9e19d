"""What is true of rounds: why somebody is to be seen and in which order, whose turn it is, what can be kept as a
review, and which week a round counts for.

One noun a file; callers import from here. Pure: rows and dates come in.
"""

from homeround.ehch.residents.rules.kinds import Side, Turn
from homeround.ehch.rounds.rules.ending import (
    NOT_REACHED_AFTER_ALL,
    ON_WRONG_PERSON,
    REVIEW_MOVED,
    ROUND_CANCELLED,
    problems_of_amendment,
    problems_of_cancelling,
    problems_of_move,
    problems_of_reopening,
    problems_of_summary,
    problems_of_whom,
)
from homeround.ehch.rounds.rules.kinds import TURNS
from homeround.ehch.rounds.rules.opening import problems_of_opening
from homeround.ehch.rounds.rules.putting_forward import (
    LONGEST_ASKING,
    SAY_FOR_WHOM,
    asks_on_offer,
    problems_of_moving_it,
    problems_of_not_needed,
    problems_of_putting_forward,
)
from homeround.ehch.rounds.rules.reasons import (
    ORDER_IN_WORDS,
    REASONS,
    STRENGTHS,
    Reason,
    ReasonKind,
    ReasonRule,
    Strength,
    gives_a_must,
    last_at,
    must_have_outcome,
    order,
    reasons_of,
    weeks_since,
)
from homeround.ehch.rounds.rules.reviews import (
    problems_of_notes,
    problems_of_outcome_after,
    problems_of_review,
    problems_of_seeing_again,
    problems_of_week,
)
from homeround.ehch.rounds.rules.turn import (
    WRITE_THE_REVIEW,
    Urgency,
    is_turn_of,
    sides_of,
    urgency_of,
    waits_for_a_clinician,
)
from homeround.ehch.rounds.rules.weeks import is_left_open, is_written_up, last_review, monday_of, weeks_missed

__all__ = [
    "LONGEST_ASKING",
    "NOT_REACHED_AFTER_ALL",
    "ON_WRONG_PERSON",
    "ORDER_IN_WORDS",
    "REASONS",
    "REVIEW_MOVED",
    "ROUND_CANCELLED",
    "SAY_FOR_WHOM",
    "STRENGTHS",
    "TURNS",
    "WRITE_THE_REVIEW",
    "Reason",
    "ReasonKind",
    "ReasonRule",
    "Side",
    "Strength",
    "Turn",
    "Urgency",
    "asks_on_offer",
    "gives_a_must",
    "is_left_open",
    "is_turn_of",
    "is_written_up",
    "last_at",
    "last_review",
    "monday_of",
    "must_have_outcome",
    "order",
    "problems_of_amendment",
    "problems_of_cancelling",
    "problems_of_move",
    "problems_of_moving_it",
    "problems_of_not_needed",
    "problems_of_notes",
    "problems_of_opening",
    "problems_of_outcome_after",
    "problems_of_putting_forward",
    "problems_of_reopening",
    "problems_of_review",
    "problems_of_seeing_again",
    "problems_of_summary",
    "problems_of_week",
    "problems_of_whom",
    "reasons_of",
    "sides_of",
    "urgency_of",
    "waits_for_a_clinician",
    "weeks_missed",
    "weeks_since",
]
