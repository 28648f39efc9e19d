"""A concern that nobody had answered when somebody left is on the home's list until it is handed over. H40."""

from __future__ import annotations

from datetime import timedelta

import pytest

from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import hand_over, withdraw_departure
from homeround.ehch.residents.queries import handed_over
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.world import AT, World

LATER = AT + timedelta(hours=2)


def waits(world: World, who: str = "nurse") -> list[str]:
    return [row.wait.words for row in what_waits(viewer=world[who], at=LATER).mine if row.wait.kind == "handover"]


def test_it_waits_for_the_home_until_it_is_said(world: World, looks: Looks) -> None:
    OPEN_THINGS["handover"].open(world)
    ref = world.residents["winifred"]
    assert waits(world) == waits(world, "manager") == ["Not herself."]
    for words in ("", "x" * 1001):
        with pytest.raises(Invalid):
            hand_over(by=world["nurse"], at=LATER, ref=ref, words=words)
    for _ in range(2):
        hand_over(by=world["nurse"], at=LATER, ref=ref, words="Called the nurse of Elm Court.")
    with pytest.raises(ChangedMeanwhile) as refused:
        hand_over(by=world["manager"], at=LATER, ref=ref, words="Wrote to Elm Court.")
    assert refused.value.stands == {"words": "Called the nurse of Elm Court."}
    said = handed_over(see_resident(viewer=world["nurse"], ref=ref, at=LATER))
    assert said is not None
    assert (said.words, said.by.name) == ("Called the nurse of Elm Court.", "Nell Nurse")
    assert waits(world) == []


def test_not_once_they_live_here_again_nor_by_a_carer(world: World, looks: Looks) -> None:
    OPEN_THINGS["handover"].open(world)
    ref = world.residents["winifred"]
    with pytest.raises(NotAllowed):
        hand_over(by=world["carer"], at=LATER, ref=ref, words="Told somebody.")
    withdraw_departure(by=world["nurse"], at=LATER, ref=ref, because="It was her neighbour.")
    assert waits(world) == []
    with pytest.raises(NotAllowed):
        hand_over(by=world["nurse"], at=LATER, ref=ref, words="Too late.")
