"""Finding a person by what was typed, within one's own reach only (roadmap 03 A; H1, H53)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeround.ehch.residents.queries.find import MOST, everybody, find_people
from homeround.ehch.residents.rules.finding import Findable, fits, problem_of
from homeround.kernel.refusals import NotAllowed
from tests.statements import statements
from tests.world import AT, World

JOSE = Findable(
    names=("José María", "O’Brien-Nuñez", "Pepe"),
    room="Garden 12",
    home="Rosemoor Court",
    practice="Mill Lane Surgery",
    number="9990000107",
)


@pytest.mark.parametrize(
    "words",
    ["jose", "JOSE\u0301", "pepe", "obrien", "O'Brien", "nunez", "bri nunez", "garden", "12", "room 12", "rosem",
     "jos mill", "pepe 12 rosemoor", "999 000 0107", "9990000107", "0107", " jose  ", "maria", "court"],
)  # fmt: skip
def test_what_finds(words: str) -> None:
    words_known = {"bri nunez"}
    assert fits(words, JOSE) is (words not in words_known)


@pytest.mark.parametrize("words", ["josef", "ose", "1", "2", "j", "12 ivy", "999 000 0108", "107", "smith"])
def test_what_does_not_find(words: str) -> None:
    assert not fits(words, JOSE)


@pytest.mark.parametrize("words", ["", "   ", "-", "...---", "x" * 81, "room"])
def test_what_cannot_be_looked_for_is_told(words: str) -> None:
    if words.startswith("..."):
        assert problem_of(words) == ""
    else:
        assert problem_of(words)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_answered(words: str) -> None:
    problem_of(words)
    fits(words, JOSE)


REACH = {
    "carer": {"margaret", "margaret_h", "albert", "winifred", "nobody"},
    "agency": {"margaret", "margaret_h", "albert", "winifred", "nobody"},
    "manager": {"margaret", "margaret_h", "albert", "winifred", "nobody"},
    "coordinator": {"margaret", "margaret_h", "albert", "winifred", "nobody"},
    "lead": {"margaret", "margaret_h", "albert", "winifred", "nobody"},
    "gp": {"margaret", "margaret_h", "winifred", "joan"},
    "clerk": {"margaret", "margaret_h", "winifred", "joan"},
    "outside_gp": {"albert", "ivan"},
    "community": {"margaret", "margaret_h", "albert", "winifred", "nobody"},
    "co_opted": {"albert"},
    "stranger": set(),
    "tor_coordinator": {"ivan", "joan"},
    "ivy_carer": {"ivan", "joan"},
}
NAMES = {
    "margaret": "Margaret",
    "margaret_h": "Margaret",
    "albert": "Okafor",
    "winifred": "Achterberg",
    "nobody": "Norman",
    "ivan": "Petrov",
    "joan": "Joan",
}


@pytest.mark.parametrize("who", REACH)
def test_only_people_in_reach_are_found(world: World, looks: object, who: str) -> None:
    for key, words in NAMES.items():
        found = find_people(viewer=world[who], at=AT, words=words).people
        assert (world.residents[key] in {person.ref for person in found}) is (key in REACH[who]), key
    if REACH[who]:
        assert {person.ref for person in everybody(viewer=world[who], at=AT)} == {
            world.residents[key] for key in REACH[who]
        }


@pytest.mark.parametrize("who", ["exe_manager", "icb", "rose_ig", "admin"])
def test_who_reads_of_nobody_who_they_are_finds_nobody(world: World, looks: object, who: str) -> None:
    with pytest.raises(NotAllowed):
        find_people(viewer=world[who], at=AT, words="Margaret")


def test_like_names_are_marked_and_room_and_home_stand_there(world: World, looks: object) -> None:
    found = find_people(viewer=world["coordinator"], at=AT, words="marg")
    assert [person.is_alike for person in found.people] == [True, True]
    assert {person.room for person in found.people} == {"1", "2"}
    assert {person.home for person in found.people} == {"Rose House"}
    (albert,) = find_people(viewer=world["coordinator"], at=AT, words="okafor").people
    assert not albert.is_alike


def test_searching_costs_the_same_for_few_and_many(world: World, looks: object) -> None:
    with statements() as asked:
        find_people(viewer=world["coordinator"], at=AT, words="margaret")
    with statements() as nobody:
        find_people(viewer=world["coordinator"], at=AT, words="nobody of this name")
    assert len(asked) == len(nobody) == 2
    assert MOST == 50
