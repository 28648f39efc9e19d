"""What is true of concerns: whether a phone call is due, who has read it, and what makes it stand out.

Everything here is derived from stored times when a page is read: nothing waits for a job (H3, H24). Pure: instants come
in. A concern needs no score, and no score lowers it (REQ-87). `models.state_now` is the same derivation in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from homeround.ehch.deterioration.words import WAITING, Phone, State
from homeround.ehch.residents.rules import is_open
from homeround.kernel.calendar.times import shown
from homeround.kernel.record.words import problems_in, what_is_wrong
from homeround.kernel.reviewed import Reviewed, register

LONGEST_WORDS: Final = 4000
"""Characters of a concern, of words added to it, of a call or an answer."""

LONGEST_REASON: Final = 300
"""Characters of why an entry is moved, removed or opened again."""

READ_WITHIN: Final = timedelta(hours=4)
"""After this an unread concern stands out, also when the PCN is at work."""

ANSWERED_WITHIN: Final = timedelta(days=1)
"""After this an unanswered concern stands out, until a PCN's own policy says by when it answers."""

TOLD_SHOWN: Final = timedelta(days=28)
"""So long what an answer told the home stands with the person where no round sees them."""

REVIEWED: Final = register(
    "when a concern stands out, and how long an answer is shown with the person",
    Reviewed(
        source="no published rule; to be agreed by each PCN with its homes",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 27),
        next_review_on=date(2027, 11, 30),
    ),
)

SAY_WHAT: Final = "Say in your own words what you noticed."
NO_LONGER_HERE: Final = (
    "This person does not live in this home now, so nobody here would act on it. Call whoever looks after them."
)
PHONE_FIRST: Final = (
    "They need help now, and nobody has written down who was spoken to. Write that down first, or ask a clinician to "
    "answer."
)
SAY_WHY_REMOVED: Final = "Say why this is removed, so that others can follow it."
SAY_WHY_PUT_BACK: Final = "Say why it stands after all."
SAY_WHY_REOPENED: Final = "Say why it is not answered after all."


@dataclass(frozen=True)
class ConcernFacts:
    """What has happened to a concern. `raised_at` is when it was written down: nobody could read it before.

    `first_read_at` is of the first reading that left nothing out; `added_unread_at` when the home first added words
    that nobody who read it before has read. `departure` is the first standing departure that could close it, with its
    kind and when it was written down. `answer_gone`: its only answer is a decision that was taken back.
    `opened_again`: it was answered, the answer was taken back, and the home has added nothing since.
    """

    help_now: bool
    raised_at: datetime
    was_spoken_to: bool
    first_read_at: datetime | None
    ended_at: datetime | None
    departure: tuple[str, datetime] | None = None
    is_removed: bool = False
    added_unread_at: datetime | None = None
    answer_gone: bool = False
    opened_again: bool = False


def phone_of(concern: ConcernFacts) -> Phone:
    """To be phoned until a call says who was spoken to; a call that nobody answered does not (REQ-87)."""
    if not concern.help_now:
        return Phone.NOT_NEEDED
    return Phone.SPOKEN if concern.was_spoken_to else Phone.TO_BE_PHONED


def state_of(concern: ConcernFacts) -> State:
    """Its state: removed, answered, open when they left or died, its answer gone, opened again, read, or unread."""
    if concern.is_removed:
        return State.REMOVED
    if concern.ended_at is not None and not concern.answer_gone:
        return State.ANSWERED
    if not is_open("concern", concern.raised_at, None, concern.departure):
        died = concern.departure is not None and concern.departure[0] == "died"
        return State.OPEN_WHEN_THEY_DIED if died else State.OPEN_WHEN_THEY_LEFT
    if concern.ended_at is not None:
        return State.ANSWER_GONE
    if concern.opened_again:
        return State.OPENED_AGAIN
    return State.READ if concern.first_read_at else State.UNREAD


def is_waiting(state: State) -> bool:
    """Whether the PCN still has to do something about it."""
    return state in WAITING


