"""Whose turn it is: what waits for whom, from when it is late, and how strong it is. REQ-46; H12, H24, H38.

One table, `TURNS`: a kind of open thing, what a list says of it, who can act on it, and when it is late. Every first
page, the worklist and the counts by home read it. Whose turn something is follows from what a role may write, never
from the name of a role. Pure: rows and instants come in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from homeround.accounts.rights import Right
from homeround.ehch.deterioration.rules import ANSWERED_WITHIN, READ_WITHIN
from homeround.ehch.residents.rules import Wait
from homeround.ehch.residents.words import NEWS_WITHIN_DAYS
from homeround.kernel.calendar.times import london_date
from homeround.kernel.reviewed import Reviewed, register


class Side(StrEnum):
    """Who can act, by what they may write; the words say it on a page."""

    CARERS = "the staff of the home"
    HOME = "the nurse, senior or manager of the home"
    COORDINATORS = "the PCN’s care coordinators"
    CLINICIANS = "the PCN’s clinicians"
    MANAGERS = "the PCN’s manager"
    PRACTICE = "the registered practice"


WRITES: Final[Mapping[Side, Right]] = {
    Side.CARERS: Right.CONCERN,
    Side.HOME: Right.MOVES,
    Side.COORDINATORS: Right.TYPING_FOR,
    Side.CLINICIANS: Right.CLINICAL_ENTRIES,
    Side.MANAGERS: Right.COVER,
    Side.PRACTICE: Right.REPLIES,
}
"""What somebody on each side may write: how a viewer's side is known."""

IN_A_HOME: Final = frozenset({Side.CARERS})
"""Sides that others share the writing of: only members of a home are on them."""


class Urgency(StrEnum):
    """How strong something that waits is. Red on a page means urgent or late, never only new."""

    URGENT = "urgent"
    LATE = "late"
    WAITING = "waiting"


class Strength(IntEnum):
    """How much a thing that waits is about somebody's health or safety, however long it has waited."""

    CONCERN = 0
    """Somebody is unwell, and nobody has looked or answered."""
    UNSETTLED = 1
    """What applies is in question, or nobody answers for the person."""
    OTHER = 2


class Rank(IntEnum):
    """Which part of a list something stands in. A first page has room for a few lines only: no formality, however late,
    stands before a concern, however new.
    """

    URGENT = 0
    CONCERN = 1
    LATE = 2
    WAITING = 3


@dataclass(frozen=True)
class Turn:
    """A kind of thing that waits. `words` say what it is on a list; `sides` who can act on it.

    `late_after`: how long after it began it is late; None: once its own day is over, or at once where it has none.
    `late_sides` are told as well once it is late. `only_the_member`: a named person's alone, while they are there.
    `reason` is the reason to see the person that it gives (`reasons.REASONS`), or empty. `strength` decides where it
    stands on a list (`place`). `seeing_answers`: whoever sees the person has dealt with it. `words_gone`: what a list
    says of it about somebody who died, left or moved (`{went}`), where the words for who lives there would mislead.
    """

    kind: str
    words: str
    sides: frozenset[Side]
    late_after: timedelta | None = None
    late_sides: frozenset[Side] = frozenset()
    is_urgent: bool = False
    only_the_member: bool = False
    reason: str = ""
    strength: Strength = Strength.OTHER
    seeing_answers: bool = False
    words_gone: str = ""


QUESTION_WITHIN: Final = timedelta(days=2)
SETTLED_WITHIN: Final = timedelta(days=7)
CONFIRMED_WITHIN: Final = timedelta(days=3)
READ_BY_PRACTICE_WITHIN: Final = timedelta(days=7)
SEEN_WITHIN: Final = timedelta(days=8)
"""Whoever was put forward is seen in the next weekly round [I]."""

MOVED_ON: Final = "Asked before they {went}: finish it, or see that the new home is told"
"""Of what is to be done about somebody who lives in another home now: a death, or leaving, closes it."""

PCN: Final = frozenset({Side.COORDINATORS, Side.CLINICIANS})

