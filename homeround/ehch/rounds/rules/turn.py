"""Whose turn it is: what waits for whom, from when it is late, and how strong it is. REQ-46; H12, H24, H38.

One table, `TURNS`: a kind of open thing, what a list says of it, who can act on it, and when it is late; each slice
states its own in `kinds.py`. Every first page, the worklist and the counts by home read it. Whose turn something is
follows from what a role may write, never from the name of a role. Pure: rows and instants come in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Final

from homeround.accounts.rights import Right
from homeround.ehch.residents.rules import Wait
from homeround.ehch.residents.rules.kinds import Side, Strength
from homeround.ehch.rounds.rules.kinds import TURNS
from homeround.kernel.calendar.times import london_date
from homeround.kernel.reviewed import Reviewed, register

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


class Rank(IntEnum):
    """Which part of a list something stands in. A first page has room for a few lines only: no formality, however late,
    stands before a concern, however new.
    """

    URGENT = 0
    CONCERN = 1
    LATE = 2
    WAITING = 3


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
