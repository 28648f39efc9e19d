"""A concern that was answered and opened again, and what was taken back of it: each page says the same, and truly. H3,
H34.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.deterioration.actions import (
    add_words,
    answer_concern,
    mark_read,
    raise_concern,
    record_call,
    remove_call,
    reopen_concern,
)
from homeround.ehch.deterioration.models import Call
from homeround.ehch.residents.actions import record_departure
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> time_machine.Traveller:
    return clock


def worry(world: World, words: str = "Not herself.", *, help_now: bool = False) -> str:
    ref = world.residents["margaret"]
    return raise_concern(by=world["carer"], at=AT, ref=ref, words=words, help_now=help_now)


def page_of(world: World, address: str, who: str = "nurse") -> str:
    return words_of(sign_in(world[who]).get(address))


def places(world: World, concern: str) -> tuple[str, str, str]:
    """Its own page, the person's, and the home's first page."""
    return f"/concerns/{concern}", f"/residents/{world.residents['margaret']}", f"/homes/{world.code('rose')}"


def test_answered_and_opened_again_is_not_unread(world: World) -> None:
    concern = worry(world)
    answer_concern(by=world["clinician"], at=AT, ref=concern, words="On the round.")
    reopen_concern(by=world["coordinator"], at=AT, ref=concern, because="That was Albert.")
    for place in places(world, concern):
        page = page_of(world, place)
        assert "nswered and opened again, not answered now" in page, place
        assert "not read yet" not in page.lower(), place


def test_what_was_taken_back_is_not_said_never_to_have_been(world: World) -> None:
    concern = worry(world, help_now=True)
    own, person, _ = places(world, concern)
    assert "Nobody has written anything about it yet." in page_of(world, own)
    record_call(by=world["carer"], at=AT, ref=concern, service="NHS 111", spoke_to="Sam", words="Wait.")
    remove_call(by=world["nurse"], at=AT, ref=concern, call=Call.objects.get().ref, because="Another home.")
    answer_concern(by=world["clinician"], at=AT, ref=concern, words="On the round.")
    reopen_concern(by=world["coordinator"], at=AT, ref=concern, because="That was Albert.")
    page = page_of(world, own)
    assert "Nothing that stands: what was written about it was taken back." in page
    assert "Nobody has written anything" not in page
    happened = page_of(world, person)
    for line in (
        "Answer to the concern. Taken back since On the round.",
        "An answer was taken back, and the concern opened again That was Albert.",
        "Called NHS 111, spoke to Sam. Removed since: recorded in error Wait.",
        "A call was removed, recorded in error Another home.",
    ):
        assert line in happened, line


@pytest.mark.parametrize("days", [0, 2])
@pytest.mark.parametrize("done", ["nothing", "read", "added to", "answered and opened again", "to be phoned"])
def test_one_mark_wherever_it_stands(world: World, clock: time_machine.Traveller, done: str, days: int) -> None:
    """Words and sign of its status are the same on its page, the person's and the home's first page."""
    concern = worry(world, help_now=done == "to be phoned")
    if done in {"read", "added to"}:
        mark_read(by=world["coordinator"], at=AT, ref=concern)
    if done == "added to":
        add_words(by=world["carer"], at=AT, ref=concern, words="Now very hot.")
    if done == "answered and opened again":
        answer_concern(by=world["clinician"], at=AT, ref=concern, words="On the round.")
        reopen_concern(by=world["coordinator"], at=AT, ref=concern, because="That was Albert.")
    at = AT + timedelta(days=days)
    clock.move_to(at)
    marks = set()
    for place in places(world, concern):
        page = words_of(sign_in(world["nurse"], at=at).get(place))
        words = next(said for said in SAID if said in page)
        marks |= {(words, before.rstrip()[-1:]) for before in page.split(words)[:-1] if before.rstrip()[-1:] in SIGNS}
    assert len(marks) == 1, marks


SIGNS = "…!✕✓"
SAID = (
    "To be phoned",
    "Answered and opened again, not answered now",
    "Added to since Amina read it: not read yet",
    "Amina has read this, no answer yet",
    "Not read yet",
)


def test_that_there_are_no_words_is_quoted_nowhere(world: World) -> None:
    concern = worry(world, "", help_now=True)
    person = world.residents["margaret"]
    addresses = [*places(world, concern), f"/residents/{person}/concerns/new"]
    for address in addresses:
        page = page_of(world, address)
        assert "No words yet" in page, address
        assert "“No words yet" not in page, address
    answer_concern(by=world["clinician"], at=AT, ref=concern, words="I was with her.")
    for address in addresses[1:3]:
        assert "“No words yet" not in page_of(world, address), address
    left = worry(world, "", help_now=True)
    record_departure(by=world["nurse"], at=AT, ref=person, kind="moved_home", left_on=AT.date())
    for address in (f"/residents/{person}/handover", f"/concerns/{left}"):
        assert "“No words yet" not in page_of(world, address), address
        assert "““" not in page_of(world, address), address
