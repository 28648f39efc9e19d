"""A dead worker shows on the first pages of those who are told of things by messages, within five minutes. H24."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.kernel.delivery import heartbeat
from tests.web.signing_in import sign_in
from tests.world import AT, World

FIRST_PAGES = [("coordinator", "pcn_week", "exe"), ("gp", "awaiting_reply", ""), ("nurse", "home_today", "rose")]


@pytest.mark.parametrize(("username", "name", "place"), FIRST_PAGES)
def test_a_first_page_says_since_when_no_reminders_are_sent(
    world: World, clock: time_machine.Traveller, username: str, name: str, place: str
) -> None:
    address = reverse(name, args=[world.code(place)] if place else [])
    client = sign_in(world[username], at=AT)
    heartbeat.beat(AT)
    clock.move_to(AT + timedelta(minutes=5))
    assert "No reminders" not in client.get(address).content.decode()
    clock.move_to(AT + timedelta(minutes=5, seconds=1))
    assert "No reminders have been sent since Mon 16 Nov 2026, 10:00" in client.get(address).content.decode()
