"""Today in a home brings itself up to date: when, at what cost to the log, for whom; a large home is folded. H40."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from homeround.ehch.deterioration.actions import raise_concern
from homeround.kernel.models import Look
from tests.web.residents.full_home import fill
from tests.web.signing_in import sign_in
from tests.web.walking import text_of, words_of
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def address(world: World) -> str:
    return f"/homes/{world.code('rose')}"


def seen_in(page: Any) -> str:
    found = re.search(r'"X-Seen": "([0-9a-f]{64})"', text_of(page))
    assert found
    return found[1]


def refreshed(client: Client, world: World, seen: str) -> Any:
    answer = client.get(f"{address(world)}/now", headers={"HX-Request": "true", "X-Seen": seen})
    assert answer.status_code == 200
    return answer


def worry(world: World, at: Any = AT) -> None:
    raise_concern(by=world["carer"], at=at, ref=world.residents["margaret"], words="Not herself.", help_now=False)


@pytest.mark.parametrize("who", ["carer", "nurse", "coordinator"])
def test_it_says_when_it_was_right_and_is_asked_again_by_itself(
    world: World, clock: time_machine.Traveller, who: str
) -> None:
    worry(world)
    client = sign_in(world[who])
    page = client.get(address(world))
    assert "As at 10:00 , Mon 16 Nov 2026" in words_of(page)
    assert "just now" in words_of(page)
    clock.shift(timedelta(minutes=3))
    again = text_of(refreshed(client, world, seen_in(page)))
    assert "<strong>10:03</strong>" in again
    assert "3 minutes ago" in again
    assert "<html" not in again


@pytest.mark.parametrize("who", ["carer", "nurse"])
def test_only_what_is_new_on_the_screen_is_a_look(world: World, clock: time_machine.Traveller, who: str) -> None:
    client = sign_in(world[who])
    worry(world)
    page = client.get(address(world))
    looks = Look.objects.count()
    clock.shift(timedelta(minutes=1))
    page = refreshed(client, world, seen_in(page))
    page = refreshed(client, world, seen_in(page))
    assert Look.objects.count() == looks, "an age is nothing new"
    worry(world, AT + timedelta(minutes=1))
    refreshed(client, world, seen_in(page))
    after_news = Look.objects.count()
    assert after_news > looks
    refreshed(client, world, "f" * 64)
    assert Look.objects.count() > after_news, "who cannot say what they see has looked"


def test_what_one_person_sees_vouches_for_nobody_else(world: World) -> None:
    seen = seen_in(sign_in(world["carer"]).get(address(world)))
    looks = Look.objects.count()
    refreshed(sign_in(world["agency"]), world, seen)
    assert Look.objects.count() > looks


def test_being_asked_is_not_activity(world: World, clock: time_machine.Traveller) -> None:
    client = sign_in(world["carer"])
    seen = seen_in(client.get(address(world)))
    for _ in range(15):
        clock.shift(timedelta(minutes=1))
        refreshed(client, world, seen)
    clock.shift(timedelta(minutes=2))
    answer = client.get(f"{address(world)}/now", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"][:5]) == (401, "/lock")


def test_opened_by_hand_it_leads_to_the_page(world: World) -> None:
    answer = sign_in(world["carer"]).get(f"{address(world)}/now")
    assert (answer.status_code, answer["Location"]) == (303, address(world))
    assert sign_in(world["ivy_carer"]).get(f"{address(world)}/now").status_code == 404


@pytest.mark.parametrize("who", ["carer", "nurse"])
def test_a_large_home_opens_on_what_is_open_with_its_units_folded(world: World, who: str) -> None:
    worry(world)
    client = sign_in(world[who])
    assert "hr-unit" not in text_of(client.get(address(world)))
    fill(world, 55)
    page = client.get(address(world))
    assert "Unit 1: 14 people" in words_of(page)
    assert "something open for 1" in words_of(page)
    text = text_of(page)
    assert text.index("Not herself.") < text.index("hr-unit")
    for place in re.findall(r'href="#(person-\d+)"', text):
        assert f'id="{place}"' in text
    assert len(re.findall(r'href="#person-\d+"', text)) == 60


def test_the_cover_has_the_numbers_before_the_line_is_lost(world: World) -> None:
    """H40: what covers an old page is in the page already, with who to call."""
    text = text_of(sign_in(world["carer"]).get(address(world)))
    cover = text[text.index('id="today-stale"') : text.index("<footer")]
    assert "hidden" in cover[: cover.index(">")]
    assert "This page is out of date" in cover
    assert 'href="tel:999"' in cover
    assert "homeround/board.js" in text