TURNS: Final[Mapping[str, Turn]] = {
    turn.kind: turn
    for turn in (
        Turn("to_be_phoned", "To be phoned about", PCN | {Side.CARERS, Side.HOME}, is_urgent=True, reason="help_now",
             strength=Strength.CONCERN),
        Turn("phoned", "Help was called, not answered by the PCN", PCN, READ_WITHIN, frozenset({Side.HOME}),
             is_urgent=True, reason="help_called", strength=Strength.CONCERN),
        Turn("unread", "Concern not read", PCN, READ_WITHIN, frozenset({Side.HOME}), reason="concern",
             strength=Strength.CONCERN),
        Turn("unanswered", "Concern not answered", PCN, ANSWERED_WITHIN, frozenset({Side.HOME}),
             reason="concern", strength=Strength.CONCERN),
        Turn("answer_gone", "Answered by a decision that was taken back", PCN, ANSWERED_WITHIN, frozenset({Side.HOME}),
             reason="concern", strength=Strength.CONCERN),
        Turn("gp_question", "The GP has a question", PCN, QUESTION_WITHIN, reason="gp_question",
             strength=Strength.UNSETTLED),
        Turn("dispute", "In dispute: to be settled", frozenset({Side.CLINICIANS, Side.PRACTICE}), SETTLED_WITHIN,
             reason="dispute", strength=Strength.UNSETTLED,
             words_gone="In dispute when they {went}: to be settled, nobody does anything of it meanwhile"),
        Turn("withdrawn_since", "Withdrawn since you were asked", frozenset({Side.PRACTICE}), READ_BY_PRACTICE_WITHIN,
             strength=Strength.UNSETTLED),
        Turn("settled_since", "Settled since you did not adopt it", frozenset({Side.PRACTICE}),
             READ_BY_PRACTICE_WITHIN, strength=Strength.UNSETTLED),
        Turn("answer_not_so", "The answer that you read was taken back", frozenset({Side.PRACTICE}), QUESTION_WITHIN,
             strength=Strength.UNSETTLED),
        Turn("settled_by_practice", "The GP has settled what you decided", frozenset({Side.CLINICIANS}),
             SETTLED_WITHIN, strength=Strength.UNSETTLED),
        Turn("not_theirs", "Not adopted by a practice that never was theirs: what it said fell",
             frozenset({Side.CLINICIANS}), SETTLED_WITHIN, strength=Strength.UNSETTLED),
        Turn("answered_not_theirs", "Answered a concern that was about somebody else: does it hold for them?",
             frozenset({Side.CLINICIANS}), ANSWERED_WITHIN, strength=Strength.UNSETTLED),
        Turn("answered_in_error", "Answered a concern that was raised in error: does it hold?",
             frozenset({Side.CLINICIANS}), ANSWERED_WITHIN, strength=Strength.UNSETTLED),
        Turn("nobody_responsible", "Nobody is medically responsible", frozenset({Side.COORDINATORS, Side.HOME}), None,
             frozenset({Side.MANAGERS}), reason="nobody_responsible", strength=Strength.UNSETTLED),
        Turn("handover", "Left with a concern unanswered: to be handed over", frozenset({Side.HOME}),
             timedelta(days=1), strength=Strength.CONCERN),
        Turn("handover_pcn", "Left with a concern unanswered: to be handed over", PCN, timedelta(days=1),
             strength=Strength.CONCERN),
        Turn("silence", "No reply from the GP", frozenset({Side.COORDINATORS, Side.MANAGERS}), reason="no_reply",
             words_gone="Decided before they {went}: the GP is still asked to read it"),
        Turn("follow_up", "Follow-up", frozenset({Side.CARERS, Side.HOME}), reason="follow_up",
             words_gone=MOVED_ON),
        Turn("follow_up_pcn", "Follow-up", frozenset({Side.COORDINATORS}), None,
             frozenset({Side.CLINICIANS, Side.MANAGERS}), reason="follow_up", words_gone=MOVED_ON),
        Turn("to_confirm", "Typed for you: to confirm", frozenset({Side.CLINICIANS}), CONFIRMED_WITHIN,
             frozenset({Side.COORDINATORS}), only_the_member=True),
        Turn("decide_again", "Outcome without its decision", frozenset({Side.CLINICIANS}), QUESTION_WITHIN,
             reason="decide_again", strength=Strength.UNSETTLED),
        Turn("decision_to_confirm", "Decision typed for you: to confirm", frozenset({Side.CLINICIANS}),
             CONFIRMED_WITHIN, frozenset({Side.COORDINATORS}), only_the_member=True),
        Turn("came_back", "You asked, and it could not be done", PCN | {Side.HOME}, QUESTION_WITHIN,
             reason="came_back"),
        Turn("still_needed", "You asked because of a decision that does not apply any more: is it needed?",
             PCN | {Side.HOME}, QUESTION_WITHIN, strength=Strength.UNSETTLED),
        Turn("assessment", "Assessment", PCN | {Side.HOME}, reason="clock_at_risk"),
        Turn("plan", "Care and support plan", PCN | {Side.HOME}, reason="clock_at_risk"),
        Turn("not_reached", "Not reached in the last round", frozenset({Side.CLINICIANS}), timedelta(days=7),
             reason="not_reached", seeing_answers=True),
        Turn("see_again", "To be seen again", frozenset({Side.CLINICIANS}), reason="see_again", seeing_answers=True),
        Turn("decision_ends", "A decision ends: look at what comes after", frozenset({Side.CLINICIANS}),
             reason="decision_ends", seeing_answers=True),
        Turn("asked_by_clinician", "For the round: a clinician asks", frozenset({Side.CLINICIANS}), SEEN_WITHIN,
             frozenset({Side.COORDINATORS, Side.HOME}), reason="asked_by_clinician", seeing_answers=True),
        Turn("asked_by_person", "For the round: the person or family ask", frozenset({Side.CLINICIANS}), SEEN_WITHIN,
             frozenset({Side.COORDINATORS, Side.HOME}), reason="asked_by_person", seeing_answers=True),
        Turn("asked_by_staff", "For the round: staff ask", frozenset({Side.CLINICIANS}), SEEN_WITHIN,
             frozenset({Side.COORDINATORS, Side.HOME}), reason="asked_by_staff", seeing_answers=True),
        Turn("round_open", "Round left open", PCN | {Side.HOME, Side.MANAGERS}),
        Turn("round_missed", "No round", PCN | {Side.HOME, Side.MANAGERS}),
        Turn("in_hospital", "In hospital: ask how they are", frozenset({Side.HOME}), timedelta(days=NEWS_WITHIN_DAYS),
             frozenset({Side.COORDINATORS})),
        Turn("expected", "Expected, not written down as arrived", frozenset({Side.HOME})),
    )
}  # fmt: skip

