"""Who to call stands on the cover of a locked screen, and for somebody whose booking is over; nothing else does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from homeround.accounts.actions import end_membership
from homeround.ehch.alignment.actions import set_hours
from tests.web.signing_in import sign_in
from tests.web.walking import text_of, words_of
from tests.world import AT, OFFICE, World

SCRIPT = {"X-Asked-By": "script"}
IN_HOURS = ["999", "01632960100", "111"]


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def dialled(page: Any) -> list[str]:
    main = text_of(page).partition("<main")[2].partition("</main>")[0] or text_of(page)
    return re.findall(r'href="tel:(\d+)"', main)


@pytest.mark.parametrize("who", ["carer", "agency", "nurse", "manager"])
def test_those_of_the_home_for_whoever_works_there_locked_or_not(world: World, who: str) -> None:
    client = sign_in(world[who])
    assert dialled(client.get("/numbers")) == IN_HOURS
    client.post("/lock", headers=SCRIPT)
    assert dialled(client.get("/lock")) == IN_HOURS
    part = client.get("/numbers", headers=SCRIPT)
    assert dialled(part) == IN_HOURS
    assert "<html" not in text_of(part)


def test_at_night_the_homes_own_nurse_and_111(world: World, clock: time_machine.Traveller) -> None:
    set_hours(
        by=world["manager"], at=AT, role="home_nurse", week=OFFICE, works_bank_holidays=True, phone="01632 960201",
        otherwise="the nurse on call for Rose House", otherwise_phone="01632 960202", from_on=AT.date(),
    )  # fmt: skip
    assert dialled(sign_in(world["carer"]).get("/numbers")) == ["999", "01632960201", "01632960100", "111"]
    clock.shift(timedelta(hours=17))
    page = sign_in(world["carer"]).get("/numbers")
    assert dialled(page) == ["999", "01632960202", "111"]
    assert "The nurse on call for Rose House" in words_of(page)


def test_whose_booking_is_over_still_has_them(world: World, clock: time_machine.Traveller) -> None:
    client = sign_in(world["agency"])
    end_membership(by=world["manager"], at=AT, membership_id=world["agency"].membership_id, how="booking over")
    clock.shift(timedelta(minutes=1))
    page = client.get(f"/homes/{world.code('rose')}", follow=True)
    assert "You have no role here at present" in words_of(page)
    assert dialled(page) == IN_HOURS


@pytest.mark.parametrize("who", ["", "coordinator", "gp", "icb"])
def test_for_everybody_else_those_that_are_right_anywhere(world: World, who: str) -> None:
    client = sign_in(world[who]) if who else Client()
    assert dialled(client.get("/numbers")) == ["999", "111"]


def test_the_cover_has_numbers_before_any_answer_of_the_server(world: World) -> None:
    """H4: without a connection the cover still shows numbers."""
    text = text_of(sign_in(world["carer"]).get("/my-rights"))
    cover = text[text.index('id="lock"') : text.index("</dialog>")]
    assert 'href="tel:999"' in cover
    assert 'href="tel:111"' in cover
