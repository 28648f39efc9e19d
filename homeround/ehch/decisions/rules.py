"""What is true of decisions: what awaits the registered GP, what a reply does, and what silence is. Pure: dates come
in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from homeround.kernel.calendar.working_days import Calendar, due_after
from homeround.kernel.reviewed import Reviewed, register

REPLY_WITHIN_WORKING_DAYS: Final = 5
"""Working days until silence about a decision is first escalated. It never becomes consent."""

FOLLOW_UP_WITHIN_WORKING_DAYS: Final = 5
"""Working days offered for a follow-up whose day nobody chose."""

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

THE_REPLY_MEANS: Final = {
    "read": "This says that you have read it. It does not mean that you agree, and it moves no responsibility.",
    "query": "The clinician who decided answers you. Until then it stays in force and not yet answered.",
    "do_not_adopt": "The decision is in dispute until it is settled. The home does what you write below meanwhile.",
    "not_our_patient": "You will not see this person any more. The coordinator looks for the right practice today.",
}
"""What stands below each reply's button (H26)."""

DECIDERS_NEED_NO_REPLY: Final = frozenset({"practice_clinician"})
"""Roles whose decisions about their own practice's patients need no reply from it."""


class AskState(StrEnum):
    """Where a decision stands with the registered GP."""

    AWAITED = "not yet answered"
    LATE = "not yet answered, overdue"
    NOBODY = "nobody to ask: no practice known"
    QUERIED = "the GP has a question"
    READ = "read by the GP"
    IN_DISPUTE = "in dispute"
    SETTLED = "was in dispute, settled"


@dataclass(frozen=True)
class AskFacts:
    """What has happened to an ask. `last_reply` is a value of `models.ReplyKind`, or empty."""

    answer_by_on: date
    last_reply: str
    is_query_answered: bool
    is_in_dispute: bool
    has_practice: bool


def state_of(ask: AskFacts, on: date) -> AskState:
    """Where an ask stands on a day. A practice that said "not our patient" has not answered; nor has silence."""
    if ask.last_reply == "read":
        return AskState.READ
    if ask.last_reply == "do_not_adopt":
        return AskState.IN_DISPUTE if ask.is_in_dispute else AskState.SETTLED
    if ask.last_reply == "query" and not ask.is_query_answered:
        return AskState.QUERIED
    if not ask.has_practice:
        return AskState.NOBODY
    return AskState.LATE if on > ask.answer_by_on else AskState.AWAITED


def is_answered(state: AskState) -> bool:
    """Whether the registered GP has answered for good."""
    return state in {AskState.READ, AskState.IN_DISPUTE, AskState.SETTLED}


def needs_reply(*, changes: bool, decider_role: str, decider_body: int, practice: int | None) -> bool:
    """Whether the registered practice is asked: whatever changes plan or treatment, unless it decided itself
    (REQ-20).
    """
    decided_by_practice = decider_role in DECIDERS_NEED_NO_REPLY and decider_body == practice
    return changes and not decided_by_practice


def answer_by(decided_on: date, calendar: Calendar) -> date:
    """The day by whose end a reply is expected."""
    return due_after(decided_on, days=REPLY_WITHIN_WORKING_DAYS, calendar=calendar).on


def awaiting_reply_key(user_id: int, on: date) -> str:
    """The key of the one message a day that tells a clinician that something awaits a reply."""
    return f"awaiting-reply:{user_id}:{on.isoformat()}"


def follow_up_by(asked_on: date, calendar: Calendar) -> date:
    """The day offered for a follow-up; whoever asks may choose another."""
    return due_after(asked_on, days=FOLLOW_UP_WITHIN_WORKING_DAYS, calendar=calendar).on


def problems_of_reply(kind: str, words: str, meanwhile: str) -> dict[str, str]:
    """What stands against keeping a reply, field by field."""
    problems: dict[str, str] = {}
    if kind not in THE_REPLY_MEANS:
        problems["kind"] = "Choose what you reply."
    if kind == "query" and not words.strip():
        problems["words"] = "Write your question."
    if kind == "do_not_adopt" and not words.strip():
        problems["words"] = "Say why you do not adopt it: the clinician who decided needs to know."
    if kind == "do_not_adopt" and not meanwhile.strip():
        problems["meanwhile"] = "Say what the home does until this is settled."
    return problems


def problems_of_decision(decided: str, in_force_from_on: date | None, happened_on: date) -> dict[str, str]:
    """What stands against keeping a decision, field by field."""
    problems: dict[str, str] = {}
    if not decided.strip():
        problems["decided"] = "Say what was decided."
    if in_force_from_on is not None and in_force_from_on < happened_on:
        problems["in_force_from_on"] = "A decision cannot apply from before it was made. Enter that day or a later one."
    return problems


def problems_of_follow_up(words: str, due_on: date | None, owner: str, on: date) -> dict[str, str]:
    """What stands against keeping a follow-up, field by field."""
    problems: dict[str, str] = {}
    if not words.strip():
        problems["follow_up"] = "Say what is to be done."
    if due_on is None or due_on < on:
        problems["due_on"] = "Enter the day by which it is to be done, today or later."
    if owner not in {"home", "pcn"}:
        problems["owner"] = "Choose who does it: the home, or the PCN."
    return problems
