"""What can be done about rounds. Callers import the verbs from here."""

from homeround.ehch.rounds.actions.closing import close_round
from homeround.ehch.rounds.actions.opening import open_round
from homeround.ehch.rounds.actions.reviewing import Reviewing, record_review

__all__ = ["Reviewing", "close_round", "open_round", "record_review"]
