"""What is open about somebody stands first on their page and on what rests on it: an unanswered concern above what is
done, what could not be done, and that they are in hospital where somebody raises a concern. H3, H12, H32.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import Asking, Deciding, ask_follow_up, cannot_follow_up, decide, leave_follow_up
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.actions import go_to_hospital
from homeround.kernel.audit.noticed import Looks
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

COULD_NOT = "Could not be done: waits for those who asked"


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


def opens(world: World, who: str, page: str) -> str:
    return words_of(sign_in(world[who]).get(reverse(page, args=[world.residents["winifred"]])))


@pytest.mark.parametrize("who", ["carer", "nurse", "clinician"])
@pytest.mark.parametrize("help_now", [False, True])
def test_a_concern_that_nobody_answered_stands_above_what_is_done(world: World, who: str, *, help_now: bool) -> None:
    assert opens(world, who, "resident").index("What we do for") < opens(world, who, "resident").index("No concern is")
    raise_concern(by=world["carer"], at=AT, ref=world.residents["winifred"], words="Grey.", help_now=help_now)
    page = opens(world, who, "resident")
    assert page.index("“Grey.”") < page.index("What we do for Winifred")
    assert "No concern is open" not in page


@pytest.mark.parametrize("who", ["carer", "nurse", "clinician"])
def test_what_could_not_be_done_stands_with_what_is_to_be_done(world: World, who: str) -> None:
    asking = Asking("Weigh her", "home", AT.date())
    ref = ask_follow_up(by=world["clinician"], at=AT, ref=world.residents["winifred"], asking=asking)
    cannot_follow_up(by=world["nurse"], at=AT, ref=ref, words="No scales.")
    assert COULD_NOT in opens(world, who, "resident")
    if who == "nurse":
        assert "1 thing to be done" in opens(world, who, "departure")
    leave_follow_up(by=world["clinician"], at=AT + timedelta(seconds=1), ref=ref, words="Weighed last week.")
    assert COULD_NOT not in opens(world, who, "resident")


def test_whoever_raises_a_concern_reads_that_they_are_in_hospital(world: World) -> None:
    assert "In hospital since" not in opens(world, "carer", "concern_new")
    go_to_hospital(by=world["nurse"], at=AT, ref=world.residents["winifred"], went_on=AT.date(), hospital="Royal")
    page = opens(world, "carer", "concern_new")
    assert "If they are back, the nurse, senior or manager writes that down" in page


def test_who_is_in_hospital_says_so_on_every_list_of_others(world: World) -> None:
    """Also where the PCN and the practice act, far from the home (the lists of the home have it with the room)."""
    decision = Deciding("plan", "Walk daily.", "Legs swell.", "Sits.", AT.date(), NEW)
    decide(by=world["clinician"], at=AT, ref=world.residents["winifred"], decision=decision)
    raise_concern(by=world["carer"], at=AT, ref=world.residents["winifred"], words="Grey.", help_now=False)
    lists = (("gp", "awaiting_reply"), ("coordinator", "waiting"), ("clinician", "waiting"))
    for who, page in lists:
        assert "In hospital since" not in words_of(sign_in(world[who]).get(reverse(page))), who
    go_to_hospital(by=world["nurse"], at=AT, ref=world.residents["winifred"], went_on=AT.date(), hospital="Royal")
    for who, page in lists:
        assert "In hospital since Mon 16 Nov 2026" in words_of(sign_in(world[who]).get(reverse(page))), who


def test_whoever_raises_a_concern_reads_what_is_open_already(world: World) -> None:
    """What follows belongs to the concern that is there: two cards about one thing are read as two things."""
    assert "Not answered yet:" not in opens(world, "carer", "concern_new")
    ref = raise_concern(by=world["carer"], at=AT, ref=world.residents["winifred"], words="Grey.", help_now=False)
    page = sign_in(world["carer"]).get(reverse("concern_new", args=[world.residents["winifred"]]))
    assert "Not answered yet: “Grey.”" in words_of(page)
    assert reverse("words_new", args=[ref]) in page.content.decode()
