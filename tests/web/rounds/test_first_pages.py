"""This week, my rounds and my homes: what stands first, what a number opens, what nobody outside may see."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.alignment.actions import align_home
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.rounds.actions import close_round
from tests.statements import statements
from tests.web.round_of_rose import WORRY, begin, change_plan, crowd, see, worry
from tests.web.signing_in import sign_in
from tests.web.walking import text_of, words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")


def week(world: World, pcn: str = "exe") -> str:
    return f"/pcns/{world.code(pcn)}/week"


def test_what_is_urgent_stands_above_the_homes_and_what_waits_is_counted_there(world: World) -> None:
    concern = worry(world)
    page = sign_in(world["coordinator"]).get(week(world))
    shown = words_of(page)
    assert shown.index("1 concern is not answered; ") < shown.index("1 home") < shown.index(WORRY)
    assert f"/concerns/{concern}" in text_of(page)
    albert = world.residents["albert"]
    raise_concern(by=world["carer"], at=AT, ref=albert, words="Fell in the bath", help_now=True)
    page = sign_in(world["coordinator"]).get(week(world))
    assert words_of(page).index("Fell in the bath") < words_of(page).index("1 home")


def test_a_missed_week_stands_out_and_an_open_round_is_led_to(world: World) -> None:
    held = begin(world, at=AT - timedelta(days=20))
    see(world, held, at=AT - timedelta(days=20))
    close_round(by=world["clinician"], at=AT - timedelta(days=20), ref=held)
    client = sign_in(world["coordinator"])
    page = client.get(week(world))
    assert "Missed 2 weeks" in words_of(page)
    assert "None since 27 Oct" in words_of(page)
    assert "hr-missed" in text_of(page)
    again = begin(world)
    page = client.get(week(world))
    assert "Open now: Priya Shah" in words_of(page)
    assert f"/rounds/{again}" in text_of(page)


def test_every_number_opens_its_list(world: World, clock: time_machine.Traveller) -> None:
    change_plan(world, begin(world))
    clock.shift(timedelta(days=8))
    client = sign_in(world["coordinator"])
    page = text_of(client.get(week(world)))
    code = world.code("rose")
    for address, shown in (
        (f"/homes/{code}/waits/follow_up", "Weigh her"),
        (f"/homes/{code}/waits/silence", "No reply from the GP"),
    ):
        assert f'href="{address}"' in page
        assert shown in text_of(client.get(address))


@pytest.mark.parametrize(
    ("username", "pcn", "status"),
    [
        ("coordinator", "exe", 200),
        ("clinician", "exe", 200),
        ("coordinator", "tor", 404),
        ("exe_manager", "exe", 403),
        ("nurse", "exe", 404),
        ("gp", "exe", 404),
    ],
)
def test_who_sees_the_week(world: World, username: str, pcn: str, status: int) -> None:
    assert sign_in(world[username]).get(week(world, pcn)).status_code == status


def test_a_pcn_without_homes_is_told_what_to_do(world: World) -> None:
    align_home(
        by=world["icb"], at=AT, code=world.code("rose"), pcn_code=None, from_on=AT.date(), agreed_with="home and PCN"
    )
    for username, address in (("coordinator", week(world)), ("clinician", "/rounds"), ("lead", "/my-homes")):
        assert "hr-empty" in text_of(sign_in(world[username]).get(address)), username


def test_the_lead_sees_no_tick_without_the_day_that_shows_it(world: World) -> None:
    client = sign_in(world["lead"])
    assert "No round yet" in words_of(client.get("/my-homes"))
    held = begin(world)
    see(world, held)
    close_round(by=world["clinician"], at=AT, ref=held)
    page = client.get("/my-homes")
    assert "Held 16 Nov" in words_of(page)
    assert f"/rounds/{held}" in text_of(page)


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("coordinator", "pcn_week"),
        ("clinician", "my_rounds"),
        ("lead", "my_homes"),
        ("exe_manager", "our_pcn"),
        ("icb", "cover"),
    ],
)
def test_a_second_round_that_is_open_hides_none_that_was_held(world: World, who: str, page: str) -> None:
    held = begin(world)
    see(world, held)
    close_round(by=world["clinician"], at=AT, ref=held)
    begin(world)
    body = world.code("icb" if who == "icb" else "exe")
    found = sign_in(world[who]).get(reverse(page, args=[] if page.startswith("my") else [body]))
    assert "Held 16 Nov; another is open now: Priya Shah" in words_of(found)
    if page in {"pcn_week", "my_homes"}:
        assert f"/rounds/{held}" in text_of(found)


def test_the_lead_oversees_replies_and_quiet_people(world: World, clock: time_machine.Traveller) -> None:
    change_plan(world, begin(world))
    clock.shift(timedelta(days=10))
    page = words_of(sign_in(world["lead"]).get("/my-homes"))
    assert "No reply from the GP: was due Mon 23 Nov 2026" in page
    assert "4 people never reviewed" in page
    assert "Registered GPs stay responsible" in page


@pytest.mark.parametrize(("username", "status"), [("pharmacist", 200), ("nurse", 403), ("icb", 403), ("gp", 403)])
def test_who_has_rounds(world: World, username: str, status: int) -> None:
    assert sign_in(world[username]).get("/rounds").status_code == status


@pytest.mark.slow
def test_first_pages_cost_the_same_for_few_and_many(world: World) -> None:
    clients = {
        address: sign_in(world[username])
        for username, address in (("coordinator", week(world)), ("clinician", "/rounds"), ("lead", "/my-homes"))
    }
    costs: list[list[int]] = []
    for people in (0, 60):
        crowd(world, "rose", people)
        found = []
        for address, client in clients.items():
            client.get(address)
            with statements() as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        costs.append(found)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12, costs
