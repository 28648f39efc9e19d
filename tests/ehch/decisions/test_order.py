"""In which order what awaits a reply is listed: for the practice that replies, and for the home that waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from homeround.ehch.alignment.access import see_home
from homeround.ehch.decisions.queries import awaited_in, awaiting_reply
from homeround.kernel.audit.noticed import Looks
from tests.ehch.decisions.deciding import TODAY, Case
from tests.world import AT, World


@pytest.fixture
def case(world: World, looks: Looks) -> Case:
    """The one that was decided last is due last; the first was queried, the third is in dispute."""
    case = Case(world)
    for day, words in enumerate(("queried", "first", "disputed", "last")):
        case.at = AT + timedelta(days=day)
        case.decide(words, from_on=TODAY + timedelta(days=day))
    case.at = AT + timedelta(days=4)
    case.reply("queried", "query", words="Why?")
    return case


def test_for_the_practice_what_is_due_first_and_its_own_question_last(case: Case) -> None:
    rows = awaiting_reply(viewer=case.world["gp"], at=case.at)
    assert [row.decided for row in rows] == ["first", "disputed", "last", "queried"]


def test_for_the_home_disputes_first_then_what_is_due_first(case: Case) -> None:
    case.dispute("disputed", meanwhile="wait")
    rows = awaited_in(see_home(viewer=case.world["nurse"], code=case.world.code("rose"), at=case.at))
    assert [row.decided for row in rows] == ["disputed", "queried", "first", "last"]
