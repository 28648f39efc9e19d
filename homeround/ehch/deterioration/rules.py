"""What is true of concerns: whether somebody is to be phoned, who has read it, and what makes it stand out.

Everything here is derived from stored times when a page is read: nothing waits for a job (H3, H24). Pure: instants come
in. A concern needs no score, and no score lowers it (REQ-87).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from homeround.ehch.residents.rules import is_open
from homeround.kernel.calendar.times import shown
from homeround.kernel.record.words import problems_in, what_is_wrong
from homeround.kernel.reviewed import Reviewed, register

LONGEST_WORDS: Final = 4000
"""Characters of a concern, a call or an answer."""

READ_WITHIN: Final = timedelta(hours=4)
"""After this an unread concern stands out, also when the PCN is at work."""

ANSWERED_WITHIN: Final = timedelta(days=1)
"""After this an unanswered concern stands out, until a PCN's own policy says by when it answers."""

REVIEWED: Final = register(
    "when a concern stands out",
    Reviewed(
        source="no published rule; to be agreed by each PCN with its homes",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 11, 30),
    ),
)

SAY_WHAT: Final = "Say in your own words what you noticed."
NO_LONGER_HERE: Final = (
    "This person does not live in this home now, so nobody here would act on it. Ring whoever looks after them."
)
PHONE_FIRST: Final = (
    "They need help now, and nobody has written down who was spoken to. Write that down first, or ask a clinician to "
    "answer."
)


class Phone(StrEnum):
    """Whether somebody is to be phoned about a concern."""

    NOT_NEEDED = "no phone call needed"
    TO_BE_PHONED = "to be phoned"
    SPOKEN = "somebody was spoken to"


class State(StrEnum):
    """Where a concern stands with the PCN. Reading is not an answer."""

    UNREAD = "nobody at the PCN has read this yet"
    READ = "read, not answered yet"
    ANSWERED = "answered"
    CLOSED = "closed: the person no longer lives here"


@dataclass(frozen=True)
class ConcernFacts:
    """What has happened to a concern. `raised_at` is when it was written down: nobody could read it before.

    `departure` is the last standing departure of the person, with its kind and when it was written down.
    """

    help_now: bool
    raised_at: datetime
    was_spoken_to: bool
    first_read_at: datetime | None
    ended_at: datetime | None
    departure: tuple[str, datetime] | None = None


def phone_of(concern: ConcernFacts) -> Phone:
    """To be phoned until a call says who was spoken to; a call that nobody answered does not (REQ-87)."""
    if not concern.help_now:
        return Phone.NOT_NEEDED
    return Phone.SPOKEN if concern.was_spoken_to else Phone.TO_BE_PHONED


def state_of(concern: ConcernFacts) -> State:
    """Where it stands: answered, closed by a later departure, read, or unread."""
    if concern.ended_at is not None:
        return State.ANSWERED
    if not is_open("concern", concern.raised_at, None, concern.departure):
        return State.CLOSED
    return State.READ if concern.first_read_at else State.UNREAD


def is_waiting(state: State) -> bool:
    """Whether somebody still has to do something about it."""
    return state in {State.UNREAD, State.READ}


def why_it_stands_out(concern: ConcernFacts, at: datetime, *, somebody_reads_now: bool) -> str:
    """Why a concern stands first and red, or nothing; the same at home and PCN, whether or not any job ran."""
    state = state_of(concern)
    if not is_waiting(state):
        return ""
    if phone_of(concern) is Phone.TO_BE_PHONED:
        return f"To be phoned since {shown(concern.raised_at)}: nobody has written down who was spoken to."
    if state is State.UNREAD and at > concern.raised_at + READ_WITHIN:
        return f"Not read since {shown(concern.raised_at)}."
    if at > concern.raised_at + ANSWERED_WITHIN:
        return f"Not answered since {shown(concern.raised_at)}."
    if state is State.UNREAD and not somebody_reads_now:
        return "Nobody who reads this is at work now."
    return ""


def place_in_list(concern: ConcernFacts, at: datetime, *, somebody_reads_now: bool) -> tuple[bool, bool, datetime]:
    """The order of a list of concerns: to be phoned, then those that stand out, then the rest; the oldest first."""
    stands_out = why_it_stands_out(concern, at, somebody_reads_now=somebody_reads_now)
    return phone_of(concern) is not Phone.TO_BE_PHONED, not stands_out, concern.raised_at


def problems_of_concern(words: str) -> dict[str, str]:
    """What stands against keeping a concern."""
    return problems_in(words=what_is_wrong(words, most=LONGEST_WORDS, needed=SAY_WHAT))


def problems_of_call(service: str, spoke_to: str, words: str) -> dict[str, str]:
    """What stands against keeping a call. Nobody answered: `spoke_to` stays empty, and it is still to be phoned."""
    return problems_in(
        service=what_is_wrong(service, most=120, needed="Say whom you rang, such as NHS 111 or the practice."),
        spoke_to=what_is_wrong(spoke_to, most=120),
        words=what_is_wrong(words, most=LONGEST_WORDS),
    )


def problems_of_answer(words: str) -> dict[str, str]:
    """What stands against keeping an answer."""
    return problems_in(words=what_is_wrong(words, most=LONGEST_WORDS, needed="Say what came of it."))


def problems_of_move(because: str) -> dict[str, str]:
    """What stands against moving an entry to another person."""
    return problems_in(because=what_is_wrong(because, most=300, needed="Say how it came to stand on the wrong person."))
