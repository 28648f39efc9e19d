"""What can be done about decisions: deciding, asking, replying, settling, doing, and the way back from each.

Callers import the verbs from here.
"""

from homeround.ehch.decisions.actions.answering import answer_query, take_back_answer
from homeround.ehch.decisions.actions.deciding import Deciding, decide, decide_about, problems_of_decision
from homeround.ehch.decisions.actions.following_up import (
    Asking,
    ask_again,
    ask_follow_up,
    ask_for,
    cannot_follow_up,
    complete_follow_up,
    drop_follow_up,
    leave_follow_up,
    pass_on_follow_up,
    reopen_follow_up,
    take_off_follow_up,
)
from homeround.ehch.decisions.actions.reading import read_news
from homeround.ehch.decisions.actions.replying import mark_received, reply_to_decision, take_back_reply
from homeround.ehch.decisions.actions.settling import settle_dispute, take_back_settlement
from homeround.ehch.decisions.actions.withdrawing import (
    confirm_typed,
    correct_decision,
    take_back_withdrawal,
    take_off_wrong_person,
    withdraw_decision,
)

__all__ = [
    "Asking",
    "Deciding",
    "answer_query",
    "ask_again",
    "ask_follow_up",
    "ask_for",
    "cannot_follow_up",
    "complete_follow_up",
    "confirm_typed",
    "correct_decision",
    "decide",
    "decide_about",
    "drop_follow_up",
    "leave_follow_up",
    "mark_received",
    "pass_on_follow_up",
    "problems_of_decision",
    "read_news",
    "reopen_follow_up",
    "reply_to_decision",
    "settle_dispute",
    "take_back_answer",
    "take_back_reply",
    "take_back_settlement",
    "take_back_withdrawal",
    "take_off_follow_up",
    "take_off_wrong_person",
    "withdraw_decision",
]
