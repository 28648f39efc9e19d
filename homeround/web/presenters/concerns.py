"""Concerns in words: what each waits for, how old it is, what was said on the phone; also for lines of a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from homeround.ehch.deterioration.queries import Call, ConcernLine
from homeround.ehch.deterioration.words import (
    FIRST,
    NO_WORDS_YET,
    NOBODY_PHONED,
    NOT_ANSWERED,
    STATE_WORDS,
    Phone,
    State,
)
from homeround.kernel.calendar.times import shown
from homeround.web.jinja import plural
from homeround.web.presenters.status import Status

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)
_JUST_NOW: Final = timedelta(minutes=2)


@dataclass(frozen=True)
class Spoken:
    """Who was spoken to about an urgent concern, when, and what they said."""

    who: str
    at: datetime
    words: str


OPEN_WHEN_GONE: Final = frozenset({State.OPEN_WHEN_THEY_LEFT, State.OPEN_WHEN_THEY_DIED})


def status_of(state: State, phone: Phone, *, first_name: str, is_late: bool) -> Status:
    """What a concern waits for: to be phoned first, then that help was called, then who at the PCN has read it or
    answered it, by first name; of one that is not read to the end, who read what came before.

    Red is for what is urgent or late, never for what is only new.
    """
    if state in NOT_ANSWERED and phone is Phone.TO_BE_PHONED:
        return Status("To be phoned", "bad")
    if state in NOT_ANSWERED and phone is Phone.SPOKEN:
        return Status(f"Help was called: {_not_answered(state, first_name)}", "late")
    if state in NOT_ANSWERED:
        words = _not_answered(state, first_name)
        return Status(words[:1].upper() + words[1:], "late" if is_late else "wait")
    if state is State.ANSWER_GONE:
        return Status(STATE_WORDS[state].capitalize(), "late")
    if state is State.ANSWERED:
        return Status(f"{first_name or 'The PCN'} has answered", "good")
    words = STATE_WORDS[state][:1].upper() + STATE_WORDS[state][1:]
    if state in OPEN_WHEN_GONE and phone is Phone.TO_BE_PHONED:
        return Status(f"{words}. {NOBODY_PHONED}", "bad")
    return Status(words)


def _not_answered(state: State, first_name: str) -> str:
    """What the PCN has done about a concern that it has not answered, in the middle of a sentence."""
    if state is State.OPENED_AGAIN:
        return STATE_WORDS[state]
    if state is State.READ:
        return f"{first_name or 'the PCN'} has read this, no answer yet"
    return added_to_since(first_name) if first_name else STATE_WORDS[state]


def added_to_since(first_name: str) -> str:
    """What is said of a concern whose newest words nobody has read, though somebody read those before."""
    return f"added to since {first_name} read it: not read yet"


def concern_status(concern: ConcernLine) -> Status:
    """Where the concern of a list or page stands. What was typed for somebody is no answer of theirs with a tick."""
    noted = concern.answer.noted if concern.answer and concern.state is State.ANSWERED else None
    if noted and noted.typed_by:
        return Status(f"Answered for {noted.author.first_name}, typed by {noted.typed_by.first_name}")
    who = concern.answer.noted if concern.answer else concern.first_read or concern.read_in_part
    first_name = who.author.first_name if who else ""
    return status_of(concern.state, concern.phone, first_name=first_name, is_late=bool(concern.stands_out))


def words_of(words: str, newest: str = "") -> str:
    """A concern's words in quotation marks, the newest first where some were added, or that there are none yet."""
    if newest:
        return f"“{newest}”{FIRST}“{words}”"
    return f"“{words}”" if words else NO_WORDS_YET


def spoken_of(call: Call | None) -> Spoken | None:
    """The last call in which somebody was spoken to, for a line under the concern."""
    if call is None:
        return None
    return Spoken(f"{call.spoke_to}, {call.service}", call.made.at, call.made.words)


def age_of(since: datetime, at: datetime) -> str:
    """How long something has waited: `just now`, `12 minutes`, `3 hours`, `2 days`, `3 weeks`. Always rounded down."""
    age = at - since
    if age < _JUST_NOW:
        return "just now"
    for unit, words in ((_WEEK, "week"), (_DAY, "day"), (_HOUR, "hour")):
        if age >= (2 * unit if unit is _WEEK else unit):
            return plural(age // unit, words)
    return plural(age // timedelta(minutes=1), "minute")


def waits_words(since: datetime, at: datetime) -> str:
    """`Raised 3 hours ago, Mon 16 Nov 2026, 07:00`."""
    age = age_of(since, at)
    return f"Raised {age}{'' if age == 'just now' else ' ago'}, {shown(since)}"
