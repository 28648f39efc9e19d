"""Whatever the home did of a dispute and does no more is said for a while, like a decision that was taken back. H27."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from homeround.ehch.decisions.actions import reply_to_decision, take_back_reply, take_back_settlement
from homeround.ehch.decisions.rules import STOPPED_SHOWN
from homeround.ehch.residents.actions import Registering, register_with
from homeround.kernel.audit.noticed import Looks
from tests.ehch.decisions.deciding import TODAY, Case
from tests.world import AT, World

ORDER, MEANWHILE, INSTEAD = "Water tablet once", "Both doses as before", "One and a half"
AFTER = TODAY + STOPPED_SHOWN + timedelta(days=1)


@pytest.fixture
def case(world: World, looks: Looks) -> Case:
    found = Case(world)
    found.decide(ORDER)
    found.dispute(ORDER, MEANWHILE)
    return found


def settled(settled_as: str) -> Callable[[Case], None]:
    return lambda case: case.settle(ORDER, settled_as, INSTEAD if settled_as == "otherwise" else "")


def settled_and_taken_back(settled_as: str) -> Callable[[Case], None]:
    def become(case: Case) -> None:
        settled(settled_as)(case)
        [line] = case.applying()
        take_back_settlement(by=case.world["clinician"], at=AT, ref=line.decision_ref, because="Misheard.")

    return become


def reply_taken_back(case: Case) -> None:
    take_back_reply(by=case.world["gp"], at=AT, ref=case.ask(ORDER), because="Of somebody else.")


@pytest.mark.parametrize(
    ("become", "does", "over"),
    [
        (settled("decided"), ORDER, (MEANWHILE,)),
        (settled("otherwise"), INSTEAD, (MEANWHILE,)),
        (settled("meanwhile"), MEANWHILE, ()),
        (settled("stopped"), f"Stop: {MEANWHILE}", ()),
        (settled_and_taken_back("otherwise"), MEANWHILE, (INSTEAD,)),
        (settled_and_taken_back("meanwhile"), MEANWHILE, ()),
        (settled_and_taken_back("decided"), MEANWHILE, ()),
        (reply_taken_back, ORDER, (MEANWHILE,)),
    ],
)
def test_what_is_over_is_said_for_a_while(
    case: Case, become: Callable[[Case], None], does: str, over: tuple[str, ...]
) -> None:
    become(case)
    [line] = case.applying()
    assert (line.does, line.not_any_more) == (does, over)
    assert [found.not_any_more for found in case.applying(AFTER) if not found.is_stopped] in ([], [()])


def test_a_reply_that_was_never_taken_back_says_nothing(case: Case) -> None:
    [line] = case.applying()
    assert line.not_any_more == ()


def test_what_was_settled_and_is_disputed_anew_is_done_no_more(case: Case) -> None:
    world = case.world
    settled("otherwise")(case)
    register_with(
        by=world["nurse"], at=AT, ref=world.residents["margaret"], was_wrong=True, because="Another family’s letter.",
        registration=Registering("permanent", world.code("far")),
    )  # fmt: skip
    given = {"by": world["outside_gp"], "at": AT, "ref": case.ask(ORDER), "words": "No.", "meanwhile": "One dose"}
    reply_to_decision(kind="do_not_adopt", **given)  # type: ignore[arg-type]
    [line] = case.applying()
    assert (line.does, set(line.not_any_more)) == ("One dose", {INSTEAD, MEANWHILE})
