"""What waits about concerns, and the lines of the timeline that they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from homeround.accounts.rights import Kind
from homeround.ehch.deterioration.rules import ANSWERED_WITHIN, READ_WITHIN
from homeround.ehch.deterioration.words import IN_ERROR, STATE_WORDS, AnswerKind, State
from homeround.ehch.residents.rules import Entry
from homeround.ehch.residents.rules.kinds import PCN, EntryKind, Side, Strength, Turn, person, thing

TURNS: Final = (
    Turn(
        "to_be_phoned",
        "To be phoned about",
        PCN | {Side.CARERS, Side.HOME},
        is_urgent=True,
        reason="help_now",
        strength=Strength.CONCERN,
        leads_to=thing("call_new"),
    ),
    Turn(
        "phoned",
        "Help was called, not answered by the PCN",
        PCN,
        READ_WITHIN,
        frozenset({Side.HOME}),
        is_urgent=True,
        reason="help_called",
        strength=Strength.CONCERN,
        leads_to=thing("concern"),
    ),
    Turn(
        "unread",
        "Concern not read",
        PCN,
        READ_WITHIN,
        frozenset({Side.HOME}),
        reason="concern",
        strength=Strength.CONCERN,
        leads_to=thing("concern"),
    ),
    Turn(
        "unanswered",
        "Concern not answered",
        PCN,
        ANSWERED_WITHIN,
        frozenset({Side.HOME}),
        reason="concern",
        strength=Strength.CONCERN,
        leads_to=thing("concern"),
    ),
    Turn(
        "answer_gone",
        "Answered by a decision that was taken back",
        PCN,
        ANSWERED_WITHIN,
        frozenset({Side.HOME}),
        reason="concern",
        strength=Strength.CONCERN,
        leads_to=thing("concern"),
    ),
    Turn(
        "handover",
        "Left with a concern unanswered: to be handed over",
        frozenset({Side.HOME}),
        timedelta(days=1),
        strength=Strength.CONCERN,
        leads_to=person("handover"),
    ),
    Turn(
        "handover_pcn",
        "Left with a concern unanswered: to be handed over",
        PCN,
        timedelta(days=1),
        strength=Strength.CONCERN,
        leads_to=person("handover"),
    ),
)
"""Whose turn it is when something of these kinds waits (`waits.py` gives them)."""


TAKEN_BACK_WORDS: Final = {
    "answer": "An answer was taken back, and the concern opened again",
    "call": "A call was removed, recorded in error",
}


def _rang(entry: Entry) -> str:
    back = ". Removed since: recorded in error" if entry.ended_at else ""
    return f"Called {entry.state}, {f'spoke to {entry.on}' if entry.on else 'nobody answered'}{back}"


def _answered(entry: Entry) -> str:
    by_review = entry.state == AnswerKind.BY_REVIEW
    answer = "The concern was answered by the review on the round" if by_review else "Answer to the concern"
    return f"{answer}. Taken back since" if entry.ended_at else answer


def _removed(entry: Entry) -> str:
    in_error = entry.state == IN_ERROR
    return "A concern was removed, raised in error" if in_error else "An entry was removed: it was about somebody else"


ENTRIES: Final = (
    EntryKind("concern", Kind.LIVING, lambda entry: f"Concern, {STATE_WORDS[State(entry.state)]}", page="concern"),
    EntryKind("added", Kind.LIVING, "Words added to the concern", page="concern"),
    EntryKind("removed", Kind.LIVING, _removed),
    EntryKind("read", Kind.LIVING, "Read the concern", page="concern", has_words=False),
    EntryKind("call", Kind.LIVING, _rang, page="concern", says_itself=True),
    EntryKind("answer", Kind.LIVING, _answered, page="concern", says_itself=True),
    EntryKind("taken_back", Kind.LIVING, lambda entry: TAKEN_BACK_WORDS[entry.state], page="concern"),
    EntryKind("not_theirs", Kind.LIVING, "Do not do this: an answer about somebody else, taken off"),
)
"""The kinds of lines of a person's timeline that this slice writes (`entries` gives them)."""
