"""What a departure closes is closed on every page, and what stays owed is open on every page. C13; H12, H32.

Each kind of open thing, each way of going, each page that shows it: the words on the page say what the rules say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.decisions.actions import Asking, Deciding, ask_follow_up, decide, reply_to_decision
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents import rules
from homeround.ehch.residents.actions import record_departure, withdraw_departure
from homeround.ehch.residents.models import Resident
from homeround.ehch.residents.words import LEAVING
from homeround.ehch.rounds.queries import still_open
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

TODAY = AT.date()
WORDS = "Keeps her left hand in a fist"


def _concern(world: World, ref: str) -> str:
    return f"/concerns/{raise_concern(by=world['carer'], at=AT, ref=ref, words=WORDS, help_now=True)}"


def _follow_up(world: World, ref: str) -> str:
    return f"/follow-ups/{ask_follow_up(by=world['clinician'], at=AT, ref=ref, asking=Asking(WORDS, 'home', TODAY))}"


def _dispute(world: World, ref: str) -> str:
    decision = Deciding("plan", "A splint at night", "Needed.", "nothing", TODAY, replaces=NEW)
    decided = decide(by=world["clinician"], at=AT, ref=ref, decision=decision)
    ask = Ask.objects.get(decision__ref=decided).ref
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="No.", meanwhile=WORDS)
    return f"/decisions/{decided}"


MAKE: dict[str, Callable[[World, str], str]] = {"concern": _concern, "follow_up": _follow_up, "dispute": _dispute}
OPEN = {
    # on the person's page, on the thing's own page: words that only what is open has
    "concern": ("To be phoned", "Call now"),
    "follow_up": (f"Due today {WORDS}", "Due today"),
    "dispute": ("In dispute", "Write how it was settled"),
}


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


@pytest.mark.parametrize("kind", [kind.value for kind in LEAVING])
@pytest.mark.parametrize("what", sorted(MAKE))
def test_open_is_open_and_closed_is_closed_on_every_page(
    world: World, clock: time_machine.Traveller, what: str, kind: str
) -> None:
    ref = world.residents["margaret"]
    resident = _number(ref)
    own = MAKE[what](world, ref)
    person = f"/residents/{ref}"
    assert _says(world, person, own, what) == {True}
    clock.shift(timedelta(minutes=5))
    record_departure(by=world["nurse"], at=AT + timedelta(minutes=5), ref=ref, kind=kind, left_on=TODAY)
    is_open = not rules.closes(what, kind)
    assert _says(world, person, own, what) == {is_open}, "the pages and the rules say the same"
    assert bool(still_open(resident, world.bodies["rose"].pk, AT)) is (is_open or what == "dispute")
    clock.shift(timedelta(minutes=5))
    withdraw_departure(by=world["nurse"], at=AT + timedelta(minutes=10), ref=ref, because="her neighbour")
    assert _says(world, person, own, what) == {True}, "open again, everywhere"


def _says(world: World, person: str, own: str, what: str) -> set[bool]:
    """Whether the pages say that it is open: the person's and the thing's own."""
    client = sign_in(world["clinician"])
    on_person, on_own = OPEN[what]
    return {on_person in words_of(client.get(person)), on_own in words_of(client.get(own))}


def _number(ref: str) -> int:
    return Resident.objects.get(ref=ref).pk
