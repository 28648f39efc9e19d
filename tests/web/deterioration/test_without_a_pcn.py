"""In a home that no PCN serves, its own nurse, senior or manager reads concerns and writes what came of them: nobody
else could, and they would wait there for ever. H3, REQ-87.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.alignment.actions import align_home
from homeround.ehch.deterioration.actions import (
    answer_concern,
    mark_read,
    raise_concern,
    record_call,
    reopen_concern,
    unmark_read,
)
from homeround.ehch.deterioration.models import Concern
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

LATER = AT + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


def raised(world: World, *, help_now: bool = False) -> str:
    return raise_concern(
        by=world["carer"], at=AT, ref=world.residents["margaret"], words="Grey and slow.", help_now=help_now
    )


def no_pcn(world: World) -> None:
    """From today no PCN serves the home."""
    align_home(
        by=world["icb"], at=AT, code=world.code("rose"), pcn_code=None, from_on=AT.date(), agreed_with="Nobody yet"
    )


@pytest.mark.parametrize("who", ["nurse", "senior", "manager"])
def test_its_seniors_answer_only_while_no_pcn_serves_it(world: World, clock: time_machine.Traveller, who: str) -> None:
    ref = raised(world)
    with pytest.raises(NotAllowed):
        answer_concern(by=world[who], at=AT, ref=ref, words="The practice was told.")
    assert "Answer it" not in words_of(sign_in(world[who]).get(f"/concerns/{ref}"))
    no_pcn(world)
    client = sign_in(world[who])
    assert "Answer it" in words_of(client.get(f"/concerns/{ref}"))
    assert "No PCN serves this home in Homeround." in words_of(client.get(f"/concerns/{ref}/answer"))
    mark_read(by=world[who], at=AT, ref=ref)
    unmark_read(by=world[who], at=AT, ref=ref)
    answer_concern(by=world[who], at=AT, ref=ref, words="The practice was told.")
    assert Concern.objects.get(ref=ref).ended_at is not None
    reopen_concern(by=world[who], at=LATER, ref=ref, because="Not about her.")
    assert Concern.objects.get(ref=ref).ended_at is None


@pytest.mark.parametrize("who", ["carer", "agency", "coordinator", "clinician"])
def test_nobody_else_does(world: World, clock: time_machine.Traveller, who: str) -> None:
    ref = raised(world)
    no_pcn(world)
    with pytest.raises((NotAllowed, NotHere)):
        answer_concern(by=world[who], at=AT, ref=ref, words="The practice was told.")
    assert Concern.objects.get(ref=ref).ended_at is None


def test_help_that_is_needed_now_is_phoned_about_first(world: World, clock: time_machine.Traveller) -> None:
    ref = raised(world, help_now=True)
    no_pcn(world)
    with pytest.raises(Invalid):
        answer_concern(by=world["nurse"], at=AT, ref=ref, words="The practice was told.")
    record_call(by=world["nurse"], at=AT, ref=ref, service="111", spoke_to="a nurse", words="Come in.")
    answer_concern(by=world["nurse"], at=LATER, ref=ref, words="She went in.")
    assert Concern.objects.get(ref=ref).ended_at is not None
