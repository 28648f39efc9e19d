"""The words of the two obligations of an arrival. A code is kept and compared, its words are for people."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

OBLIGATIONS: Final[Mapping[str, str]] = {
    "assessment": "holistic assessment",
    "plan": "personalised care and support plan",
}
"""What an arrival obliges to (REQ-67, REQ-69), in the order in which it is done."""


class State(StrEnum):
    """Where an obligation stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    OPEN_WHEN_THEY_LEFT = "open_when_they_left"
    OPEN_WHEN_THEY_DIED = "open_when_they_died"
    OVERDUE_WHEN_THEY_LEFT = "overdue_when_they_left"
    OVERDUE_WHEN_THEY_DIED = "overdue_when_they_died"
    RESTARTED = "restarted"


STATE_WORDS: Final[Mapping[State, str]] = {
    State.OPEN: "to be done",
    State.OVERDUE: "overdue",
    State.DONE: "done",
    State.DONE_LATE: "done late",
    State.OPEN_WHEN_THEY_LEFT: "was not done yet when they left",
    State.OPEN_WHEN_THEY_DIED: "was not done yet when they died",
    State.OVERDUE_WHEN_THEY_LEFT: "was overdue when they left",
    State.OVERDUE_WHEN_THEY_DIED: "was overdue when they died",
    State.RESTARTED: "not done before a new arrival started the clock anew",
}
OPEN: Final = frozenset({State.OPEN, State.OVERDUE})
"""The states in which it still has to be done."""
