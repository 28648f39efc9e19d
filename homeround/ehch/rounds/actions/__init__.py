"""What can be done about rounds. Callers import the verbs from here."""

from homeround.ehch.rounds.actions.closing import close_round
from homeround.ehch.rounds.actions.correcting import (
    amend_round,
    cancel_round,
    confirm_review,
    reopen_round,
    say_review_holds,
)
from homeround.ehch.rounds.actions.moving import move_review
from homeround.ehch.rounds.actions.opening import open_round
from homeround.ehch.rounds.actions.putting_forward import (
    move_put_forward,
    put_forward,
    put_several_forward,
    say_not_needed,
)
from homeround.ehch.rounds.actions.reviewing import Reviewing, record_review

__all__ = [
    "Reviewing",
    "amend_round",
    "cancel_round",
    "close_round",
    "confirm_review",
    "move_put_forward",
    "move_review",
    "open_round",
    "put_forward",
    "put_several_forward",
    "record_review",
    "reopen_round",
    "say_not_needed",
    "say_review_holds",
]
