"""Whoever is back from hospital: what was decided before is in question until they are seen in a round. H27, H32."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import Deciding, decide, reply_to_decision, settle_dispute, withdraw_decision
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.words import NEW
from homeround.ehch.residents.actions import go_to_hospital, return_from_hospital, withdraw_return
from homeround.kernel.audit.noticed import Looks
from tests.web.round_of_rose import begin, see
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

DAY = timedelta(days=1)
ORDER, AFTER, MEANWHILE = "Water tablet twice.", "Water tablet once.", "Half a tablet."
MARK, NOTE = "From before the hospital stay", "check it against the hospital’s letter"


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


def ordered(world: World, words: str = ORDER, days: int = 0) -> str:
    at = AT + days * DAY
    decision = Deciding("medicine", words, "Dry.", "x", at.date(), NEW)
    return decide(by=world["clinician"], at=at, ref=world.residents["margaret"], decision=decision)


def away(world: World, clock: time_machine.Traveller, how: str = "admitted") -> None:
    """She goes on Tuesday and is back on Thursday."""
    nurse, person = world["nurse"], world.residents["margaret"]
    clock.shift(DAY)
    go_to_hospital(at=AT + DAY, went_on=(AT + DAY).date(), by=nurse, ref=person)
    clock.shift(2 * DAY)
    return_from_hospital(at=AT + 3 * DAY, back_on=(AT + 3 * DAY).date(), how=how, by=nurse, ref=person)


def pages(world: World) -> dict[str, str]:
    """Every place that says what the home does for her, as nurse and as carer."""
    home, person = world.code("rose"), world.residents["margaret"]
    asked = [
        (who, page, arg) for who in ("nurse", "carer") for page, arg in (("home_today", home), ("resident", person))
    ]
    asked += [("nurse", "worklist", home), ("clinician", "worklist", home), ("clinician", "resident", person)]
    return {f"{who} {page}": words_of(sign_in(world[who]).get(reverse(page, args=[arg]))) for who, page, arg in asked}


@pytest.mark.parametrize("how", ["admitted", "not_admitted"])
def test_what_was_decided_before_says_so_everywhere_until_she_is_seen(
    world: World, clock: time_machine.Traveller, how: str
) -> None:
    ordered(world)
    assert not any(MARK in page for page in pages(world).values())
    away(world, clock, how)
    clock.shift(timedelta(minutes=1))
    for place, page in pages(world).items():
        assert MARK in page, place
        assert NOTE in page, place
        if "worklist" in place:
            assert "Back from hospital" in page, place
    see(world, begin(world, at=AT + 3 * DAY + timedelta(minutes=2)), at=AT + 3 * DAY + timedelta(minutes=2))
    clock.shift(timedelta(minutes=2))
    for place, page in pages(world).items():
        assert MARK not in page, place
        assert "Back from hospital, not" not in page, place


def test_a_round_before_the_return_of_that_day_has_not_seen_her(world: World, clock: time_machine.Traveller) -> None:
    ordered(world)
    away(world, clock)
    see(world, begin(world, at=AT + 3 * DAY - timedelta(hours=1)), at=AT + 3 * DAY - timedelta(hours=1))
    assert all(MARK in page for page in pages(world).values())


def test_what_is_decided_after_the_return_is_not_in_question(world: World, clock: time_machine.Traveller) -> None:
    away(world, clock)
    ordered(world, AFTER, days=3)
    assert not any(MARK in page for page in pages(world).values())


def test_a_dispute_of_before_is_in_question_too_and_its_settlement_of_after_is_not(
    world: World, clock: time_machine.Traveller
) -> None:
    ref = ordered(world)
    ask = Ask.objects.get(decision__ref=ref).ref
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="No.", meanwhile=MEANWHILE)
    away(world, clock)
    assert all(NOTE in page for page in pages(world).values())
    clock.shift(DAY)
    settle_dispute(by=world["clinician"], at=AT + 4 * DAY, ref=ref, words="Called.", settled_as="meanwhile")
    assert not any(NOTE in page for page in pages(world).values())


def test_a_return_taken_back_takes_the_mark_with_it(world: World, clock: time_machine.Traveller) -> None:
    ordered(world)
    away(world, clock)
    withdraw_return(by=world["nurse"], at=AT + 3 * DAY, ref=world.residents["margaret"], because="Her neighbour.")
    assert not any(MARK in page for page in pages(world).values())


def test_what_was_taken_back_is_not_in_question(world: World, clock: time_machine.Traveller) -> None:
    ref = ordered(world)
    away(world, clock)
    withdraw_decision(by=world["clinician"], at=AT + 3 * DAY, ref=ref, because="Wrong chart.")
    assert not any(NOTE in page for page in pages(world).values())


def test_the_last_day_stays_beside_the_mark(world: World, clock: time_machine.Traveller) -> None:
    decision = Deciding("medicine", ORDER, "Dry.", "x", AT.date(), NEW, until_on=(AT + 10 * DAY).date())
    decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=decision)
    away(world, clock)
    assert all(f"{MARK}, until Thu 26 Nov 2026" in page for page in pages(world).values())
