"""What can be read about concerns: the open ones of a home, those of a person, one with all that came of it.

A query takes a proof that a door gave; a list starts from the people who live in the home in sight. Callers import from
here.
"""

from homeround.ehch.deterioration.queries.answered import AnsweredLately, answered_lately
from homeround.ehch.deterioration.queries.lines import Call, ConcernLine, Noted
from homeround.ehch.deterioration.queries.lists import (
    Answered,
    OpenConcern,
    Removed,
    answered_by_reviews,
    concerns_of,
    open_concerns,
)
from homeround.ehch.deterioration.queries.page import (
    ConcernPage,
    RemovedAnswer,
    RemovedCall,
    concern_page,
    last_words_about,
)
from homeround.ehch.deterioration.queries.record import answered_with, entries, open_about, signs
from homeround.ehch.deterioration.queries.told import Told, told_about, told_in

__all__ = [
    "Answered",
    "AnsweredLately",
    "Call",
    "ConcernLine",
    "ConcernPage",
    "Noted",
    "OpenConcern",
    "Removed",
    "RemovedAnswer",
    "RemovedCall",
    "Told",
    "answered_by_reviews",
    "answered_lately",
    "answered_with",
    "concern_page",
    "concerns_of",
    "entries",
    "last_words_about",
    "open_about",
    "open_concerns",
    "signs",
    "told_about",
    "told_in",
]