REVIEWED: Final = register(
    "whose turn it is",
    Reviewed(
        source="our own reading of who can act; times to be agreed by each PCN with its homes and practices",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 27),
        next_review_on=date(2027, 5, 31),
    ),
)

ORDER_IN_WORDS: Final = (
    "urgent, then concerns that nobody has answered, then what waits for you by name, then what else is late, then the "
    "rest; in each, what is unsettled comes first, then what has waited longest"
)


IS_NOT_CHASED: Final = frozenset({"silence"})
"""Kinds whose day says nothing any more once somebody is gone: nobody is chased for it."""


def words_of(kind: str, went: str) -> str:
    """What a list says of something that waits; `went` is how its person went (`died`, `left`, `moved`), or empty."""
    turn = TURNS[kind]
    return turn.words_gone.format(went=went) if went and turn.words_gone else turn.words


def is_late(wait: Wait, at: datetime) -> bool:
    """Whether something that waits is late: past its day, or longer than its kind may wait."""
    turn = TURNS[wait.kind]
    if wait.due_on:
        return london_date(at) > date.fromisoformat(wait.due_on)
    return turn.late_after is None or at > wait.since + turn.late_after


def urgency_of(wait: Wait, at: datetime) -> Urgency:
    """How strong it is now."""
    if TURNS[wait.kind].is_urgent:
        return Urgency.URGENT
    return Urgency.LATE if is_late(wait, at) else Urgency.WAITING


def sides_of(writes: Collection[Right], *, in_a_home: bool) -> frozenset[Side]:
    """The sides that somebody is on, from what they may write and whether they act for a home."""
    return frozenset(
        side for side, writing in WRITES.items() if writing in writes and (in_a_home or side not in IN_A_HOME)
    )


def is_turn_of(wait: Wait, at: datetime, *, member: int, body: int, sides: frozenset[Side]) -> bool:
    """Whether it is the turn of somebody: theirs by name, or their side's.

    A row that names a body waits for that body alone. One that names a member waits for them, and for their side too
    unless it is only theirs; when they have left (the row names nobody then) it is the side's.
    """
    turn = TURNS[wait.kind]
    if wait.member == member:
        return True
    late_too = turn.late_sides if is_late(wait, at) else frozenset()
    if turn.only_the_member and wait.member is not None:
        return bool(sides & late_too)
    return bool(sides & (turn.sides | late_too)) and wait.body in (None, body)


def rank_of(wait: Wait, at: datetime) -> Rank:
    """Which part of a list it stands in: a concern that is not answered stands right below what is urgent."""
    urgency = urgency_of(wait, at)
    if urgency is Urgency.URGENT:
        return Rank.URGENT
    if TURNS[wait.kind].strength is Strength.CONCERN:
        return Rank.CONCERN
    return Rank.LATE if urgency is Urgency.LATE else Rank.WAITING


OVERSEEN: Final = frozenset({"silence"})
"""Kinds that name somebody who oversees them, and not who alone acts on them."""


def is_theirs(wait: Wait, member: int) -> bool:
    """Whether something waits for a member by name: a colleague may never see to it."""
    return wait.member == member and wait.kind not in OVERSEEN


def place(wait: Wait, at: datetime, *, member: int | None = None) -> tuple[Rank, bool, Rank, Strength, datetime, str]:
    """The order of a list of what waits for a member (`ORDER_IN_WORDS`)."""
    rank = rank_of(wait, at)
    others = member is None or not is_theirs(wait, member)
    return min(rank, Rank.LATE), others, rank, TURNS[wait.kind].strength, wait.since, wait.ref


WRITE_THE_REVIEW: Final = "Nothing is saved: something about them waits for a clinician. Write the review."
"""What is said of "seen, no change" in one press where that is not enough."""


def waits_for_a_clinician(waits: Iterable[Wait]) -> bool:
    """Whether something about a person waits for a clinician: then "seen, no change" is not offered in one press."""
    turns = (TURNS[wait.kind] for wait in waits)
    return any(not turn.seeing_answers and Side.CLINICIANS in turn.sides for turn in turns)


def age_days(wait: Wait, at: datetime) -> int:
    """Whole days, in London, since it began to wait."""
    return max((london_date(at) - london_date(wait.since)).days, 0)
