"""What can be read about rounds: who needs seeing and why, one round, a person's record, the service by home.

Callers import from here.
"""

from homeround.ehch.rounds.queries.home import RoundLine, last_rounds
from homeround.ehch.rounds.queries.homes import HomeFacts, homes_by_fact, not_reviewed_for
from homeround.ehch.rounds.queries.in_question import InQuestion, in_question_about, round_in_question
from homeround.ehch.rounds.queries.made import MadeThing, made_by_review
from homeround.ehch.rounds.queries.moving import problems_of_target
from homeround.ehch.rounds.queries.person import PersonRecord, record_of
from homeround.ehch.rounds.queries.put_forward import Asked, AskedState, asked_to_see
from homeround.ehch.rounds.queries.round import (
    Amendment,
    MadeDecision,
    OpenRound,
    ReviewLine,
    ReviewStands,
    RoundPage,
    open_rounds_of,
    review_stands,
    round_mode,
    round_page,
)
from homeround.ehch.rounds.queries.said_here import said_here
from homeround.ehch.rounds.queries.still_open import still_open
from homeround.ehch.rounds.queries.summary import RoundSummary, SummaryLine, summary_of
from homeround.ehch.rounds.queries.typed import Typed, answered_in, is_confirmed, typed_about
from homeround.ehch.rounds.queries.waiting import (
    Waiting,
    WaitRow,
    waits_here,
    what_waits,
    what_waits_here,
)
from homeround.ehch.rounds.queries.worklist import Worklist, WorklistRow, reasons_for, worklist

__all__ = [
    "Amendment",
    "Asked",
    "AskedState",
    "HomeFacts",
    "InQuestion",
    "MadeDecision",
    "MadeThing",
    "OpenRound",
    "PersonRecord",
    "ReviewLine",
    "ReviewStands",
    "RoundLine",
    "RoundPage",
    "RoundSummary",
    "SummaryLine",
    "Typed",
    "WaitRow",
    "Waiting",
    "Worklist",
    "WorklistRow",
    "answered_in",
    "asked_to_see",
    "homes_by_fact",
    "in_question_about",
    "is_confirmed",
    "last_rounds",
    "made_by_review",
    "not_reviewed_for",
    "open_rounds_of",
    "problems_of_target",
    "reasons_for",
    "record_of",
    "review_stands",
    "round_in_question",
    "round_mode",
    "round_page",
    "said_here",
    "still_open",
    "summary_of",
    "typed_about",
    "waits_here",
    "what_waits",
    "what_waits_here",
    "worklist",
]
