"""A PCN whose last care coordinator has gone: its own page says that nobody is told of what its homes write, and what
waits for the PCN comes to those who are there once it is late. H3, H24.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.accounts.actions import end_membership
from homeround.accounts.models import Membership
from homeround.ehch.decisions.actions import Asking, ask_follow_up
from homeround.kernel.audit.noticed import Looks
from homeround.nonprod import building
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


@pytest.mark.parametrize("who", ["exe_manager", "clinician", "lead"])
def test_the_page_of_the_pcn_says_so(world: World, who: str) -> None:
    said = "Your PCN has no care coordinator here"
    address = reverse("our_pcn", args=[world.code("exe")])
    assert said not in words_of(sign_in(world[who]).get(address))
    end_membership(by=world["exe_manager"], at=AT, membership_id=world["coordinator"].membership_id, how="left")
    assert said in words_of(sign_in(world[who]).get(address))


def test_a_late_follow_up_of_the_pcn_waits_for_those_who_are_there(world: World, clock: time_machine.Traveller) -> None:
    asking = Asking("Book bloods", "pcn", AT.date())
    ask_follow_up(by=world["clinician"], at=AT, ref=world.residents["margaret"], asking=asking)
    assert "Book bloods" not in words_of(sign_in(world["clinician"]).get(reverse("waiting")))
    clock.shift(timedelta(days=1))
    for who in ("clinician", "lead", "coordinator"):
        assert "Book bloods" in words_of(sign_in(world[who]).get(reverse("waiting"))), who
    assert "Follow-up: was due Mon 16 Nov 2026" in words_of(sign_in(world["exe_manager"]).get(reverse("waiting")))


@pytest.mark.parametrize("page", ["colleague_ended", "colleague_cut_off"])
def test_before_the_last_one_is_ended_the_form_says_what_follows(world: World, page: str) -> None:
    """Of another role, and while somebody else is coordinator, it says nothing of it."""
    said = "Amina Yusuf is the last care coordinator of Exe PCN. Then nobody is told of what its homes write"
    manager = sign_in(world["exe_manager"])

    def form(who: str) -> str:
        ref = Membership.objects.get(pk=world[who].membership_id).ref
        return words_of(manager.get(reverse(page, args=[ref])))

    assert said in form("coordinator")
    assert "is the last" not in form("clinician")
    building.member(
        by=world["exe_manager"], at=AT, username="lead", role=world["coordinator"].role, body=world.bodies["exe"]
    )
    assert "is the last" not in form("coordinator")


@pytest.mark.parametrize("page", ["colleague_ended", "colleague_cut_off"])
def test_the_form_says_what_becomes_of_somebody_who_is_added_again(world: World, page: str) -> None:
    ref = Membership.objects.get(pk=world["clinician"].membership_id).ref
    said = words_of(sign_in(world["exe_manager"]).get(reverse(page, args=[ref])))
    assert "Ended by mistake? Add them to Exe PCN again" in said
    assert "what waits for them by name are theirs again" in said


def test_the_page_of_the_icb_says_so_of_each_home(world: World) -> None:
    client, address = sign_in(world["icb"]), reverse("cover", args=[world.code("icb")])
    said, number = "no care coordinator: nobody is told of what the home writes", "whose PCN has no care coordinator"
    page = words_of(client.get(address))
    assert said not in page
    assert f"0 {number}" in page
    end_membership(by=world["exe_manager"], at=AT, membership_id=world["coordinator"].membership_id, how="left")
    page = words_of(client.get(f"{address}?gap=coordinator"))
    assert said in page
    assert "Rose House" in page
    assert f"0 {number}" not in page
