"""A review that answered a concern which was about somebody else, or raised in error: whoever decided is asked whether
it holds, and every place says so beside the decision until they say. H1, H3, H34.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from homeround.accounts.actions import end_membership
from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.actions import Deciding, correct_decision, take_back_withdrawal, withdraw_decision
from homeround.ehch.decisions.models import Decision
from homeround.ehch.decisions.queries import applies_now, decision_page, validity_about
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import move_concern, put_back_concern, raise_concern, reopen_concern
from homeround.ehch.deterioration.models import Concern
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.models import Resident
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions import (
    Reviewing,
    cancel_round,
    move_review,
    record_review,
    reopen_round,
    say_review_holds,
)
from homeround.ehch.rounds.models import Review, ReviewHolds, Round, in_question
from homeround.ehch.rounds.queries import in_question_about, round_page, what_waits
from homeround.kernel.audit.noticed import looking
from homeround.kernel.refusals import NotAllowed, NotHere
from tests.ehch.rounds.open_things import OPEN_THINGS, held_on
from tests.world import AT, World

LATER = AT + timedelta(hours=1)
ELSE = "a concern that was about somebody else"
ERROR = "a concern that was raised in error"
KINDS = {"answered_not_theirs": ELSE, "answered_in_error": ERROR}


def waits_for(world: World, who: str) -> set[str]:
    with looking():
        return {row.wait.kind for row in what_waits(viewer=world[who], at=LATER).mine} & set(KINDS)


def rests_on(world: World) -> list[set[str]]:
    """What each place says that the decision about Winifred rests on: what applies, its page, its state, its round."""
    person = Resident.objects.get(ref=world.residents["winifred"])
    decision = Decision.objects.filter(resident=person, ended_at=None).get()
    by = world["clinician"]
    with looking():
        held = see_round(viewer=by, ref=Round.objects.get().ref, at=LATER)
        seen = see_decision(viewer=by, ref=decision.ref, at=LATER)
        return [
            {line.rests_on for line in applies_now([person.pk], at=LATER)[person.pk]},
            {decision_page(seen).rests_on},
            {found.rests_on for found in validity_about(seen.person).values()},
            {line.rests_on for line in round_page(held).reviewed if line.resident_id == person.pk},
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_each_place_says_so_and_whoever_decided_is_asked(world: World, kind: str) -> None:
    OPEN_THINGS[kind].open(world)
    assert rests_on(world) == [{KINDS[kind]}] * 4
    assert waits_for(world, "clinician") == {kind}
    with looking():
        [row] = [row for row in what_waits(viewer=world["clinician"], at=LATER).mine if row.wait.kind == kind]
    assert (row.is_named, row.wait.words, row.wait.whom) == (True, "Thickened fluids only", world["clinician"].name)


def _holds(world: World, who: str = "clinician") -> str:
    winifred = world.residents["winifred"]
    return say_review_holds(by=world[who], at=LATER, ref=Round.objects.get().ref, person=winifred)


def _moves(world: World) -> None:
    move_review(
        by=world["clinician"], at=LATER, ref=Round.objects.get().ref, person=world.residents["winifred"],
        to_ref=world.residents["albert"], because="It was Albert.",
    )  # fmt: skip


def _withdraws(world: World) -> None:
    withdraw_decision(by=world["clinician"], at=LATER, ref=Decision.objects.get().ref, because="It was Albert.")


def _corrects(world: World) -> None:
    right = Deciding("plan", "Thin fluids", "Swallows well.", "Thin.", LATER.date(), replaces=NEW)
    correct_decision(
        by=world["clinician"], at=LATER, ref=Decision.objects.get().ref, because="It was Albert.", decision=right
    )


def _cancels(world: World) -> None:
    cancel_round(by=world["clinician"], at=LATER, ref=Round.objects.get().ref, because="Wrong home")


def _moves_the_concern_back(world: World) -> None:
    ref = Concern.objects.get().ref
    move_concern(by=world["nurse"], at=LATER, ref=ref, to_ref=world.residents["winifred"], because="It was hers.")


def _puts_the_concern_back(world: World) -> None:
    put_back_concern(by=world["nurse"], at=LATER, ref=Concern.with_removed.get().ref, because="It was right.")


ENDS: dict[str, Callable[[World], object]] = {
    "it holds": _holds,
    "it holds, says a colleague": partial(_holds, who="lead"),
    "moved to the right person": _moves,
    "withdrawn": _withdraws,
    "corrected": _corrects,
    "the round is cancelled": _cancels,
    "the concern was theirs after all": _moves_the_concern_back,
}


@pytest.mark.parametrize("end", ENDS)
def test_it_is_asked_until_somebody_has_said(world: World, end: str) -> None:
    OPEN_THINGS["answered_not_theirs"].open(world)
    ENDS[end](world)
    assert waits_for(world, "clinician") == set()
    winifred = Resident.objects.get(ref=world.residents["winifred"]).pk
    assert {line.rests_on for line in applies_now([winifred], at=LATER)[winifred]} <= {""}


def test_put_back_it_is_asked_no_more(world: World) -> None:
    OPEN_THINGS["answered_in_error"].open(world)
    _puts_the_concern_back(world)
    assert waits_for(world, "clinician") == set()
    assert rests_on(world) == [{""}] * 4


def test_what_was_taken_back_by_mistake_is_asked_again(world: World) -> None:
    OPEN_THINGS["answered_not_theirs"].open(world)
    _withdraws(world)
    take_back_withdrawal(by=world["clinician"], at=LATER, ref=Decision.objects.get().ref, because="A slip.")
    assert waits_for(world, "clinician") == {"answered_not_theirs"}
    _cancels(world)
    reopen_round(by=world["clinician"], at=LATER, ref=Round.objects.get().ref, because="A slip.")
    assert waits_for(world, "clinician") == {"answered_not_theirs"}


def test_a_review_without_a_decision_and_one_opened_again_before_are_asked_about_too(world: World) -> None:
    winifred = world.residents["winifred"]
    ref = raise_concern(by=world["carer"], at=AT, ref=winifred, words="Coughs.", help_now=False)
    seen = Reviewing(how="in_person", outcome="no_change", answers=(ref,))
    record_review(by=world["clinician"], at=AT, ref=held_on(world, AT), person=winifred, review=seen)
    reopen_concern(by=world["coordinator"], at=AT, ref=ref, because="That was Albert.")
    move_concern(by=world["nurse"], at=AT, ref=ref, to_ref=world.residents["albert"], because="The wrong room.")
    assert waits_for(world, "clinician") == {"answered_not_theirs"}
    again = Reviewing(how="", outcome="not_reached", read_version=Review.objects.get().pk)
    record_review(by=world["clinician"], at=LATER, ref=Round.objects.get().ref, person=winifred, review=again)
    assert waits_for(world, "clinician") == set()


def test_one_review_is_asked_about_once_and_anew_when_a_second_concern_goes(world: World) -> None:
    winifred, albert = world.residents["winifred"], world.residents["albert"]
    refs = tuple(
        raise_concern(by=world["carer"], at=AT, ref=winifred, words=words, help_now=False)
        for words in ("Coughs.", "Chokes.")
    )
    seen = Reviewing(how="in_person", outcome="no_change", answers=refs)
    record_review(by=world["clinician"], at=AT, ref=held_on(world, AT), person=winifred, review=seen)
    for ref in refs:
        move_concern(by=world["nurse"], at=AT, ref=ref, to_ref=albert, because="The wrong room.")
    assert in_question().count() == 1
    _holds(world)
    _holds(world)
    assert (in_question().count(), ReviewHolds.objects.count()) == (0, 1)
    third = raise_concern(by=world["carer"], at=LATER, ref=winifred, words="Coughs again.", help_now=False)
    after = LATER + timedelta(hours=1)
    more = Reviewing(how="in_person", outcome="no_change", answers=(third,), read_version=Review.objects.get().pk)
    record_review(by=world["clinician"], at=after, ref=Round.objects.get().ref, person=winifred, review=more)
    move_concern(by=world["nurse"], at=after, ref=third, to_ref=albert, because="The wrong room.")
    assert in_question().count() == 1


def test_a_correction_from_before_is_in_question_too(world: World) -> None:
    ref = OPEN_THINGS["answered_not_theirs"].open(world)
    back = Concern.objects.get().ref
    move_concern(by=world["nurse"], at=AT, ref=back, to_ref=world.residents["winifred"], because="It was hers.")
    _corrects(world)
    assert rests_on(world) == [{""}] * 4
    last = LATER + timedelta(minutes=1)
    sent = {"ref": str(ref), "to_ref": world.residents["albert"], "because": "It was not."}
    move_concern(by=world["nurse"], at=last, **sent)
    assert rests_on(world)[:3] == [{"", ELSE}, {ELSE}, {"", ELSE}], "the wrong one is not to be done anyway"


def test_only_a_clinician_says_so_and_only_of_what_is_in_question(world: World) -> None:
    OPEN_THINGS["answered_not_theirs"].open(world)
    for who in ("coordinator", "nurse", "carer"):
        with pytest.raises(NotAllowed):
            _holds(world, who)
    for who in ("tor_clinician", "gp"):
        with pytest.raises(NotHere):
            _holds(world, who)
    with pytest.raises(NotHere):
        say_review_holds(by=world["clinician"], at=LATER, ref=Round.objects.get().ref, person=world.residents["albert"])
    assert not ReviewHolds.objects.exists()


def test_when_whoever_reviewed_has_left_their_colleagues_are_asked(world: World) -> None:
    OPEN_THINGS["answered_not_theirs"].open(world)
    end_membership(by=world["exe_manager"], at=AT, membership_id=world["clinician"].membership_id, how="left")
    assert waits_for(world, "lead") == {"answered_not_theirs"}
    with looking():
        held = see_round(viewer=world["lead"], ref=Round.objects.get().ref, at=LATER)
        who = see_resident(viewer=world["lead"], ref=world.residents["winifred"], at=LATER)
        [one] = in_question_about(held, who)
    assert (one.is_own, one.rests_on, [made.words for made in one.decided]) == (False, ELSE, ["Thickened fluids only"])
