"""What is true of decisions: what applies now, what awaits the registered GP, what a reply does, what silence is.

Pure: dates come in. Callers import from here.
"""

from homeround.ehch.decisions.rules.applies import (
    LEAVES_A_GAP,
    NOT_TO_BE_DONE,
    SHOWN_A_WHILE,
    STOPPED_SHOWN,
    AppliesFacts,
    DecisionFacts,
    Source,
    SourcedWords,
    decision_state,
    done_of,
    has_ended,
    is_as_decided,
    is_from_before,
    last_done,
    not_any_more,
    order,
    what_applies,
)
from homeround.ehch.decisions.rules.asking import (
    REPLY_WITHIN_WORKING_DAYS,
    AskFacts,
    answer_by,
    is_answered,
    is_unsettled,
    is_waited_for_at_practice,
    needs_reply,
    problems_of_receiving,
    problems_of_reply,
    problems_of_settlement,
    state_of,
)
from homeround.ehch.decisions.rules.deciding import last_day_if_ended, may_take_back, problems_of_decision
from homeround.ehch.decisions.rules.following_up import (
    FOLLOW_UP_WITHIN_WORKING_DAYS,
    follow_up_by,
    problems_of_follow_up,
)
from homeround.ehch.decisions.words import THE_REPLY_MEANS, AskState

__all__ = [
    "FOLLOW_UP_WITHIN_WORKING_DAYS",
    "LEAVES_A_GAP",
    "NOT_TO_BE_DONE",
    "REPLY_WITHIN_WORKING_DAYS",
    "SHOWN_A_WHILE",
    "STOPPED_SHOWN",
    "THE_REPLY_MEANS",
    "AppliesFacts",
    "AskFacts",
    "AskState",
    "DecisionFacts",
    "Source",
    "SourcedWords",
    "answer_by",
    "decision_state",
    "done_of",
    "follow_up_by",
    "has_ended",
    "is_answered",
    "is_as_decided",
    "is_from_before",
    "is_unsettled",
    "is_waited_for_at_practice",
    "last_day_if_ended",
    "last_done",
    "may_take_back",
    "needs_reply",
    "not_any_more",
    "order",
    "problems_of_decision",
    "problems_of_follow_up",
    "problems_of_receiving",
    "problems_of_reply",
    "problems_of_settlement",
    "state_of",
    "what_applies",
]
