"""What can be done about decisions: deciding, asking, replying, settling, doing. Callers import the verbs from here."""

from homeround.ehch.decisions.actions.deciding import Deciding, decide, decide_about, problems_of_decision
from homeround.ehch.decisions.actions.following_up import Asking, ask_follow_up, ask_for, complete_follow_up
from homeround.ehch.decisions.actions.replying import answer_query, mark_received, reply_to_decision, settle_dispute

__all__ = [
    "Asking",
    "Deciding",
    "answer_query",
    "ask_follow_up",
    "ask_for",
    "complete_follow_up",
    "decide",
    "decide_about",
    "mark_received",
    "problems_of_decision",
    "reply_to_decision",
    "settle_dispute",
]
