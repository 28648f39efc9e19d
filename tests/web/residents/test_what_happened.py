"""What happened stands on the page of the person with whoever wrote it, also what was taken back since. H34, H1."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import (
    Asking,
    Deciding,
    answer_query,
    ask_follow_up,
    complete_follow_up,
    decide,
    reopen_follow_up,
    reply_to_decision,
    take_back_reply,
)
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern, record_call, remove_call
from homeround.ehch.deterioration.models import Call
from homeround.ehch.residents.actions import (
    correct_room,
    go_to_hospital,
    record_departure,
    withdraw_departure,
    withdraw_hospital,
)
from homeround.ehch.rounds.actions import move_put_forward, move_review, put_forward
from tests.web.round_of_rose import begin, see
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

TODAY = AT.date()
MISTAKE = "The wrong line."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> time_machine.Traveller:
    return clock


def _asked(world: World) -> str:
    decision = Deciding("medicine", "Water tablet.", "Dry.", "Nothing.", TODAY, NEW)
    ref = decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=decision)
    return Ask.objects.get(decision__ref=ref).ref


def _reply(world: World, kind: str, words: str = "", meanwhile: str = "") -> str:
    ask = _asked(world)
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind=kind, words=words, meanwhile=meanwhile)
    return ask


def _question_answered(world: World) -> None:
    answer_query(by=world["clinician"], at=AT, ref=_reply(world, "query", "Since when?"), words="Since May.")


def _reply_taken_back(world: World) -> None:
    take_back_reply(by=world["gp"], at=AT, ref=_reply(world, "query", "Since when?"), because=MISTAKE)


def _done_taken_back(world: World) -> None:
    asking = Asking(words="Weigh her", owner="home", due_on=TODAY)
    ref = ask_follow_up(by=world["clinician"], at=AT, ref=world.residents["margaret"], asking=asking)
    complete_follow_up(by=world["nurse"], at=AT, ref=ref, words="61 kg")
    reopen_follow_up(by=world["nurse"], at=AT, ref=ref, because=MISTAKE)


def _death_taken_back(world: World) -> None:
    person = world.residents["margaret"]
    record_departure(by=world["nurse"], at=AT, ref=person, kind="died", left_on=TODAY, sure=True)
    withdraw_departure(by=world["nurse"], at=AT, ref=person, because=MISTAKE)


def _hospital_taken_back(world: World) -> None:
    person = world.residents["margaret"]
    go_to_hospital(by=world["nurse"], at=AT, ref=person, went_on=TODAY, hospital="Elsewhere General", words="A fall.")
    withdraw_hospital(by=world["nurse"], at=AT, ref=person, because=MISTAKE)


def _room_put_right(world: World) -> None:
    correct_room(by=world["nurse"], at=AT, ref=world.residents["margaret"], room="9", because=MISTAKE)


def _call_taken_back(world: World) -> None:
    ref = raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="Hot.", help_now=True)
    record_call(by=world["carer"], at=AT, ref=ref, service="111", spoke_to="a nurse", words="Keep her cool.")
    remove_call(by=world["carer"], at=AT, ref=ref, call=Call.objects.get().ref, because=MISTAKE)


def _review_moved(world: World) -> None:
    held, person = begin(world), world.residents["margaret"]
    see(world, held, notes="Chest clear.")
    move_review(
        by=world["clinician"], at=AT, ref=held, person=person, to_ref=world.residents["albert"], because=MISTAKE
    )


def _put_forward_moved(world: World) -> None:
    person, albert = world.residents["margaret"], world.residents["albert"]
    ref = put_forward(by=world["nurse"], at=AT, ref=person, asks="staff", words="Chest clear?")
    move_put_forward(by=world["nurse"], at=AT, ref=ref, to_ref=albert, because=MISTAKE)


SINCE = "(taken back or put right since)"
WRITTEN: dict[str, tuple[Callable[[World], object], tuple[str, ...], tuple[str, ...]]] = {
    # what is written; what stands in what happened; what does not, for it was perhaps about somebody else
    "where they are registered": (lambda _: None, ("GP practice: Mill Practice, registered",), ()),
    "read by the GP": (lambda world: _reply(world, "read"), ("Read by the registered GP",), ()),
    "a question": (
        lambda world: _reply(world, "query", "Since when?"),
        ("The registered GP asks", "Since when?", "Grace Poole"),
        (),
    ),
    "an answer": (_question_answered, ("Answer to the question of the registered GP", "Since May."), ()),
    "why it is not adopted": (
        lambda world: _reply(world, "do_not_adopt", "Heart failure.", "One tablet."),
        ("The registered GP does not adopt it, because", "Heart failure."),
        (),
    ),
    "a question taken back": (_reply_taken_back, (f"The registered GP asks {SINCE}", "Since when?", MISTAKE), ()),
    "done, taken back": (_done_taken_back, (f"Follow-up done {SINCE}", "Weigh her: 61 kg", MISTAKE), ()),
    "a death taken back": (_death_taken_back, (f"Died, Mon 16 Nov 2026 {SINCE}", MISTAKE), ()),
    "a call taken back": (
        _call_taken_back,
        ("Called 111, spoke to a nurse. Removed since: recorded in error", "Keep her cool."),
        (),
    ),
    "hospital, taken back": (
        _hospital_taken_back,
        (f"Why they went to hospital, Mon 16 Nov 2026 {SINCE}", "A fall.", MISTAKE),
        ("Elsewhere General",),
    ),
    "a room put right": (_room_put_right, (f"Written down: Room 1 {SINCE}", MISTAKE), ()),
    "a review moved": (_review_moved, ("An entry was removed: it was about somebody else",), ("Chest clear",)),
    "put forward, moved": (_put_forward_moved, ("An entry was removed: it was about somebody else",), ("Chest clear",)),
}


@pytest.mark.parametrize("written", WRITTEN)
def test_what_anybody_wrote_stands_in_what_happened(world: World, clock: time_machine.Traveller, written: str) -> None:
    write, stands, does_not = WRITTEN[written]
    write(world)
    clock.shift(timedelta(minutes=5))
    page = words_of(sign_in(world["nurse"]).get(reverse("resident", args=[world.residents["margaret"]])))
    happened = page.partition("Everything written down")[2]
    assert happened
    for words in stands:
        assert words in happened, happened
    for words in does_not:
        assert words not in happened
