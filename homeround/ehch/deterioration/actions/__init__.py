"""What can be done about concerns: raise one, say who was called, mark it read, answer it, and take each of it back.

Callers import from here.
"""

from homeround.ehch.deterioration.actions.answering import answer_by_review, answer_concern, mark_read
from homeround.ehch.deterioration.actions.calling import record_call
from homeround.ehch.deterioration.actions.correcting import (
    move_concern,
    put_back_concern,
    remove_call,
    remove_concern,
    reopen_answered_by_review,
    reopen_answered_in_home,
    reopen_concern,
    unmark_read,
)
from homeround.ehch.deterioration.actions.raising import add_words, raise_concern

__all__ = [
    "add_words",
    "answer_by_review",
    "answer_concern",
    "mark_read",
    "move_concern",
    "put_back_concern",
    "raise_concern",
    "record_call",
    "remove_call",
    "remove_concern",
    "reopen_answered_by_review",
    "reopen_answered_in_home",
    "reopen_concern",
    "unmark_read",
]
