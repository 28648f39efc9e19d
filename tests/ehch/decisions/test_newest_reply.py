"""Of several replies to one decision the newest counts, wherever it is read: its state, its page, whose turn it is."""

from __future__ import annotations

from datetime import date

import pytest

from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.queries import decision_page
from homeround.ehch.decisions.words import AskState
from homeround.ehch.rounds.queries.waiting import waits_in
from homeround.kernel.audit.noticed import Looks
from tests.ehch.decisions.deciding import Case
from tests.world import AT, World

TURN = "Turn 3-hourly"


def say(case: Case, what: str) -> None:
    """The practice replies, or the clinician answers its question."""
    if what == "answer":
        case.answer(TURN, "Both.")
    elif what == "do_not_adopt":
        case.dispute(TURN, meanwhile="Turn 2-hourly")
    else:
        case.reply(TURN, what, words="Which side?")


@pytest.mark.parametrize(
    ("replies", "state", "waits"),
    [
        (["query"], AskState.QUERIED, {"gp_question"}),
        (["query", "answer"], AskState.AWAITED, set()),
        (["query", "answer", "read"], AskState.READ, set()),
        (["query", "answer", "query"], AskState.QUERIED, {"gp_question"}),
        (["query", "answer", "query", "answer"], AskState.AWAITED, set()),
        (["query", "answer", "do_not_adopt"], AskState.IN_DISPUTE, {"dispute"}),
        (["query", "read"], AskState.READ, set()),
        (["query", "not_our_patient"], AskState.NOBODY, set()),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_the_newest_counts(world: World, looks: Looks, replies: list[str], state: AskState, waits: set[str]) -> None:
    case = Case(world)
    case.decide(TURN)
    for what in replies:
        say(case, what)
    [line] = case.applying()
    seen = see_decision(viewer=world["clinician"], ref=case.made[TURN], at=AT)
    assert (line.state, decision_page(seen).state) == (state, state)
    kinds = {wait.kind for wait in waits_in([world.bodies["rose"].pk], AT) if wait.person == case.person}
    assert kinds & {"gp_question", "dispute"} == waits


def test_the_last_answer_says_by_when_the_practice_replies(world: World, looks: Looks) -> None:
    case = Case(world)
    case.decide(TURN)
    for what, at in (("query", AT), ("answer", AT), ("query", AT), ("answer", AT.replace(day=30))):
        case.at = at
        say(case, what)
    [line] = case.applying(date(2026, 12, 1))
    assert line.answer_by_on == date(2026, 12, 7)
    assert not [
        wait for wait in waits_in([world.bodies["rose"].pk], AT.replace(month=12, day=7)) if wait.kind == "silence"
    ]
    [late] = [
        wait for wait in waits_in([world.bodies["rose"].pk], AT.replace(month=12, day=8)) if wait.kind == "silence"
    ]
    assert late.due_on == "2026-12-07"


def test_a_practice_that_says_not_ours_is_not_the_one_that_is_late(world: World, looks: Looks) -> None:
    case = Case(world)
    case.decide(TURN)
    case.reply(TURN, "not_our_patient")
    found = waits_in([world.bodies["rose"].pk], AT.replace(month=12, day=24))
    assert {wait.kind for wait in found if wait.person == case.person} & {"silence", "nobody_responsible"} == {
        "nobody_responsible"
    }
