"""By which relationship somebody sees a person: it is said on the page and kept with the look. H15."""

from __future__ import annotations

from datetime import timedelta

import pytest

from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.residents.rules import Relationship
from homeround.kernel.audit.noticed import Looks
from tests.world import AT, World


@pytest.mark.parametrize(
    ("who", "relationship"),
    [
        ("carer", Relationship.LIVES_HERE),
        ("coordinator", Relationship.SERVED),
        ("gp", Relationship.REGISTERED),
        ("community", Relationship.MDT),
    ],
)
def test_each_sees_a_person_by_a_relationship_of_their_own(
    world: World, looks: Looks, who: str, relationship: Relationship
) -> None:
    assert see_resident(viewer=world[who], ref=world.residents["margaret"], at=AT).relationship is relationship


@pytest.mark.parametrize(
    ("who", "relationship"), [("nurse", Relationship.LIVED_HERE), ("clinician", Relationship.WAS_SERVED)]
)
def test_once_the_person_has_left_it_is_one_of_the_past(
    world: World, looks: Looks, who: str, relationship: Relationship
) -> None:
    ref = world.residents["margaret"]
    record_departure(by=world["nurse"], at=AT, ref=ref, kind="moved_home", left_on=AT.date())
    assert see_resident(viewer=world[who], ref=ref, at=AT + timedelta(hours=1)).relationship is relationship
