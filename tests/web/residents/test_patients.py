"""A practice's patients in homes: in parts, with like names marked, and only those shown are noted as seen. H1."""

from __future__ import annotations

import pytest
import time_machine

from homeround.ehch.residents.queries import patients_of
from homeround.kernel.audit.noticed import Looks
from tests.web.residents.full_home import cost, fill
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

PAGE = "/patients"


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def test_a_long_list_comes_in_parts_and_costs_the_same(world: World) -> None:
    few = cost(sign_in(world["gp"]), PAGE)
    fill(world, 195)
    client = sign_in(world["gp"])
    assert len(cost(client, PAGE)) == len(few)
    first, last = words_of(client.get(PAGE)), words_of(client.get(f"{PAGE}?part=4"))
    assert "199 patients of Mill Practice" in first
    assert "Part 1 of 4 Next part" in first
    assert "Part 4 of 4 Previous part" in last
    assert words_of(client.get(f"{PAGE}?part=99")) == last
    assert words_of(client.get(f"{PAGE}?part=x")) == first


def test_like_names_are_marked(world: World) -> None:
    page = words_of(sign_in(world["gp"]).get(PAGE))
    assert "Margaret Hill Room 1 Could be mixed up: check" in page


def test_only_those_shown_are_noted(world: World, looks: Looks) -> None:
    fill(world, 195)
    first = patients_of(viewer=world["gp"], at=AT, shown=lambda _: slice(0, 50))
    assert (len(first.people), first.count) == (50, 199)
    assert [len(look.subject_ids) for look in looks.noticed] == [50]
