"""What an answer to a concern told the home stands with the person, on every page that says what the home does, until
they are seen in a round: nobody has to remember it. H3, H27, REQ-87.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.deterioration.actions import (
    answer_concern,
    move_concern,
    raise_concern,
    record_call,
    remove_concern,
    reopen_concern,
)
from homeround.kernel.audit.noticed import Looks
from tests.web.round_of_rose import begin, see
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

DAY = timedelta(days=1)
WATCH = "Take her temperature each evening; call 111 above 38."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


def answered(world: World, words: str = WATCH, *, called: str = "") -> str:
    ref = raise_concern(
        by=world["carer"], at=AT, ref=world.residents["margaret"], words="Hot and sleepy.", help_now=bool(called)
    )
    if called:
        record_call(by=world["carer"], at=AT, ref=ref, service="111", spoke_to="a nurse", words=called)
    return answer_concern(by=world["clinician"], at=AT, ref=ref, words=words)


def places(world: World) -> dict[str, str]:
    """What every page that says what the home does says of it, below the heading of that part."""
    home, person = world.code("rose"), world.residents["margaret"]
    asked = [("carer", "resident", person), ("nurse", "resident", person), ("nurse", "worklist", home)]
    asked += [("clinician", "worklist", home), ("carer", "home_today", home), ("nurse", "home_today", home)]
    pages = {f"{who} {page}": words_of(sign_in(world[who]).get(reverse(page, args=[arg]))) for who, page, arg in asked}
    return {
        place: page.partition("What we do for")[2] if "resident" in place else page for place, page in pages.items()
    }


@pytest.mark.parametrize("days", [0, 3, 20])
def test_it_stands_everywhere_until_she_is_seen(world: World, clock: time_machine.Traveller, days: int) -> None:
    answered(world)
    clock.shift(days * DAY)
    for place, page in places(world).items():
        assert WATCH in page, place
        assert "Answer to a concern" in page, place
    at = AT + days * DAY + timedelta(minutes=5)
    clock.shift(timedelta(minutes=5))
    see(world, begin(world, at=at), at=at)
    for place, page in places(world).items():
        assert "Answer to a concern" not in page, place


def test_the_clinician_of_the_round_reads_it_beside_the_review(world: World) -> None:
    answered(world)
    held = begin(world)
    page = words_of(sign_in(world["clinician"]).get(reverse("review", args=[held, world.residents["margaret"]])))
    assert WATCH in page
    assert WATCH in words_of(sign_in(world["clinician"]).get(reverse("round", args=[held])))


def test_it_says_who_said_it_to_what_and_what_had_been_said_on_the_telephone(world: World) -> None:
    answered(world, called="Keep her cool.")
    page = words_of(sign_in(world["carer"]).get(reverse("resident", args=[world.residents["margaret"]])))
    said = page.partition("What we do for")[2]
    assert "In answer to “Hot and sleepy.”" in said or "in answer to “Hot and sleepy.”" in said
    assert "Before it: called 111, spoke to a nurse: Keep her cool." in said
    assert "Priya Shah" in said


def test_an_answer_that_was_taken_back_is_said_not_to_be_done(world: World, clock: time_machine.Traveller) -> None:
    """Somebody has perhaps begun. Said again in the same words it is to be done."""
    ref = answered(world)
    reopen_concern(by=world["clinician"], at=AT + timedelta(minutes=1), ref=ref, because="About another.")
    clock.shift(timedelta(minutes=2))
    for place, page in places(world).items():
        assert f"Do not do this, the answer was taken back: “{WATCH}”" in page, place
        assert "Answer to a concern" not in page, place
    answer_concern(by=world["clinician"], at=AT + timedelta(minutes=3), ref=ref, words=WATCH)
    clock.shift(timedelta(minutes=2))
    for place, page in places(world).items():
        assert "Do not do this" not in page, place
        assert "Answer to a concern" in page, place


def test_an_answer_that_came_back_with_its_concern_is_not_said_to_be_of_another(
    world: World, clock: time_machine.Traveller
) -> None:
    """It was moved away by mistake and back: it is not to be said about her that it was about somebody else."""
    ref = answered(world)
    albert, margaret = world.residents["albert"], world.residents["margaret"]
    away = move_concern(by=world["carer"], at=AT + timedelta(minutes=1), ref=ref, to_ref=albert, because="Next room.")
    clock.shift(timedelta(minutes=1))
    assert "an answer about somebody else" in places(world)["carer resident"]
    move_concern(by=world["carer"], at=AT + timedelta(minutes=2), ref=away, to_ref=margaret, because="It was hers.")
    clock.shift(timedelta(minutes=1))
    assert not any("an answer about somebody else" in page for page in places(world).values())


def test_an_answer_to_a_concern_that_was_removed_tells_nothing(world: World) -> None:
    ref = answered(world)
    remove_concern(by=world["carer"], at=AT + timedelta(minutes=1), ref=ref, because="Not so.")
    assert not any(WATCH in page.partition("What happened")[0] for page in places(world).values())


def test_nobody_reads_it_for_ever(world: World, clock: time_machine.Traveller) -> None:
    answered(world)
    clock.shift(29 * DAY)
    assert not any("Answer to a concern" in page for page in places(world).values())
