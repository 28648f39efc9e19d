"""The places in the header: each opens for whoever is offered it, and whatever a role may open has a way to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import get_resolver

from homeround.accounts.rights import RIGHTS
from homeround.web.navigation import PLACES, navigation
from tests.access.people import LINES
from tests.access.test_pages import OWN_PAGES
from tests.web.signing_in import sign_in
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


REACHED_OTHERWISE = {
    # by the header itself, the footer, a first page, the demonstration's own line, or by scripts
    "my_rights", "capacity", "something_wrong", "demo", "demo_mail", "demo_patterns", "demo_pattern_form", "health",
    "lock_state", "mfa_index", "sign_out", "account_reauthenticate", "your_sign_in", "account_change_password",
    "colleague_new", "way_in", "waiting", "hours", "numbers", "health_serving",
}  # fmt: skip


def test_every_place_opens_for_whoever_is_offered_it(world: World) -> None:
    for line in LINES:
        client = sign_in(world[line.own], at=AT)
        for link in navigation(world[line.own], ""):
            assert client.get(link.href).status_code == 200, (line.words, link.words)


def test_every_page_of_ones_own_has_a_place(world: World) -> None:
    for line in LINES:
        offered = {place.page for place in PLACES if place.offered(world[line.own])}
        own = {name for name, opens in OWN_PAGES.items() if line.words in opens} - REACHED_OTHERWISE
        asked = {"asked_of_me"} if "asked_of_me" not in offered else set()
        assert own - asked <= offered, line.words


def test_the_first_page_of_each_role_is_its_first_place(world: World) -> None:
    for line in LINES:
        viewer = world[line.own]
        places = navigation(viewer, RIGHTS[viewer.role].first_page)
        assert any(link.is_current for link in places), line.words


def test_one_place_is_marked_and_the_order_is_the_same_everywhere(world: World) -> None:
    client = sign_in(world["coordinator"], at=AT)
    seen = []
    for address in ("/my-rounds", "/find", f"/residents/{world.residents['margaret']}", "/nowhere"):
        header = client.get(address).content.decode().partition("</header>")[0]
        seen.append(re.findall(r'navigation-link" href="([^"]+)"', header))
        assert header.count('aria-current="page"') + header.count("aria-current=page") <= 1
    assert all(links == seen[0] for links in seen)
    assert seen[0][0] == f"/pcns/{world.code('exe')}" or seen[0][0].endswith("/week")


def test_no_place_is_offered_locked_or_signed_out(world: World) -> None:
    client = sign_in(world["carer"], at=AT)
    client.post("/lock")
    assert "nhsuk-header__navigation" not in client.get("/lock").content.decode()


def test_every_place_is_an_address(world: World) -> None:
    names = {pattern.name for pattern in get_resolver().url_patterns}  # type: ignore[union-attr]
    assert {place.page for place in PLACES} <= names
