"""No calm word while something is open: each kind opened in turn, read on every first page, now and much later.
REQ-46; H24, H40.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.rules import Wait
from homeround.ehch.rounds.queries import Waiting
from homeround.web.first_page import first_page_of
from homeround.web.presenters.states import Status
from homeround.web.presenters.waits import wait_list
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.web.signing_in import sign_in
from tests.web.walking import text_of, words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")

FIRST_PAGES = ("carer", "nurse", "manager", "coordinator", "clinician", "lead", "exe_manager", "gp")
CALM = re.compile(r"nothing waits for you|every concern|all reviewed|every (other )?home has", re.IGNORECASE)
NOTHING = re.compile(r"nothing waits for you", re.IGNORECASE)
SHOWS_LINES = frozenset({"coordinator", "clinician", "lead"})
"""Whose first page lists what waits, with its age; the page of a PCN's manager counts without names."""


@pytest.mark.parametrize("kind", OPEN_THINGS)
def test_no_first_page_is_calm_while_something_is_open(world: World, clock: time_machine.Traveller, kind: str) -> None:
    thing = OPEN_THINGS[kind]
    thing.open(world)
    for later in (timedelta(0), timedelta(weeks=3), timedelta(days=91)):
        clock.move_to(AT + later, tick=False)
        turn_of = thing.now if not later else thing.after(later)
        for name in FIRST_PAGES:
            page = sign_in(world[name], at=AT + later).get(first_page_of(world[name]))
            assert page.status_code == 200
            assert not NOTHING.search(words_of(page)), (name, later, "calm for one beside what waits for others")
            if name in turn_of:
                assert not CALM.search(words_of(page)), (name, later)
            if name in turn_of & SHOWS_LINES:
                assert "hr-waits__line" in text_of(page), (name, later)


def test_a_carer_reads_no_tick_beside_a_concern_that_waits_for_others(world: World) -> None:
    OPEN_THINGS["unread"].open(world)
    page = words_of(sign_in(world["carer"]).get(first_page_of(world["carer"])))
    assert "“Not herself.”" in page
    assert re.search(r"Nothing for you now\. For others: 1 concern to answer; \d other thing", page)


def test_where_nothing_waits_for_anybody_it_is_calm_and_says_so() -> None:
    nothing = Waiting(mine=(), by_rank={}, late=0, everything=())
    assert wait_list(nothing, AT.date()).calm == Status("Nothing waits for you", "good")
    for kind in OPEN_THINGS:
        other = Wait(kind, 1, "P", 1, None, None, AT, "", "A", words="", whom="")
        assert wait_list(replace(nothing, everything=(other,)), AT.date()).calm.tone == "wait", kind


@pytest.mark.parametrize(
    "name", ["carer", "nurse", "senior", "manager", "coordinator", "clinician", "pharmacist", "lead"]
)
def test_a_new_concern_stands_above_what_is_late_on_every_first_page(
    world: World, clock: time_machine.Traveller, name: str
) -> None:
    for kind in ("round_missed", "follow_up", "follow_up_pcn", "silence", "came_back", "gp_question"):
        OPEN_THINGS[kind].open(world)
    at = AT + timedelta(weeks=3)
    clock.move_to(at, tick=False)
    raise_concern(by=world["carer"], at=at, ref=world.residents["albert"], words="Pale and quiet.", help_now=False)
    page = text_of(sign_in(world[name], at=at).get(first_page_of(world[name])))
    assert page.index("Pale and quiet.") < page.index("Weigh her"), name
    lines = [words for words in page.split("hr-waits__line")[1:] if "Pale and quiet." in words]
    assert len(lines) == (0 if name in {"carer", "nurse", "senior", "manager"} else 1)


def test_a_missed_round_says_when_the_last_was_beside_its_age(world: World) -> None:
    OPEN_THINGS["round_missed"].open(world)
    page = words_of(sign_in(world["lead"]).get(first_page_of(world["lead"])))
    assert "No round for 1 whole week, the last was Mon 2 Nov 2026 Rose House" in page
