"""A practice is found by its name, its postcode or its code; one that is closed or dormant is offered to nobody."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from homeround.directory.models import Body, Practice
from homeround.directory.queries import find_practices
from homeround.nonprod import building
from tests.web.signing_in import sign_in
from tests.web.walking import send, text_of, where
from tests.world import AT, World

pytestmark = pytest.mark.django_db
ON = AT.date()


def known(code: str, name: str, postcode: str = "", **how: Any) -> None:
    dormant = how.pop("dormant", False)
    with building.building():
        body = Body.objects.create(kind="practice", code=code, name=name, opened_on=date(2000, 1, 1), **how)
        Practice.objects.create(body=body, postcode=postcode, dormant=dormant)


@pytest.fixture
def practices(world: World) -> World:
    known("L90001", "MOUNT PLEASANT HEALTH CENTRE", "EX4 7BW")
    known("L90002", "MOUNT RADFORD SURGERY", "EX2 4QU")
    known("L90003", "Pleasant Street Surgery", "EX1 1AA")
    known("L90004", "CLOSED MOUNT SURGERY", "EX1 2AA", closed_on=ON)
    known("L90005", "DORMANT MOUNT SURGERY", "EX1 3AA", dormant=True)
    known("L90006", "MOUNT CLOSING NEXT YEAR", "EX1 4AA", closed_on=date(2027, 1, 1))
    return world


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("mount", ["L90006", "L90001", "L90002"]),
        ("pleasant mount", ["L90001"]),
        ("Pleasant  st", ["L90003"]),
        ("l90002", ["L90002"]),
        (" L 90002 ", ["L90002"]),
        ("EX4 7BW", ["L90001"]),
        ("ex47bw", ["L90001"]),
        ("EX1", ["L90006", "L90003"]),
        ("L90004", []),
        ("L90005", []),
        ("m", []),
        ("%", []),
        ("__", []),
        ("", []),
    ],
)
def test_open_practices_by_name_postcode_or_code(practices: World, text: str, codes: list[str]) -> None:
    assert [found.code for found in find_practices(text, ON, most=10)] == codes


def test_what_fits_is_offered_and_one_is_chosen(practices: World) -> None:
    address = f"/residents/{practices.residents['albert']}/registration"
    client = sign_in(practices["manager"])
    page = send(client, address, why="changed", practice="another", practice_code="mount", gp_name="")
    assert page.status_code == 422
    assert "Choose which one is meant." in text_of(page)
    offered = re.findall(r'name="practice_code-chosen"[^>]*value="([^"]+)"', page.content.decode())
    assert offered == ["L90006", "L90001", "L90002"]
    assert "EX4 7BW, L90001" in text_of(page)
    assert 'value="mount"' in page.content.decode()
    typed = {"why": "changed", "practice": "another", "practice_code": "mount", "practice_code-chosen": "L90001"}
    assert where(send(client, address, **typed))
    assert "MOUNT PLEASANT HEALTH CENTRE" in text_of(client.get(f"/residents/{practices.residents['albert']}"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"practice_code": "nowhere at all"}, "No practice fits “nowhere at all”"),
        ({"practice_code": "L90004"}, "No practice fits"),
        ({"practice_code": "mount", "practice_code-chosen": "L90003"}, "Choose which one is meant."),
        ({"practice_code": "radford"}, "Choose it below, if it is that one."),
        ({"practice_code": ""}, "Enter the name or the postcode of the practice."),
    ],
)
def test_what_is_not_a_choice_is_said(practices: World, typed: dict[str, str], said: str) -> None:
    address = f"/residents/{practices.residents['albert']}/registration"
    page = send(sign_in(practices["manager"]), address, why="changed", practice="another", **typed)
    assert page.status_code == 422
    assert said in text_of(page)


def test_a_code_typed_exactly_needs_no_choice(practices: World) -> None:
    address = f"/residents/{practices.residents['albert']}/registration"
    assert where(
        send(sign_in(practices["manager"]), address, why="changed", practice="another", practice_code="l90002")
    )


def test_more_than_fit_on_the_page_are_said(practices: World) -> None:
    for number in range(20):
        known(f"L9100{number:02}", f"Mount Surgery {number:02}")
    address = f"/residents/{practices.residents['albert']}/registration"
    page = send(sign_in(practices["manager"]), address, why="changed", practice="another", practice_code="mount")
    assert "More than 10 fit" in text_of(page)
    assert page.content.decode().count('name="practice_code-chosen"') == 10
