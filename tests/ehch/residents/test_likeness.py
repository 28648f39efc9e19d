"""Names that can be taken for each other, and rooms in walking order. H1; C01, C09, C21, C22."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeround.ehch.residents.rules import (
    Name,
    alike_among,
    are_alike,
    fold,
    near_name,
    room_order,
    room_words,
    same_name,
)

NAMES = st.builds(Name, st.text(max_size=12), st.text(max_size=12), st.text(max_size=8))


def alike(first: Name, second: Name) -> bool:
    """Both ways round, and as a list sees it."""
    found = are_alike(first, second)
    assert are_alike(second, first) is found
    if first != second:
        assert (alike_among([first, second]) == {first, second}) is found
    return found


@pytest.mark.parametrize(
    ("name", "other"),
    [
        (Name("José", "Nuñez"), Name("Jose\u0301", "Nun\u0303ez")),
        (Name("Mary", "O'Brien"), Name("Peggy", "O’Brien")),
        (Name("Mary", "O'Brien"), Name("Kate", "OBrien")),
        (Name("Anne", "Smith-Jones"), Name("Joan", "Smith Jones")),
        (Name("Anne", "Smith-Jones"), Name("Ida", "Smith")),
        (Name("Margaret", "Hillier", "Peggy"), Name("Peggy", "Horne")),
        (Name("Hans", "Müller"), Name("Ida", "Muller")),
        (Name("Margaret", "Hill"), Name("Margaret", "Hall")),
        (Name("Margaret", "Hill"), Name("Peter", "Hill")),
        (Name("Mary Ann", "Hill"), Name("MARY", "Howe")),
        (Name("Prince", ""), Name("", "Prince")),
        (Name("Cher", ""), Name("Cher", "")),
        (Name("Søren", "Ødegaard"), Name("Ida", "Odegaard")),
        (Name("Ann", "van der Berg"), Name("Ida", "Berg")),
    ],
)
def test_these_are_marked(name: Name, other: Name) -> None:
    assert alike(name, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        (Name("Margaret", "Hill"), Name("Maureen", "Hall")),
        (Name("Margaret", "Hill"), Name("", "")),
        (Name("Margaret", "Hill"), Name("Margaret", "Ward")),  # a mark on every second row warns nobody
        (Name("Ann", "de la Cruz"), Name("Bea", "de la Torre")),
        (Name("Ann", "van Dyck"), Name("Bea", "van Gogh")),
        (Name("", ""), Name("", "")),
    ],
)
def test_these_are_not(name: Name, other: Name) -> None:
    assert not alike(name, other)


@given(st.lists(NAMES, max_size=8))
def test_the_alike_ones_of_a_list_are_those_alike_to_another_of_it(names: list[Name]) -> None:
    expected = {name for name in names if sum(are_alike(name, other) for other in names) > 1}
    assert alike_among(names) == expected


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "called", "formal"),
    [
        (Name("Elizabeth", "Dunn", "Betty"), "Betty Dunn", "Elizabeth Dunn"),
        (Name("Elizabeth", "Dunn", "Betty Dunn"), "Betty Dunn", "Elizabeth Dunn"),
        (Name("Elizabeth", "O'Neill", "Betty O’Neill"), "Betty O’Neill", "Elizabeth O'Neill"),
        (Name("Elizabeth", "Dunn", "Dunn"), "Dunn", "Elizabeth Dunn"),
        (Name("Prince", ""), "Prince", "Prince"),
        (Name("", "Prince", "Sir"), "Sir Prince", "Prince"),
        (Name("Dunn", "Dunn"), "Dunn Dunn", "Dunn Dunn"),
    ],
)
def test_a_name_is_shown_once_and_as_typed(name: Name, called: str, formal: str) -> None:
    assert (name.called, name.formal) == (called, formal)


@pytest.mark.parametrize(
    ("name", "other", "same", "near"),
    [
        (Name("Edna", "Singh"), Name("Edna", "Singh"), True, True),
        (Name("Edna", "Singh"), Name("Singh", "Edna"), True, True),
        (Name("Jose", "Nunez"), Name("José", "Núñez"), True, True),
        (Name("Margaret", "Hillier", "Peggy"), Name("Peggy", "Hillier"), True, True),
        (Name("Katherine", "Wright"), Name("Catherine", "Right"), False, True),
        (Name("Edna", "Singh"), Name("Walter", "Achterberg"), False, False),
    ],
)
def test_one_person_twice(name: Name, other: Name, same: bool, near: bool) -> None:
    assert (same_name(name, other), near_name(name, other)) == (same, near)


def test_rooms_stand_as_people_walk_them() -> None:
    walked = [
        "1.9", "1.10", "2", "2/1", "2b", "2²", "9", "10", "12", "Room 12", "12/1", "100", "101", "A1", "A2", "B1",
        "Floor 1 Room 2", "G1", "G2", "G10", "Garden", "①",
    ]  # fmt: skip
    backwards = walked[::-1]
    assert sorted(backwards, key=room_order) == walked


@given(st.lists(st.text(min_size=1, max_size=20), max_size=6))
def test_any_room_has_its_place(rooms: list[str]) -> None:
    once = sorted(rooms, key=room_order)
    backwards = once[::-1]
    assert sorted(backwards, key=room_order) == once


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("12", "Room 12"),
        ("Room 12", "Room 12"),
        ("room 12", "room 12"),
        ("A1", "Room A1"),
        ("Garden", "Garden"),
        ("①", "①"),
        ("", ""),
    ],
)
def test_a_room_is_said_once(typed: str, shown: str) -> None:
    assert room_words(typed) == shown


def test_one_number_on_two_people_marks_both_whatever_they_are_called() -> None:
    """A number is only one person's: until it is put right, both are told apart with care (H1)."""
    rose, sam = Name("Rose", "Ash", number="9990000018"), Name("Sam", "Birch", number="9990000018")
    assert alike(rose, sam)
    assert alike_among([rose, sam, Name("Tom", "Cole"), Name("Una", "Dale")]) == {rose, sam}
