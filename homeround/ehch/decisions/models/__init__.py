"""What is kept about decisions: each part of one in a table of its own.

What was decided, what is in force from when and what it replaces: `Decision`, taken back by a `Withdrawal`. What is
asked of the registered practice: `Ask`, of another one since: `AskedAnew`, and what it said: `Reply`, `Received`. What
came back to a query: `QueryAnswer`. Whether it is in dispute: `Dispute`, until a `Settlement`. What is asked of
everybody else: `FollowUp`, how it ended: `FollowUpEnding`, and why what could not be done is left: `LeftUndone`. What a
clinician said of what was typed for them: `Confirmation`. That the practice has read what others made of a decision:
`NewsRead`.
"""

from homeround.ehch.decisions.models.asking import Ask, AskedAnew, Dispute, QueryAnswer, Received, Reply, Settlement
from homeround.ehch.decisions.models.deciding import Confirmation, Decision, Withdrawal
from homeround.ehch.decisions.models.following_up import FollowUp, FollowUpEnding, LeftUndone
from homeround.ehch.decisions.models.news import NewsRead

__all__ = [
    "Ask",
    "AskedAnew",
    "Confirmation",
    "Decision",
    "Dispute",
    "FollowUp",
    "FollowUpEnding",
    "LeftUndone",
    "NewsRead",
    "QueryAnswer",
    "Received",
    "Reply",
    "Settlement",
    "Withdrawal",
]
