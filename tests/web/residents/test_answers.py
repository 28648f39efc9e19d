"""An answer of the PCN reaches the home's first page, for whoever asked and whoever comes on shift. REQ-87."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.decisions.actions import withdraw_decision
from homeround.ehch.decisions.models import Decision
from homeround.ehch.deterioration.actions import answer_concern, reopen_concern
from homeround.ehch.rounds.actions import record_review
from tests.web.round_of_rose import CHANGE, WORRY, begin, see, worry
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

HEADING = "Answers of the last two days"
WORDS = "Push fluids, call again if she is worse."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def today(world: World, who: str) -> str:
    return words_of(sign_in(world[who]).get(f"/homes/{world.code('rose')}"))


@pytest.mark.parametrize("who", ["carer", "nurse", "manager", "coordinator"])
def test_it_stands_there_for_two_days(world: World, clock: time_machine.Traveller, who: str) -> None:
    assert HEADING not in today(world, who)
    answer_concern(by=world["clinician"], at=AT, ref=worry(world), words=WORDS)
    page = today(world, who)
    assert f"{WORDS} Priya Shah, Mon 16 Nov 2026, 10:00, to “{WORRY}”" in page
    clock.shift(timedelta(days=2, minutes=1))
    assert HEADING not in today(world, who)


def test_one_that_is_open_again_has_no_answer(world: World) -> None:
    ref = worry(world)
    answer_concern(by=world["clinician"], at=AT, ref=ref, words=WORDS)
    reopen_concern(by=world["clinician"], at=AT, ref=ref, because="That was Albert.")
    assert HEADING not in today(world, "carer")


def test_a_review_answers_by_what_applies_now(world: World) -> None:
    ref, held = worry(world), begin(world)
    see(world, held, answers=(ref,))
    page = today(world, "carer")
    assert "Seen on the round. No decision applies now: ask whoever saw them what to do" in page
    assert "with their name below" not in page, "nothing stands there"


def test_an_answer_whose_decision_was_withdrawn_is_none(world: World) -> None:
    ref, held = worry(world), begin(world)
    review = replace(CHANGE, answers=(ref,))
    record_review(by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"], review=review)
    assert "Seen on the round. What we do now is with their name below" in today(world, "carer")
    withdraw_decision(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, because="Wrong chart.")
    assert HEADING not in today(world, "carer")
