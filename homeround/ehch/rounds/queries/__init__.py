"""What can be read about rounds: who needs seeing and why, one round, a person's record, the service by home.

Callers import from here.
"""

from homeround.ehch.rounds.queries.person import PersonRecord, record_of
from homeround.ehch.rounds.queries.round import (
    OpenRound,
    ReviewStands,
    RoundPage,
    open_round_of,
    review_stands,
    round_page,
)
from homeround.ehch.rounds.queries.service import HomeFacts, homes_by_fact, led_by
from homeround.ehch.rounds.queries.worklist import Worklist, WorklistRow, worklist

__all__ = [
    "HomeFacts",
    "OpenRound",
    "PersonRecord",
    "ReviewStands",
    "RoundPage",
    "Worklist",
    "WorklistRow",
    "homes_by_fact",
    "led_by",
    "open_round_of",
    "record_of",
    "review_stands",
    "round_page",
    "worklist",
]
