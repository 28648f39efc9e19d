"""Our PCN and the area's cover: facts about the service, and not one resident."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from homeround.directory.models import Body
from homeround.ehch.rounds.actions import close_round
from homeround.nonprod import building
from tests.statements import statements
from tests.web.round_of_rose import begin, change_plan
from tests.web.signing_in import sign_in
from tests.web.walking import text_of, words_of
from tests.world import AT, RESIDENTS, World

pytestmark = pytest.mark.usefixtures("clock")


def cover(world: World, icb: str = "icb") -> str:
    return f"/icbs/{world.code(icb)}/cover"


def our(world: World, pcn: str = "exe") -> str:
    return f"/pcns/{world.code(pcn)}"


def names_nobody(page: str) -> bool:
    return not any(re.search(rf"\b({given}|{family})\b", page) for _, given, family, *_ in RESIDENTS)


def test_a_manager_sees_which_practice_owes_how_many_and_no_names(world: World, clock: time_machine.Traveller) -> None:
    held = begin(world)
    change_plan(world, held)
    change_plan(world, held, who="albert")
    close_round(by=world["clinician"], at=AT, ref=held)
    clock.shift(timedelta(days=2))
    page = words_of(sign_in(world["exe_manager"]).get(our(world)))
    assert "1 of 1 home has held or begun this week’s round" in page
    assert "Far Practice" in page
    assert "Mill Practice … 1 awaited In time" in page
    clock.shift(timedelta(days=8))
    page = words_of(sign_in(world["exe_manager"]).get(our(world)))
    assert "1 awaited, 1 of them overdue Call the practice on 01632 96000" in page
    assert names_nobody(page)


@pytest.mark.parametrize(
    ("username", "pcn", "status"),
    [("exe_manager", "exe", 200), ("coordinator", "exe", 200), ("exe_manager", "tor", 404), ("icb", "exe", 404)],
)
def test_who_sees_a_pcn(world: World, username: str, pcn: str, status: int) -> None:
    assert sign_in(world[username]).get(our(world, pcn)).status_code == status


@pytest.mark.parametrize(
    ("username", "icb", "status"),
    [("icb", "icb", 200), ("icb", "other_icb", 404), ("icb_ig", "icb", 403), ("exe_manager", "icb", 404)],
)
def test_who_sees_an_areas_cover(world: World, username: str, icb: str, status: int) -> None:
    assert sign_in(world[username]).get(cover(world, icb)).status_code == status


def test_gaps_come_first_and_a_number_opens_its_list(world: World) -> None:
    client = sign_in(world["icb"])
    page = words_of(client.get(cover(world)))
    assert page.index("Elm Court") < page.index("Rose House"), "no PCN comes before a missing round"
    assert "1 without a PCN" in page
    assert "1 without a clinical lead" in page, "nobody leads a home without a PCN"
    assert "2 without a round this week" in page, "nor holds a round there"
    assert "Ivy Lodge" not in page, "another area's home"
    assert names_nobody(page)
    filtered = words_of(client.get(f"{cover(world)}?gap=pcn"))
    assert "Elm Court" in filtered
    assert "Rose House" not in filtered


def test_an_area_with_nothing_missing_says_so(world: World) -> None:
    page = words_of(sign_in(world["icb"]).get(f"{cover(world)}?gap=lead&area=Nowhere"))
    assert "No home fits this filter: nothing is missing here." in page


@pytest.mark.parametrize("query", ["?page=99", "?page=x", "?gap=nonsense", "?area=Nowhere", "?gap=pcn&page=-1"])
def test_any_query_is_answered(world: World, query: str) -> None:
    assert sign_in(world["icb"]).get(cover(world) + query).status_code == 200


def test_it_takes_a_whole_area_a_page_at_a_time(world: World) -> None:
    client = sign_in(world["icb"])
    client.get(cover(world))
    with statements() as few:
        client.get(cover(world))
    provider = Body.objects.get(code="1-990000001")
    with building.building():
        for number in range(120):
            building.make_home(
                building.NewHome(
                    f"1-99100{number:04}", f"House {number:03}", 20, True, False, provider, "", "Testshire", ""
                )
            )
    with statements() as many:
        page = client.get(f"{cover(world)}?page=2")
    assert len(few) == len(many), many
    assert "Page 2 of 3" in words_of(page)
    assert "House 060" in text_of(page)
    assert "House 000" not in text_of(page)
