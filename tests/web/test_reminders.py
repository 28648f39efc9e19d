"""A dead worker shows on the first pages of those who are told of things by messages, within five minutes. H24."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from homeround.jobs import handlers
from homeround.kernel.audit import triggers
from homeround.kernel.audit.accept import accept
from homeround.kernel.audit.verify import verify
from homeround.kernel.delivery import heartbeat
from homeround.kernel.models import AuditSeal
from homeround.web.first_page import first_page_of
from tests.web.signing_in import sign_in
from tests.world import AT, World

FIRST_PAGES = [
    ("coordinator", "pcn_week", "exe"),
    ("gp", "awaiting_reply", ""),
    ("nurse", "home_today", "rose"),
    ("clinician", "my_rounds", ""),
    ("lead", "my_homes", ""),
]


@pytest.mark.parametrize(("username", "name", "place"), FIRST_PAGES)
def test_a_first_page_says_since_when_no_reminders_are_sent(
    world: World, clock: time_machine.Traveller, username: str, name: str, place: str
) -> None:
    address = reverse(name, args=[world.code(place)] if place else [])
    client = sign_in(world[username], at=AT)
    heartbeat.beat(AT)
    heartbeat.beat(AT, heartbeat.MAIL)
    clock.move_to(AT + timedelta(minutes=5))
    assert "No reminders" not in client.get(address).content.decode()
    clock.move_to(AT + timedelta(minutes=5, seconds=1))
    assert "No reminders have been sent since Mon 16 Nov 2026, 10:00" in client.get(address).content.decode()


@pytest.mark.parametrize(("username", "name", "place"), FIRST_PAGES)
def test_a_first_page_says_that_this_is_an_older_copy(
    world: World,
    clock: time_machine.Traveller,
    settings: Any,
    tmp_path: Path,
    username: str,
    name: str,
    place: str,
) -> None:
    """The worker finds it when it seals: the anchor beside the data knows a signature that is not here. H51."""
    settings.AUDIT_ANCHOR = tmp_path / "anchor.json"
    address = reverse(name, args=[world.code(place)] if place else [])
    client = sign_in(world[username], at=AT)
    handlers.seal_log("worker")
    assert "older copy" not in client.get(address).content.decode()
    clock.move_to(AT + timedelta(minutes=1))
    triggers.drop(connection)
    AuditSeal.objects.all().delete()
    triggers.install(connection)
    handlers.seal_log("worker")
    assert "works with an older copy of its records" in client.get(address).content.decode()
    accept({found.key for found in verify().findings}, because="Backup put back", at=AT, by=world["coordinator"])
    handlers.seal_log("worker")
    assert "older copy" not in client.get(address).content.decode()


def test_everybody_is_told_of_an_older_copy_where_their_role_lands(world: World, clock: time_machine.Traveller) -> None:
    heartbeat.found(heartbeat.OLDER, AT)
    untold = []
    for username, viewer in world.viewers.items():
        page = sign_in(viewer, at=AT).get(first_page_of(viewer)).content.decode()
        if page.count("works with an older copy of its records") != 1:
            untold.append(username)
    assert untold == []
