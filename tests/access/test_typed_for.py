"""Whatever a coordinator types in somebody's name: a clinician of their own PCN who is there now, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

import pytest

from homeround.accounts.actions import end_membership
from homeround.accounts.models import User
from homeround.ehch.care_plans.actions import mark_done
from homeround.ehch.decisions.actions import decide
from homeround.ehch.rounds.actions import Reviewing, open_round, record_review
from homeround.kernel.refusals import Invalid
from homeround.nonprod import building
from tests.ehch.residents.arriving import come
from tests.web.round_of_rose import CHANGE, begin, worry
from tests.world import AT, World

LATER = AT + timedelta(hours=2)

Typed = Callable[[World, dict[str, Any]], object]


def _decides(world: World, who: dict[str, Any]) -> object:
    assert CHANGE.decision is not None
    return decide(ref=world.residents["margaret"], decision=CHANGE.decision, **who)


def _answers(world: World, who: dict[str, Any]) -> object:
    review = Reviewing(how="in_person", outcome="no_change", answers=(worry(world),))
    return record_review(ref=begin(world), person=world.residents["margaret"], review=review, **who)


def _marks_done(world: World, who: dict[str, Any]) -> object:
    return mark_done(
        ref=come(world), obligation="plan", done_on=AT.date(), document="in file", took_part="Nell",
        person_took_part="yes", **who,
    )  # fmt: skip


def _reviews(world: World, who: dict[str, Any]) -> object:
    review = Reviewing(how="in_person", outcome="no_change")
    return record_review(ref=begin(world), person=world.residents["margaret"], review=review, **who)


def _opens(world: World, who: dict[str, Any]) -> object:
    return open_round(
        code=world.code("rose"), mode="in_person", home_representative="Nell Nurse", medical_input="Dr Hart",
        leader=who.pop("for_whom"), **who,
    )  # fmt: skip


TYPED: Final[Mapping[str, Typed]] = {
    "a decision": _decides,
    "a review that answers": _answers,
    "an obligation": _marks_done,
    "a review": _reviews,
    "leading a round": _opens,
}
NOBODY: Final = ("tor_clinician", "exe_manager", "nurse", "gp", "pharmacist, who left", "lead, who is shut out")


@pytest.mark.parametrize("what", TYPED)
@pytest.mark.parametrize("who", NOBODY)
def test_in_the_name_of_nobody_else(world: World, what: str, who: str) -> None:
    named, _, gone = who.partition(", ")
    if gone == "who left":
        end_membership(by=world["exe_manager"], at=AT, membership_id=world[named].membership_id, how="left")
    if gone == "who is shut out":
        with building.building():
            User.objects.filter(pk=world[named].user_id).update(is_active=False)
    with pytest.raises(Invalid):
        TYPED[what](world, {"by": world["coordinator"], "at": LATER, "for_whom": world[named].membership_id})


@pytest.mark.parametrize("what", TYPED)
def test_in_the_name_of_a_clinician_of_ones_pcn(world: World, what: str) -> None:
    for_whom = world["clinician"].membership_id
    assert TYPED[what](world, {"by": world["coordinator"], "at": LATER, "for_whom": for_whom})
