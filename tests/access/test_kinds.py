"""The access table, line by line: which kinds of information each capacity reads in its own place, and none elsewhere.

What is written here is the table as agreed; the code's own (`accounts.rights`) must say the same.
"""

from __future__ import annotations

import pytest

from homeround.accounts.rights import Kind, Role
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import see_home
from homeround.ehch.residents.access import see_resident
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import NotAllowed, NotHere
from tests.access.people import LINES, Line
from tests.world import AT, World

PEOPLE_KINDS = (Kind.IDENTITY, Kind.LIVING, Kind.CLINICAL, Kind.RESTRICTED)

AGREED = {
    # what each line reads of A identity, B living, C clinical, D restricted; E service, F counts
    "carer": ("yes", "yes", "what the home must do", "circle", "own home", "own home"),
    "agency carer": ("yes", "yes", "what the home must do", "no", "no", "no"),
    "home nurse": ("yes", "yes", "yes", "circle", "own home", "own home"),
    "home senior": ("yes", "yes", "yes", "circle", "own home", "own home"),
    "home manager": ("yes", "yes", "yes", "circle, never about themselves", "own home", "own home"),
    "care coordinator": ("yes", "yes", "decisions, follow-ups", "circle", "PCN", "PCN"),
    "clinician of the round": ("yes", "yes", "yes", "circle", "PCN", "PCN"),
    "pharmacist": ("yes", "yes", "yes", "circle", "PCN", "PCN"),
    "clinical lead": ("yes", "yes", "yes", "circle", "PCN", "PCN"),
    "PCN manager": ("no", "no", "no", "no", "PCN", "PCN, as counts"),
    "registered practice, clinician": ("yes", "yes", "yes", "circle", "no", "no"),
    "registered practice, clerk": ("yes", "no", "title and due date", "no", "no", "no"),
    "community team member": ("yes", "yes", "yes", "circle", "no", "no"),
    "co-opted": ("yes", "yes", "yes", "circle", "no", "no"),
    "IG lead": ("name in the log", "no", "no", "no", "own", "no"),
    "ICB officer": ("no", "no", "no", "no", "yes", "counts by area"),
    "system administrator": ("no", "no", "no", "no", "health of the system", "no"),
}

NEVER_A_PERSON = frozenset({"PCN manager", "IG lead", "ICB officer", "system administrator"})
"""Lines to whom no person is here at all: the name in the log is no way to a page about somebody."""


def test_every_line_of_the_table_is_tried() -> None:
    assert [line.words for line in LINES] == list(AGREED)


def test_every_role_has_a_line(world: World) -> None:
    """A new role fails here until two people of it are tried: one in their own place and one elsewhere."""
    assert {world[line.own].role for line in LINES} == set(Role)
    assert {world[line.other].role for line in LINES} == set(Role)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.words)
def test_what_a_line_reads_of_a_person_in_its_own_place(line: Line, world: World, looks: Looks) -> None:
    for kind, agreed in zip(PEOPLE_KINDS, AGREED[line.words], strict=False):
        seen = _sees_person(world[line.own], world.residents[line.about], kind)
        if line.words in NEVER_A_PERSON:
            assert seen == "not here", kind
        else:
            assert seen == ("not allowed" if agreed == "no" else "sees"), kind


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.words)
def test_a_line_reads_nothing_of_a_person_elsewhere(line: Line, world: World, looks: Looks) -> None:
    for kind in PEOPLE_KINDS:
        assert _sees_person(world[line.other], world.residents[line.about], kind) == "not here", kind


HOME_LINES = frozenset(AGREED) - {
    "registered practice, clinician",
    "registered practice, clerk",
    "co-opted",
    "system administrator",
}
"""Lines whose own place is a home, a PCN with homes, or an area."""


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.words)
def test_what_a_line_reads_of_a_home(line: Line, world: World, looks: Looks) -> None:
    for kind, agreed in zip((Kind.SERVICE, Kind.COUNTS), AGREED[line.words][4:], strict=True):
        expected = "sees" if agreed != "no" else "not allowed"
        if line.words not in HOME_LINES:
            expected = "not here"
        assert _sees_home(world[line.own], world.code("rose"), kind) == expected, kind
        assert _sees_home(world[line.other], world.code("rose"), kind) == "not here", kind


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.words)
def test_the_code_says_what_was_agreed(line: Line, world: World) -> None:
    capacity = world[line.own].capacity
    if line.words == "co-opted":
        from homeround.accounts.rights import CO_OPTED as capacity  # noqa: PLC0415, N811
    for kind, agreed in zip(Kind, AGREED[line.words], strict=True):
        assert (capacity.extent(kind) == "no") == (agreed == "no"), kind


def _sees_person(viewer: Viewer, ref: str, kind: Kind) -> str:
    try:
        see_resident(viewer=viewer, ref=ref, at=AT, kind=kind)
    except NotHere:
        return "not here"
    except NotAllowed:
        return "not allowed"
    return "sees"


def _sees_home(viewer: Viewer, code: str, kind: Kind) -> str:
    try:
        see_home(viewer=viewer, code=code, at=AT, kind=kind)
    except NotHere:
        return "not here"
    except NotAllowed:
        return "not allowed"
    return "sees"
