"""What a practice said about somebody who never was its patient falls, whoever decided is told, and all of it is as it
was once the practice turns out to be theirs after all (H28).
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from homeround.accounts.viewer import Viewer
from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.actions import (
    Deciding,
    answer_query,
    correct_decision,
    read_news,
    reply_to_decision,
    settle_dispute,
    take_back_settlement,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.queries import decision_page
from homeround.ehch.decisions.words import AskState
from homeround.ehch.residents.actions import Registering, register_with
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.audit.noticed import Looks
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.world import AT, World

HOURS = timedelta(hours=1)
LATER = AT + 9 * HOURS


def registered(world: World, practice: str, hours: int, *, was_wrong: bool = True) -> None:
    register_with(
        by=world["nurse"], at=AT + hours * HOURS, ref=world.residents["winifred"], was_wrong=was_wrong,
        registration=Registering("permanent", world.code(practice)), because="A letter of somebody else.",
    )  # fmt: skip


def replied(world: World, kind: str) -> str:
    """A decision to which the practice has replied; the ref of it."""
    OPEN_THINGS["silence"].open(world)
    ask = Ask.objects.latest("pk")
    reply_to_decision(by=world["gp"], at=AT, ref=ask.ref, kind=kind, words="No.", meanwhile="As before.")
    return ask.decision.ref


def now(world: World, ref: str) -> tuple[AskState | None, str]:
    """Where the decision is with the GP, and what the home does."""
    page = decision_page(see_decision(viewer=world["nurse"], ref=ref, at=LATER))
    return page.state, page.applies.does if page.applies else ""


def waits(viewer: Viewer) -> list[str]:
    mine = what_waits(viewer=viewer, at=LATER).mine
    return [row.wait.kind for row in mine if row.wait.kind in {"not_theirs", "dispute", "settled_by_practice"}]


@pytest.mark.parametrize("kind", ["read", "query", "do_not_adopt"])
def test_a_reply_that_fell_by_mistake_comes_back(world: World, looks: Looks, kind: str) -> None:
    ref = replied(world, kind)
    before, waited = now(world, ref), waits(world["clinician"])
    registered(world, "far", 1)
    assert now(world, ref)[0] in {AskState.AWAITED, AskState.LATE}
    registered(world, "mill", 2)
    assert now(world, ref) == before
    assert waits(world["clinician"]) == waited
    assert Ask.objects.filter(ended_at=None).exists() == (kind == "query")


def test_whoever_decided_reads_that_a_dispute_fell(world: World, looks: Looks) -> None:
    ref = replied(world, "do_not_adopt")
    registered(world, "far", 1)
    assert waits(world["clinician"]) == ["not_theirs"]
    read_news(by=world["clinician"], at=AT + 2 * HOURS, ref=ref)
    assert waits(world["clinician"]) == []
    registered(world, "mill", 3)
    assert waits(world["clinician"]) == ["dispute"]
    registered(world, "far", 4)
    assert waits(world["clinician"]) == ["not_theirs"], "it fell once more since it was read"


def test_what_was_settled_with_the_wrong_practice_can_be_taken_back(world: World, looks: Looks) -> None:
    ref = replied(world, "do_not_adopt")
    disputed = now(world, ref)
    given = {"by": world["clinician"], "ref": ref}
    settle_dispute(at=AT + HOURS, words="Agreed.", settled_as="otherwise", from_now_on="Half of it", **given)  # type: ignore[arg-type]
    registered(world, "far", 2)
    state, does = now(world, ref)
    assert (state, does) == (AskState.AWAITED, "Half of it")
    assert waits(world["clinician"]) == ["not_theirs"]
    take_back_settlement(at=AT + 3 * HOURS, because="With the wrong practice.", **given)  # type: ignore[arg-type]
    state, does = now(world, ref)
    assert state is AskState.AWAITED
    assert does not in {"Half of it", "As before."}
    registered(world, "mill", 4)
    assert now(world, ref) == disputed


def test_a_settlement_that_stands_is_as_it_was_when_the_practice_was_right(world: World, looks: Looks) -> None:
    ref = replied(world, "do_not_adopt")
    settle_dispute(by=world["clinician"], at=AT, ref=ref, words="Agreed.", settled_as="meanwhile")
    before = now(world, ref)
    registered(world, "far", 2)
    registered(world, "mill", 3)
    assert now(world, ref) == before
    assert before[0] is AskState.SETTLED
    assert waits(world["clinician"]) == []


@pytest.mark.parametrize("how", ["withdrawn", "corrected"])
def test_a_dispute_about_what_applies_no_more_is_not_opened_again(world: World, looks: Looks, how: str) -> None:
    ref = replied(world, "do_not_adopt")
    registered(world, "far", 1)
    given = {"by": world["clinician"], "at": AT + 2 * HOURS, "ref": ref, "because": "The wrong chart."}
    if how == "withdrawn":
        withdraw_decision(**given)  # type: ignore[arg-type]
    else:
        correct_decision(decision=Deciding("plan", "Walk with her", "Stiff.", "", AT.date()), **given)  # type: ignore[arg-type]
    registered(world, "mill", 3)
    assert "dispute" not in waits(world["clinician"])


def test_what_the_other_practice_said_meanwhile_counts_after_a_change(world: World, looks: Looks) -> None:
    """Changed back, not put right: the reply that the other gave as their practice stands."""
    ref = replied(world, "do_not_adopt")
    registered(world, "far", 1)
    ask = Ask.objects.latest("pk")
    reply_to_decision(by=world["outside_gp"], at=AT + 2 * HOURS, ref=ask.ref, kind="read")
    registered(world, "mill", 24, was_wrong=False)
    assert now(world, ref)[0] is AskState.READ
    assert "dispute" not in waits(world["clinician"])


def disputed_by_both(world: World, settled_first: str = "") -> str:
    """Mill did not adopt it (and that was settled), Far was said to be theirs and did not adopt it either, which was
    settled too; then Mill is theirs after all.
    """
    ref = replied(world, "do_not_adopt")
    given = {"by": world["clinician"], "ref": ref, "words": "Called them."}
    if settled_first:
        settle_dispute(at=AT, settled_as="otherwise", from_now_on=settled_first, **given)  # type: ignore[arg-type]
    registered(world, "far", 1)
    ask = Ask.objects.latest("pk").ref
    reply_to_decision(
        by=world["outside_gp"], at=AT + 2 * HOURS, ref=ask, kind="do_not_adopt", words="No.", meanwhile="None at all"
    )
    settle_dispute(at=AT + 3 * HOURS, settled_as="meanwhile", **given)  # type: ignore[arg-type]
    registered(world, "mill", 4)
    return ref


def test_the_order_is_of_the_practice_whose_dispute_is_open(world: World, looks: Looks) -> None:
    ref = disputed_by_both(world)
    assert now(world, ref) == (AskState.IN_DISPUTE, "As before.")
    page = decision_page(see_decision(viewer=world["nurse"], ref=ref, at=LATER))
    assert page.news is not None
    assert page.news.fell == (world.bodies["far"].name,), "the one that is theirs is not said not to be"
    mine = what_waits(viewer=world["gp"], at=LATER).mine
    assert "settled_since" not in {row.wait.kind for row in mine}, "it was settled with the other practice"


def test_the_newest_settlement_is_taken_back_first(world: World, looks: Looks) -> None:
    ref = disputed_by_both(world, settled_first="Half of it")
    assert now(world, ref)[1] == "None at all"
    assert set(waits(world["clinician"])) == {"not_theirs"}
    take_back_settlement(by=world["clinician"], at=AT + 5 * HOURS, ref=ref, because="With the wrong practice.")
    assert now(world, ref) == (AskState.SETTLED, "Half of it")


def test_a_practice_that_read_a_wrong_answer_is_told_until_it_replies(world: World, looks: Looks) -> None:
    def told() -> list[str]:
        return [row.wait.words for row in what_waits(viewer=world["gp"], at=LATER).mine if row.wait.kind == kind]

    kind = "answer_not_so"
    OPEN_THINGS[kind].open(world)
    assert told() == ["Do not go by it: “Morphine.”"]
    ask = Ask.objects.latest("pk").ref
    answer_query(by=world["clinician"], at=AT + HOURS, ref=ask, words="Paracetamol.")
    assert told() != []
    reply_to_decision(by=world["gp"], at=AT + 2 * HOURS, ref=ask, kind="read")
    assert told() == []
