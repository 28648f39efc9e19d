"""What waits about rounds, the lines of the timeline that they are, and the kinds of all slices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from homeround.accounts.rights import Kind
from homeround.ehch.care_plans import kinds as care_plans
from homeround.ehch.decisions import kinds as decisions
from homeround.ehch.decisions.kinds import CONFIRMED_WITHIN, QUESTION_WITHIN
from homeround.ehch.deterioration import kinds as deterioration
from homeround.ehch.deterioration.rules import ANSWERED_WITHIN
from homeround.ehch.residents import kinds as residents
from homeround.ehch.residents.rules import Entry, Wait
from homeround.ehch.residents.rules.kinds import (
    PCN,
    EntryKind,
    Side,
    Strength,
    Turn,
    home,
    thing,
    thing_of_person,
)
from homeround.ehch.rounds.words import ASKS_WORDS, Asks

SEEN_WITHIN: Final = timedelta(days=8)
"""Whoever was put forward is seen in the next weekly round [I]."""


def _decide_again(wait: Wait, code: str) -> tuple[str, list[str]]:
    """The review while its round is open, which `whom` says; afterwards the worklist of the home."""
    return ("review", [wait.ref, wait.person_ref]) if wait.whom == "review" else ("worklist", [code])


_TURNS: Final = (
    Turn(
        "answered_not_theirs",
        "Answered a concern that was about somebody else: does it hold for them?",
        frozenset({Side.CLINICIANS}),
        ANSWERED_WITHIN,
        strength=Strength.UNSETTLED,
        leads_to=thing_of_person("review_holding"),
    ),
    Turn(
        "answered_in_error",
        "Answered a concern that was raised in error: does it hold?",
        frozenset({Side.CLINICIANS}),
        ANSWERED_WITHIN,
        strength=Strength.UNSETTLED,
        leads_to=thing_of_person("review_holding"),
    ),
    Turn(
        "to_confirm",
        "Typed for you: to confirm",
        frozenset({Side.CLINICIANS}),
        CONFIRMED_WITHIN,
        frozenset({Side.COORDINATORS}),
        only_the_member=True,
        leads_to=thing_of_person("review_confirming"),
    ),
    Turn(
        "decide_again",
        "Outcome without its decision",
        frozenset({Side.CLINICIANS}),
        QUESTION_WITHIN,
        reason="decide_again",
        strength=Strength.UNSETTLED,
        leads_to=_decide_again,
    ),
    Turn(
        "not_reached",
        "Not reached in the last round",
        frozenset({Side.CLINICIANS}),
        timedelta(days=7),
        reason="not_reached",
        seeing_answers=True,
        leads_to=home("worklist"),
    ),
    Turn(
        "see_again",
        "To be seen again",
        frozenset({Side.CLINICIANS}),
        reason="see_again",
        seeing_answers=True,
        leads_to=home("worklist"),
    ),
    Turn(
        "decision_ends",
        "A decision ends: look at what comes after",
        frozenset({Side.CLINICIANS}),
        reason="decision_ends",
        seeing_answers=True,
        leads_to=thing("decision"),
    ),
    Turn(
        "asked_by_clinician",
        "For the round: a clinician asks",
        frozenset({Side.CLINICIANS}),
        SEEN_WITHIN,
        frozenset({Side.COORDINATORS, Side.HOME}),
        reason="asked_by_clinician",
        seeing_answers=True,
        leads_to=thing("put_forward"),
    ),
    Turn(
        "asked_by_person",
        "For the round: the person or family ask",
        frozenset({Side.CLINICIANS}),
        SEEN_WITHIN,
        frozenset({Side.COORDINATORS, Side.HOME}),
        reason="asked_by_person",
        seeing_answers=True,
        leads_to=thing("put_forward"),
    ),
    Turn(
        "asked_by_staff",
        "For the round: staff ask",
        frozenset({Side.CLINICIANS}),
        SEEN_WITHIN,
        frozenset({Side.COORDINATORS, Side.HOME}),
        reason="asked_by_staff",
        seeing_answers=True,
        leads_to=thing("put_forward"),
    ),
    Turn("round_open", "Round left open", PCN | {Side.HOME, Side.MANAGERS}, leads_to=thing("round")),
    Turn("round_missed", "No round", PCN | {Side.HOME, Side.MANAGERS}, leads_to=home("worklist")),
)
"""Whose turn it is when something of these kinds waits (`waits.py` gives them)."""


def _reviewed(entry: Entry) -> str:
    how = "" if entry.state == "not_reached" else f", {entry.on.replace('_', ' ')}"
    return f"{'A round that was cancelled' if entry.ended_at else 'Round'}: {entry.state.replace('_', ' ')}{how}"


_ENTRIES: Final = (
    EntryKind("review", Kind.CLINICAL, _reviewed, page="round"),
    EntryKind(
        "put_forward",
        Kind.LIVING,
        lambda entry: f"Put forward for the round: {ASKS_WORDS[Asks(entry.state)].lower()}",
        page="put_forward",
    ),
    EntryKind("not_needed", Kind.LIVING, "Need not be seen in the round any more", page="put_forward"),
)
"""The kinds of lines of a person's timeline that this slice writes (`entries` gives them)."""

SLICES: Final = (residents, decisions, deterioration, care_plans)
"""The slices whose kinds a round looks at: a later slice is added here, and in `rounds.queries.slices`."""

TURNS: Final[Mapping[str, Turn]] = {
    turn.kind: turn for turns in (*(each.TURNS for each in SLICES), _TURNS) for turn in turns
}
"""Every kind of open thing: what a list says of it, who can act on it and where, and when it is late."""

ENTRIES: Final[Mapping[str, EntryKind]] = {
    kind.kind: kind for kinds in (*(each.ENTRIES for each in SLICES), _ENTRIES) for kind in kinds
}
"""Every kind of line of a person's timeline."""
