"""A row about somebody of the home says their room and marks a like name, on every list of whoever works there (H1);
and what is open stands on the list behind it also when the person has died (H32).
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.actions import record_departure
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

LISTS = ("/homes/{code}", "/homes/{code}/follow-ups", "/homes/{code}/replies", "/homes/{code}/worklist", "/waiting")
KINDS = ("to_be_phoned", "dispute", "silence", "follow_up")


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_about_a_person_has_the_room(world: World, kind: str, clock: time_machine.Traveller) -> None:
    OPEN_THINGS[kind].open(world)
    later = AT + timedelta(days=8)
    clock.move_to(later)
    client, shown = sign_in(world["nurse"], at=later), 0
    for path in LISTS:
        page = client.get(path.format(code=world.code("rose"))).content.decode()
        rows = [row[:700] for row in page.split('<span class="hr-person">')[1:]]
        assert [row for row in rows if "hr-person__room" not in row.split("</p>")[0].split("</td>")[0]] == [], path
        shown += len(rows)
    assert shown > 3


@pytest.mark.parametrize("path", [LISTS[0], LISTS[3], LISTS[4]])
def test_a_like_name_is_marked_wherever_it_stands(world: World, path: str) -> None:
    raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="Not herself.", help_now=True)
    page = sign_in(world["nurse"], at=AT).get(path.format(code=world.code("rose"))).content.decode()
    rows = [row[:700] for row in page.split('<span class="hr-person">')[1:] if "Margaret H" in row[:300]]
    assert rows
    assert [row for row in rows if "hr-person__alike" not in row] == []


@pytest.mark.parametrize("kind", ["silence", "dispute", "gp_question"])
@pytest.mark.parametrize("left", ["died", "left", "moved_home"])
def test_what_a_departure_does_not_close_stays_on_the_list_of_the_home(
    world: World, kind: str, left: str, clock: time_machine.Traveller
) -> None:
    OPEN_THINGS[kind].open(world)
    at = AT + timedelta(minutes=5)
    record_departure(by=world["nurse"], at=at, ref=world.residents["winifred"], kind=left, left_on=AT.date())
    clock.move_to(at)
    for who in ("nurse", "coordinator"):
        page = words_of(sign_in(world[who], at=at).get(f"/homes/{world.code('rose')}/replies"))
        went = {"died": "Died", "left": "Left", "moved_home": "Moved to another home"}[left]
        assert f"Winifred Achterberg-Featherstonehaugh {went} Mon 16 Nov 2026 does not live here now" in page


def test_a_carer_is_told_who_writes_down_that_it_is_done(world: World) -> None:
    OPEN_THINGS["follow_up"].open(world)
    client = sign_in(world["carer"], at=AT)
    page = client.get(f"/homes/{world.code('rose')}").content.decode()
    ref = page.split("/follow-ups/")[1][:16]
    assert "tell a nurse, a senior or the manager" in words_of(client.get(f"/follow-ups/{ref}"))
    assert "tell a nurse" not in words_of(sign_in(world["nurse"], at=AT).get(f"/follow-ups/{ref}"))


def test_who_needs_help_now_stands_first_on_the_worklist(world: World) -> None:
    raise_concern(by=world["carer"], at=AT, ref=world.residents["albert"], words="", help_now=True)
    for who in ("nurse", "coordinator", "clinician"):
        page = words_of(sign_in(world[who], at=AT).get(f"/homes/{world.code('rose')}/worklist"))
        assert "Must Help is needed now: to be phoned" in page
        assert page.index("Albert Okafor") < page.index("Margaret Hill")