def is_late(state: State, raised_at: datetime, at: datetime) -> bool:
    """Whether it should have been read or answered by now. At the limit itself it is not late yet."""
    if not is_waiting(state):
        return False
    return at > raised_at + (READ_WITHIN if state is State.UNREAD else ANSWERED_WITHIN)


def why_it_stands_out(concern: ConcernFacts, at: datetime, *, somebody_reads_now: bool) -> str:
    """Why a concern is urgent or late, in a sentence, or nothing; the same at home and PCN, whether or not any job ran.

    A new concern that is neither is not red.
    """
    state = state_of(concern)
    if not is_waiting(state):
        return ""
    if state is State.ANSWER_GONE:
        return "Nobody has answered it again since."
    if phone_of(concern) is Phone.TO_BE_PHONED:
        return f"To be phoned since {shown(concern.raised_at)}: nobody has written down who was spoken to."
    if is_late(state, concern.raised_at, at):
        return f"{_what_is_late(concern, state)} since {shown(concern.raised_at)}."
    if state is State.UNREAD and not somebody_reads_now:
        return "Nobody who reads this is at work now."
    return ""


def _what_is_late(concern: ConcernFacts, state: State) -> str:
    if state is not State.UNREAD:
        return "Not answered"
    if concern.added_unread_at is None:
        return "Not read"
    return f"What was added {shown(concern.added_unread_at)} is not read. Not answered"


def place_in_list(
    concern: ConcernFacts, at: datetime, *, somebody_reads_now: bool
) -> tuple[bool, bool, bool, datetime]:
    """The order of a list of concerns: to be phoned; phoned, until it is answered; those that stand out; the rest.

    In each the oldest first. A call that was made does not send an urgent concern down the list.
    """
    phone = phone_of(concern)
    stands_out = why_it_stands_out(concern, at, somebody_reads_now=somebody_reads_now)
    return phone is not Phone.TO_BE_PHONED, phone is Phone.NOT_NEEDED, not stands_out, concern.raised_at


ORDER_IN_WORDS: Final = "help needed now, then what has waited too long, then the oldest"


def problems_of_concern(words: str, *, help_now: bool) -> dict[str, str]:
    """What stands against keeping a concern. Where help is needed now the words may follow."""
    needed = "" if help_now else SAY_WHAT
    return problems_in(words=what_is_wrong(words, most=LONGEST_WORDS, needed=needed))


def problems_of_added(words: str) -> dict[str, str]:
    """What stands against adding words to a concern."""
    return problems_in(words=what_is_wrong(words, most=LONGEST_WORDS, needed=SAY_WHAT))


def problems_of_call(service: str, spoke_to: str, words: str) -> dict[str, str]:
    """What stands against keeping a call. Nobody answered: `spoke_to` stays empty, and it is still to be phoned."""
    return problems_in(
        service=what_is_wrong(service, most=120, needed="Say who you called, such as NHS 111 or the practice."),
        spoke_to=what_is_wrong(spoke_to, most=120),
        words=what_is_wrong(words, most=LONGEST_WORDS),
    )


def problems_of_answer(words: str) -> dict[str, str]:
    """What stands against keeping an answer."""
    return problems_in(words=what_is_wrong(words, most=LONGEST_WORDS, needed="Say what came of it."))


def problems_of_move(because: str) -> dict[str, str]:
    """What stands against moving an entry to another person."""
    needed = "Say how it came to stand on the wrong person."
    return problems_in(because=what_is_wrong(because, most=LONGEST_REASON, needed=needed))


def problems_of_removal(because: str) -> dict[str, str]:
    """What stands against removing what was raised, recorded or marked in error."""
    return problems_in(because=what_is_wrong(because, most=LONGEST_REASON, needed=SAY_WHY_REMOVED))


def problems_of_putting_back(because: str) -> dict[str, str]:
    """What stands against putting a removed concern back."""
    return problems_in(because=what_is_wrong(because, most=LONGEST_REASON, needed=SAY_WHY_PUT_BACK))


def problems_of_reopening(because: str) -> dict[str, str]:
    """What stands against opening an answered concern again."""
    return problems_in(because=what_is_wrong(because, most=LONGEST_REASON, needed=SAY_WHY_REOPENED))
