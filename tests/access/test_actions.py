"""Every action by every line of the access table: done, not allowed, or not here; in the own place and in another.

An action without a row fails the suite. The same things are there for yes and for no; only who acts changes.
"""

from __future__ import annotations

import pytest

from tests.access.acting import Row, about_whom, every_action, ready, tried
from tests.access.people import LINES, Line
from tests.access.rows import ELSEWHERE_TESTED, ROWS
from tests.world import World


def test_every_action_has_a_row() -> None:
    assert set(every_action()) == {*ROWS, *ELSEWHERE_TESTED}


@pytest.mark.parametrize("name", ROWS)
def test_an_action_by_everybody_in_their_own_place(name: str, world: World, things: dict[str, str]) -> None:
    row = ROWS[name]
    ready(name, world, things)
    came_of_it = {line.words: tried(row, world, about_whom(line, world, things), world[line.own]) for line in LINES}
    expected = {line.words: _expected(row, line) for line in LINES}
    assert came_of_it == expected


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if not row.alone])
def test_an_action_by_everybody_from_elsewhere(name: str, world: World, things: dict[str, str]) -> None:
    ready(name, world, things)
    elsewhere = [line for line in LINES if line.other != line.own]
    came_of_it = {line.words: tried(ROWS[name], world, things, world[line.other]) for line in elsewhere}
    assert set(came_of_it.values()) == {"not here"}, came_of_it


def _expected(row: Row, line: Line) -> str:
    if line.words in row.may:
        return "done"
    if line.words == "co-opted" and (row.of_a_thing or row in _NOT_ON_THE_PERSON):
        return "not here"
    return "not allowed" if line.words in row.refused else "not here"


_NOT_ON_THE_PERSON = [
    ROWS[name]
    for name in ROWS
    if name.startswith(("deterioration.", "decisions.", "rounds.say_not_needed", "rounds.move_put_forward"))
    and name not in {"deterioration.raise_concern", "decisions.decide", "decisions.ask_follow_up"}
]
"""Actions on a thing of Margaret's: whoever was co-opted for somebody else does not see it."""
