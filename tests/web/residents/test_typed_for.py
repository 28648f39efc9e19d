"""What was typed for a clinician shows both names wherever it stands on the person's page (REQ-20, H38)."""

import re
from datetime import date

import pytest
import time_machine

from homeround.ehch.decisions.actions import Asking, Deciding, confirm_typed
from homeround.ehch.decisions.models import Decision
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import move_concern, raise_concern
from homeround.ehch.rounds.actions import Reviewing, record_review
from tests.ehch.rounds.open_things import held_on
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def page_of(world: World, who: str, person: str) -> str:
    return words_of(sign_in(world[who]).get(f"/residents/{world.residents[person]}"))


@pytest.fixture
def typed(world: World) -> World:
    """A coordinator types a review that answers a concern, decides, and asks for something."""
    concern = raise_concern(
        by=world["carer"], at=AT, ref=world.residents["winifred"], words="Not herself.", help_now=False
    )
    decision = Deciding(
        "plan", "Walk daily", because="Stiff.", before="Sits.", in_force_from_on=AT.date(), replaces=NEW
    )
    record_review(
        by=world["coordinator"],
        for_whom=world["clinician"].membership_id,
        at=AT,
        ref=held_on(world, AT),
        person=world.residents["winifred"],
        review=Reviewing(
            how="in_person",
            outcome="plan_changed",
            decision=decision,
            follow_up=Asking("Order a frame", "pcn", date(2027, 6, 1)),
            answers=(concern,),
        ),
    )
    return world


@pytest.mark.parametrize("who", ["nurse", "manager", "clinician", "coordinator", "gp"])
def test_the_typist_never_stands_alone(typed: World, who: str) -> None:
    page = page_of(typed, who, "winifred")
    clinician, typist = typed["clinician"].author, typed["coordinator"].author
    before = [page[: found.start()][-9:] for found in re.finditer(typist.name, page)]
    assert before, "the typist is named"
    assert set(before) == {"typed by "}
    assert page.count(clinician.name) >= len(before)


def test_the_clinician_was_with_them(typed: World) -> None:
    page = page_of(typed, "nurse", "winifred")
    clinician, typist = typed["clinician"].author, typed["coordinator"].author
    seen = f"Last seen on a round: Mon 16 Nov 2026, {clinician.name}, {clinician.role_words}, typed by {typist.name}."
    assert seen in page


def test_a_moved_concern_was_moved_and_not_typed(world: World) -> None:
    concern = raise_concern(
        by=world["carer"], at=AT, ref=world.residents["winifred"], words="Not herself.", help_now=False
    )
    move_concern(by=world["nurse"], at=AT, ref=concern, to_ref=world.residents["margaret"], because="Wrong person")
    page = page_of(world, "nurse", "margaret")
    assert f"moved by {world['nurse'].author.name}" in page
    assert f"typed by {world['nurse'].author.name}" not in page


@pytest.mark.parametrize(
    ("who", "page"), [("carer", ""), ("nurse", ""), ("nurse", "/worklist"), ("clinician", "/worklist")]
)
def test_short_lists_say_that_nobody_has_confirmed_it(typed: World, who: str, page: str) -> None:
    said = "Walk daily Priya Shah has not confirmed it yet."
    address = f"/homes/{typed.code('rose')}{page}"
    assert said in words_of(sign_in(typed[who]).get(address))
    confirm_typed(by=typed["clinician"], at=AT, ref=Decision.objects.get().ref)
    assert "has not confirmed it yet" not in words_of(sign_in(typed[who]).get(address))
