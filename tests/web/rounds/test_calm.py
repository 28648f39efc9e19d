"""No calm word while something is open: each kind opened in turn, read on every first page, now and much later.
REQ-46; H24, H40.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from homeround.web.first_page import first_page_of
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.web.signing_in import sign_in
from tests.web.walking import text_of, words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")

FIRST_PAGES = ("carer", "nurse", "manager", "coordinator", "clinician", "lead", "exe_manager", "gp")
CALM = re.compile(r"nothing waits for you|every concern|all reviewed|every (other )?home has", re.IGNORECASE)
SHOWS_LINES = frozenset({"coordinator", "clinician", "lead"})
"""Whose first page lists what waits, with its age; the page of a PCN's manager counts without names."""


@pytest.mark.parametrize("kind", OPEN_THINGS)
def test_no_first_page_is_calm_while_something_is_open(world: World, clock: time_machine.Traveller, kind: str) -> None:
    thing = OPEN_THINGS[kind]
    thing.open(world)
    for later in (timedelta(0), timedelta(weeks=3), timedelta(days=91)):
        clock.move_to(AT + later, tick=False)
        turn_of = thing.now if not later else thing.late
        for name in turn_of & set(FIRST_PAGES):
            page = sign_in(world[name], at=AT + later).get(first_page_of(world[name]))
            assert page.status_code == 200
            assert not CALM.search(words_of(page)), (name, later)
            if name in SHOWS_LINES:
                assert "hr-waits__line" in text_of(page), (name, later)
