"""A death or departure recorded on the wrong person is seen at once, found again, and explained to whoever is refused.

H32: nobody vanishes because of a wrong line.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from homeround.ehch.residents.actions import record_departure, withdraw_departure
from tests.ehch.residents.arriving import come
from tests.web.signing_in import sign_in
from tests.web.walking import send, text_of, where, words_of
from tests.world import AT, World

DAY = timedelta(days=1)
MOVES = ("nurse", "senior", "manager")


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def hers(world: World) -> str:
    return f"/residents/{world.residents['winifred']}"


def gone(world: World, kind: str = "died", at: Any = AT, **more: Any) -> None:
    given = {"by": world["nurse"], "at": at, "ref": world.residents["winifred"], "kind": kind, "left_on": at.date()}
    record_departure(**given | more)


def test_after_saving_the_page_says_who_it_was_and_offers_the_way_back_first(world: World) -> None:
    client = sign_in(world["nurse"])
    day = {"left_on-year": "2026", "left_on-month": "11", "left_on-day": "16"}
    to = where(send(client, f"{hers(world)}/departure", kind="died", is_them="yes", **day))
    page = client.get(to)
    shown = words_of(page).partition("> ")[2]
    assert shown.startswith("Written down: died Mon 16 Nov 2026 Winifred Achterberg")
    assert re.search(r"Room [0-9]+, Rose House Born [A-Z]\w\w [0-9]+ \w+ [0-9]{4}\. Not them\? Take it back", shown)
    assert f'<a href="{hers(world)}/departure/removal">Not them? Take it back</a>' in text_of(page)
    carer = words_of(sign_in(world["carer"]).get(to))
    assert "Not them?" not in carer
    assert "Written down: died" not in words_of(client.get(hers(world)))


@pytest.mark.parametrize("kind", ["died", "left", "moved_home"])
@pytest.mark.parametrize("who", ["carer", "nurse"])
def test_the_homes_page_lists_who_died_or_left_for_two_weeks(
    world: World, clock: time_machine.Traveller, who: str, kind: str
) -> None:
    address = f"/homes/{world.code('rose')}"
    assert "Died or left" not in words_of(sign_in(world[who]).get(address))
    gone(world, kind)
    page = sign_in(world[who]).get(address)
    shown = words_of(page).partition("Died or left, written down in the last 14 days")[2]
    assert "Winifred Achterberg" in shown
    assert "written down by Nell Nurse" in shown
    assert f'href="{hers(world)}"' in text_of(page).partition('id="gone"')[2]
    is_offered = f'href="{hers(world)}/departure/removal"' in text_of(page)
    assert is_offered == (who == "nurse")
    assert ("Tell a nurse, a senior or the manager now" in shown) == (who == "carer")
    for days, is_shown in ((14, True), (15, False)):
        clock.move_to(AT + days * DAY)
        words = words_of(sign_in(world[who], at=AT + days * DAY).get(address))
        assert ("Died or left" in words) == is_shown, days


def test_whoever_is_here_again_is_not_on_that_list(world: World, clock: time_machine.Traveller) -> None:
    gone(world)
    withdraw_departure(by=world["nurse"], at=AT, ref=world.residents["winifred"], because="Her neighbour.")
    assert "Died or left" not in words_of(sign_in(world["nurse"]).get(f"/homes/{world.code('rose')}"))


def test_another_body_does_not_see_that_list(world: World) -> None:
    gone(world)
    assert "Died or left" not in words_of(sign_in(world["coordinator"]).get(f"/homes/{world.code('rose')}"))


@pytest.mark.parametrize(
    ("kind", "how"),
    [("died", "they died"), ("left", "they left"), ("moved_home", "they moved to another home")],
)
@pytest.mark.parametrize(("who", "page"), [("carer", "concerns/new"), ("nurse", "room"), ("coordinator", "co-options")])
def test_whoever_is_refused_reads_why_by_whom_and_whom_to_tell(
    world: World, who: str, page: str, kind: str, how: str
) -> None:
    client = sign_in(world[who])
    address = f"{hers(world)}/{page}"
    gone(world, kind)
    answer = client.get(address)
    assert answer.status_code == 403
    said = text_of(answer).partition("data-told>")[2].partition("</p>")[0]
    assert f"By what Nell Nurse, home nurse, Rose House wrote down on Mon 16 Nov 2026, 10:00, {how} on Mon 16" in said
    assert "Tell a nurse, a senior or the manager of the home now" in said


def test_somebody_who_is_not_coming_is_listed_too(world: World) -> None:
    ref = come(world, "expected")
    gone(world, "not_coming", ref=ref)
    shown = words_of(sign_in(world["nurse"]).get(f"/homes/{world.code('rose')}")).partition("Died or left")[2]
    assert "Called off Mon 16 Nov 2026" in shown
