"""What awaits the registered GP, what a reply does, and what silence is. No reply moves responsibility (H26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from homeround.ehch.decisions.words import SETTLED_AS, THE_REPLY_MEANS, AskState, SettledAs
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.calendar.working_days import Calendar, due_after
from homeround.kernel.record.words import problems_in, what_is_wrong
from homeround.kernel.reviewed import Reviewed, register

REPLY_WITHIN_WORKING_DAYS: Final = 5
"""Working days until silence about a decision is first escalated. It never becomes consent."""

REVIEWED: Final = register(
    "times for replies and follow-ups",
    Reviewed(
        source="no published rule; to be agreed with each practice",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 11, 30),
    ),
)


@dataclass(frozen=True)
class AskFacts:
    """What has happened to an ask. `last_reply` is a value of `words.ReplyKind`, or empty.

    `answer_by_on` is the day by which the practice is expected to reply; once a question was answered, the later day
    that the answer set. `is_asked_anew`: another practice than the one that replied last is asked now.
    """

    answer_by_on: date
    last_reply: str
    is_query_answered: bool
    is_in_dispute: bool
    has_practice: bool
    is_withdrawn: bool = False
    is_asked_anew: bool = False


def state_of(ask: AskFacts, on: date) -> AskState:
    """Where an ask is on a day. A practice that said "not our patient" has not answered; nor has silence.

    While a question of the GP waits for its answer, the practice is not late: it is the PCN's turn. A question of the
    practice before rests no clock: the practice of now has its own day, and may reply without the answer.
    """
    if ask.last_reply == "read":
        return AskState.READ
    if ask.is_withdrawn:
        return AskState.WITHDRAWN
    if ask.last_reply == "do_not_adopt":
        return AskState.IN_DISPUTE if ask.is_in_dispute else AskState.SETTLED
    if ask.last_reply == "query" and not ask.is_query_answered and not ask.is_asked_anew:
        return AskState.QUERIED
    if not ask.has_practice:
        return AskState.NOBODY
    return AskState.LATE if on > ask.answer_by_on else AskState.AWAITED


def is_answered(state: AskState) -> bool:
    """Whether the registered GP has answered for good."""
    return state in {AskState.READ, AskState.IN_DISPUTE, AskState.SETTLED}


def is_waited_for_at_practice(state: AskState) -> bool:
    """Whether it is the practice's turn: a reply may be given, and is expected."""
    return state in {AskState.AWAITED, AskState.LATE}


def is_unsettled(state: AskState | None) -> bool:
    """Whether the registered GP has said something that nobody has answered: "seen, no change" in one press would pass
    over it.
    """
    return state in {AskState.QUERIED, AskState.IN_DISPUTE}


def needs_reply(*, changes: bool, replies: bool, decider_body: int, practice: int | None) -> bool:
    """Whether the registered practice is asked: whatever changes plan or treatment, unless it decided itself
    (REQ-20). `replies`: whoever decided is one who replies for a practice.
    """
    return changes and not (replies and decider_body == practice)


def answer_by(decided_on: date, calendar: Calendar) -> date:
    """The day by whose end a reply is expected."""
    return due_after(decided_on, days=REPLY_WITHIN_WORKING_DAYS, calendar=calendar).on


def problems_of_reply(kind: str, words: str, meanwhile: str, *, ended_on: date | None = None) -> dict[str, str]:
    """What is missing from a reply, field by field. `ended_on`: the last day of a decision that has ended, of which
    nobody does anything that could be disputed.
    """
    problems: dict[str, str] = {}
    if kind not in THE_REPLY_MEANS:
        problems["kind"] = "Choose what you reply."
    if kind == "query" and not words.strip():
        problems["words"] = "Write your question."
    if kind == "do_not_adopt" and ended_on is not None:
        problems["kind"] = (
            f"It was until {shown_date(ended_on)} and is done no more. Where something else is to be done, ask the PCN "
            "as a question."
        )
    if kind == "do_not_adopt" and not words.strip():
        problems["words"] = "Say why you do not adopt it: the clinician who decided needs to know."
    if kind == "do_not_adopt" and not meanwhile.strip():
        problems["meanwhile"] = "Say what the home does until this is settled."
    return problems


def problems_of_receiving(passed_to: str) -> dict[str, str]:
    """What is wrong with the name of whom a clerk passed a decision on to; it may be empty."""
    return problems_in(passed_to=what_is_wrong(passed_to, most=120))


def problems_of_settlement(
    words: str, settled_as: str, from_now_on: str, *, ended_on: date | None = None
) -> dict[str, str]:
    """What is missing from a settlement, field by field. What the home does from now on is asked, never assumed.

    `ended_on`: the last day of a decision that has ended: as it was decided, the home would do nothing.
    """
    problems: dict[str, str] = {}
    if not words.strip():
        problems["words"] = "Write what was agreed, and who with."
    if settled_as not in set(SETTLED_AS):
        problems["settled_as"] = "Choose what the home does from now on."
    if settled_as == SettledAs.DECIDED and ended_on is not None:
        problems["settled_as"] = (
            f"What was decided was until {shown_date(ended_on)}: the home would do nothing of it. Choose something "
            "else."
        )
    if settled_as == SettledAs.OTHERWISE and not from_now_on.strip():
        problems["from_now_on"] = "Write what the home does from now on."
    return problems
