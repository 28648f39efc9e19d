"""What waits about decisions and what they ask for, and the lines of the timeline that they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from homeround.accounts.rights import Kind
from homeround.ehch.decisions.words import FOLLOW_UP_ENDS, FOLLOW_UP_TAKEN_BACK, SAID_TAKEN_BACK, FollowUpEnd, ReplyKind
from homeround.ehch.residents.rules import Entry
from homeround.ehch.residents.rules.kinds import PCN, EntryKind, Side, Strength, Turn, thing
from homeround.kernel.calendar.times import shown_date

QUESTION_WITHIN: Final = timedelta(days=2)
SETTLED_WITHIN: Final = timedelta(days=7)
CONFIRMED_WITHIN: Final = timedelta(days=3)
READ_BY_PRACTICE_WITHIN: Final = timedelta(days=7)

MOVED_ON: Final = "Asked before they {went}: finish it, or see that the new home is told"
"""Of what is to be done about somebody who lives in another home now: a death, or leaving, closes it."""

TURNS: Final = (
    Turn(
        "gp_question",
        "The GP has a question",
        PCN,
        QUESTION_WITHIN,
        reason="gp_question",
        strength=Strength.UNSETTLED,
        leads_to=thing("query_answer"),
    ),
    Turn(
        "dispute",
        "In dispute: to be settled",
        frozenset({Side.CLINICIANS, Side.PRACTICE}),
        SETTLED_WITHIN,
        reason="dispute",
        strength=Strength.UNSETTLED,
        words_gone="In dispute when they {went}: to be settled, nobody does anything of it meanwhile",
        leads_to=thing("settlement"),
    ),
    Turn(
        "withdrawn_since",
        "Withdrawn since you were asked",
        frozenset({Side.PRACTICE}),
        READ_BY_PRACTICE_WITHIN,
        strength=Strength.UNSETTLED,
        leads_to=thing("news"),
    ),
    Turn(
        "settled_since",
        "Settled since you did not adopt it",
        frozenset({Side.PRACTICE}),
        READ_BY_PRACTICE_WITHIN,
        strength=Strength.UNSETTLED,
        leads_to=thing("news"),
    ),
    Turn(
        "answer_not_so",
        "The answer that you read was taken back",
        frozenset({Side.PRACTICE}),
        QUESTION_WITHIN,
        strength=Strength.UNSETTLED,
        leads_to=thing("decision"),
    ),
    Turn(
        "settled_by_practice",
        "The GP has settled what you decided",
        frozenset({Side.CLINICIANS}),
        SETTLED_WITHIN,
        strength=Strength.UNSETTLED,
        leads_to=thing("news"),
    ),
    Turn(
        "not_theirs",
        "Not adopted by a practice that never was theirs: what it said fell",
        frozenset({Side.CLINICIANS}),
        SETTLED_WITHIN,
        strength=Strength.UNSETTLED,
        leads_to=thing("news"),
    ),
    Turn(
        "silence",
        "No reply from the GP",
        frozenset({Side.COORDINATORS, Side.MANAGERS}),
        reason="no_reply",
        words_gone="Decided before they {went}: the GP is still asked to read it",
        leads_to=thing("decision"),
    ),
    Turn(
        "follow_up",
        "Follow-up",
        frozenset({Side.CARERS, Side.HOME}),
        reason="follow_up",
        words_gone=MOVED_ON,
        leads_to=thing("follow_up"),
    ),
    Turn(
        "follow_up_pcn",
        "Follow-up",
        frozenset({Side.COORDINATORS}),
        None,
        frozenset({Side.CLINICIANS, Side.MANAGERS}),
        reason="follow_up",
        words_gone=MOVED_ON,
        leads_to=thing("follow_up"),
    ),
    Turn(
        "decision_to_confirm",
        "Decision typed for you: to confirm",
        frozenset({Side.CLINICIANS}),
        CONFIRMED_WITHIN,
        frozenset({Side.COORDINATORS}),
        only_the_member=True,
        leads_to=thing("confirmation"),
    ),
    Turn(
        "came_back",
        "You asked, and it could not be done",
        PCN | {Side.HOME},
        QUESTION_WITHIN,
        reason="came_back",
        leads_to=thing("follow_up"),
    ),
    Turn(
        "still_needed",
        "You asked because of a decision that does not apply any more: is it needed?",
        PCN | {Side.HOME},
        QUESTION_WITHIN,
        strength=Strength.UNSETTLED,
        leads_to=thing("follow_up"),
    ),
)
"""Whose turn it is when something of these kinds waits (`waits.py` gives them)."""


REPLIED: Final[Mapping[ReplyKind, str]] = {
    ReplyKind.READ: "Read by the registered GP",
    ReplyKind.QUERY: "The registered GP asks",
    ReplyKind.DO_NOT_ADOPT: "The registered GP does not adopt it, because",
    ReplyKind.NOT_OUR_PATIENT: "The practice says that they are not its patient",
}


def _replied(entry: Entry) -> str:
    return REPLIED[ReplyKind(entry.state)]


def _asked(entry: Entry) -> str:
    return f"Asked of {entry.state}, by {shown_date(date.fromisoformat(entry.on))}"


ENTRIES: Final = (
    EntryKind("follow_up", Kind.LIVING, _asked, page="follow_up"),
    EntryKind(
        "follow_up_end",
        Kind.LIVING,
        lambda entry: f"Follow-up {FOLLOW_UP_ENDS[FollowUpEnd(entry.state)]}",
        page="follow_up",
    ),
    EntryKind("follow_up_back", Kind.LIVING, lambda entry: FOLLOW_UP_TAKEN_BACK[entry.state]),
    EntryKind("left_undone", Kind.LIVING, "What could not be done is left as it is", page="follow_up"),
    EntryKind("said_back", Kind.CLINICAL, lambda entry: SAID_TAKEN_BACK[entry.state]),
    EntryKind("decision", Kind.CLINICAL, "Decision", page="decision", is_decision=True),
    EntryKind(
        "dispute", Kind.CLINICAL, "The registered GP does not adopt it. Meanwhile", page="decision", is_decision=True
    ),
    EntryKind("reply", Kind.CLINICAL, _replied, page="decision", is_decision=True),
    EntryKind(
        "query_answer", Kind.CLINICAL, "Answer to the question of the registered GP", page="decision", is_decision=True
    ),
    EntryKind("settlement", Kind.CLINICAL, "The dispute is settled", page="decision", is_decision=True),
    EntryKind("withdrawal", Kind.CLINICAL, "A decision was taken back", page="decision", is_decision=True),
)
"""The kinds of lines of a person's timeline that this slice writes (`entries` gives them)."""
