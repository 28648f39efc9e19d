"""One follow-up or decision has one mark, wherever it stands: on the person's page, on lists, in the round and on
its own. H24, H27, H34.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import (
    Asking,
    Deciding,
    cannot_follow_up,
    complete_follow_up,
    decide,
    pass_on_follow_up,
    reply_to_decision,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, Decision, FollowUp
from homeround.ehch.decisions.words import IN_DISPUTE_ASK, NEW, STILL_NEEDED
from homeround.ehch.rounds.actions import Reviewing, close_round, record_review
from homeround.kernel.audit.noticed import Looks
from tests.web.round_of_rose import begin
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

TODAY = AT.date()
LAST = TODAY + timedelta(days=2)
ORDER, LATER_ORDER = "5 mg.", "7 mg."
DUE = "Due Fri 4 Dec 2026"


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


def reviewed(world: World, *, is_closed: bool = False) -> str:
    """A round in which Margaret's order was changed for some days, and somebody is to weigh her on Friday week."""
    held = begin(world)
    review = Reviewing(
        how="in_person",
        outcome="medicine_changed",
        decision=Deciding("medicine", ORDER, "Drowsy.", "10 mg.", TODAY, NEW, until_on=LAST),
        follow_up=Asking("Weigh her", "home", TODAY + timedelta(days=18)),
    )
    record_review(by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"], review=review)
    if is_closed:
        close_round(by=world["clinician"], at=AT, ref=held)
    return held


def opens(world: World, who: str, page: str, *args: str) -> str:
    return words_of(sign_in(world[who]).get(reverse(page, args=args)))


def says(world: World, kind: str) -> None:
    words = {} if kind == "read" else {"words": "No.", "meanwhile": "10 mg."}
    reply_to_decision(by=world["gp"], at=AT, ref=Ask.objects.get().ref, kind=kind, **words)


def _nothing(world: World) -> None:
    """It is as it was decided."""


def _withdrawn(world: World) -> None:
    withdraw_decision(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, because="No.")


BECOMES: dict[str, tuple[Callable[[World], None], int, str]] = {
    "applies": (_nothing, 0, DUE),
    "ended": (_nothing, 3, f"What was decided was until Wed 18 Nov 2026. {DUE}"),
    "withdrawn": (_withdrawn, 0, f"{STILL_NEEDED} {DUE}"),
    "in dispute": (lambda world: says(world, "do_not_adopt"), 0, f"{IN_DISPUTE_ASK} {DUE}"),
    "in dispute, ended": (lambda world: says(world, "do_not_adopt"), 3, f"{IN_DISPUTE_ASK} {DUE}"),
}


@pytest.mark.parametrize("who", ["nurse", "carer"])
@pytest.mark.parametrize("name", BECOMES)
def test_a_follow_up_has_one_mark(world: World, clock: time_machine.Traveller, name: str, who: str) -> None:
    held = reviewed(world, is_closed=True)
    become, days, mark = BECOMES[name]
    become(world)
    clock.move_to(AT + timedelta(days=days))
    pages = {
        "person": opens(world, who, "resident", world.residents["margaret"]),
        "own": opens(world, who, "follow_up", FollowUp.objects.get().ref),
        "list": opens(world, who, "home_follow_ups", world.code("rose")),
        "round": opens(world, who, "round", held),
    }
    for page, words in pages.items():
        assert mark in words, page
        assert words.count(DUE) == words.count(mark), page


def test_what_could_not_be_done_has_one_mark(world: World) -> None:
    reviewed(world)
    cannot_follow_up(by=world["nurse"], at=AT, ref=FollowUp.objects.get().ref, words="No scales.")
    _withdrawn(world)
    for page, ref in (("resident", world.residents["margaret"]), ("follow_up", FollowUp.objects.get().ref)):
        words = opens(world, "clinician", page, ref)
        assert f"Could not be done: waits for those who asked. {STILL_NEEDED}" in words, page


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("is_done", [False, True])
def test_what_was_passed_on_says_in_the_round_what_took_its_place(world: World, times: int, *, is_done: bool) -> None:
    held = reviewed(world, is_closed=True)
    for who in ("senior", "manager")[:times]:
        last, to = FollowUp.objects.latest("pk").ref, str(world[who].membership_id)
        pass_on_follow_up(by=world["nurse"], at=AT, ref=last, to=to, words="Away.")
    newest = FollowUp.objects.latest("pk")
    if is_done:
        complete_follow_up(by=world["nurse"], at=AT, ref=newest.ref, words="50 kg.")
    page = sign_in(world["nurse"]).get(reverse("round", args=[held]))
    to = {1: "Saul Senior, Rose House", 2: "Maud Keeper, Rose House"}[times]
    said = f"Passed on, now asked of {to}: {'Done' if is_done else DUE}"
    assert words_of(page).count(said) == 2
    assert f'href="{reverse("follow_up", args=[newest.ref])}"' in page.content.decode()


def _replaced(world: World) -> None:
    decision = Deciding("medicine", LATER_ORDER, "Better.", "", TODAY, Decision.objects.get().ref)
    decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=decision)


OVER: dict[str, tuple[Callable[[World], None], int, str]] = {
    "withdrawn": (_withdrawn, 0, "Withdrawn"),
    "replaced": (_replaced, 0, "Does not apply any more: replaced by a later decision"),
    "ended": (_nothing, 3, "Does not apply any more: it was until Wed 18 Nov 2026"),
}


def asked_of_gps(page: str) -> str:
    """The round's section of what registered GPs are asked."""
    return page[page.index("Registered GPs are asked") : page.rindex("Follow-ups")]


@pytest.mark.parametrize("name", OVER)
def test_a_reply_about_what_does_not_apply_is_no_tick(world: World, clock: time_machine.Traveller, name: str) -> None:
    held = reviewed(world, is_closed=True)
    says(world, "read")
    before = asked_of_gps(opens(world, "nurse", "round", held))
    assert "✓ Read by the GP" in before
    assert f"About: {ORDER}" in before
    become, days, mark = OVER[name]
    become(world)
    clock.move_to(AT + timedelta(days=days))
    for who in ("nurse", "clinician"):
        section = asked_of_gps(opens(world, who, "round", held))
        assert "– Read by the GP" in section
        assert "✓" not in section
        assert f"{mark} It was decided: {ORDER}" in section
    carers = asked_of_gps(opens(world, "carer", "round", held))
    assert mark in carers
    assert ORDER not in carers
