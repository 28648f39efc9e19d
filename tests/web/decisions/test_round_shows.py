"""What a round decided, answered and asked is shown as it is now, whatever became of it since. H24, H27, H34."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import (
    Asking,
    Deciding,
    cannot_follow_up,
    complete_follow_up,
    correct_decision,
    drop_follow_up,
    reply_to_decision,
    settle_dispute,
    take_back_settlement,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, Decision, FollowUp
from homeround.ehch.decisions.words import IN_DISPUTE_ASK, NEW, STILL_NEEDED
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.rounds.actions import Reviewing, close_round, move_review, record_review
from tests.web.round_of_rose import begin
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

TODAY = AT.date()
ORDER, MEANWHILE = "Water tablet in the morning only.", "Both doses as before."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> time_machine.Traveller:
    return clock


def _reviewed(world: World, clock: time_machine.Traveller) -> tuple[str, str]:
    """A concern answered in a round by a decision, with a follow-up: the refs of concern and round."""
    person = world.residents["margaret"]
    concern = raise_concern(by=world["carer"], at=AT, ref=person, words="Wet legs.", help_now=False)
    held = begin(world)
    review = Reviewing(
        how="in_person", outcome="medicine_changed", answers=(concern,),
        decision=Deciding("medicine", ORDER, "Up at night.", "Both.", TODAY, replaces=NEW),
        follow_up=Asking("Weigh her", "home", TODAY),
    )  # fmt: skip
    record_review(by=world["clinician"], at=AT, ref=held, person=person, review=review)
    return concern, held


ENDS: dict[str, tuple[Callable[..., object], str, str]] = {
    "done": (complete_follow_up, "nurse", "Done"),
    "cannot": (cannot_follow_up, "nurse", "Could not be done"),
    "not needed": (drop_follow_up, "clinician", "Not needed any more"),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_closed_round_says_how_its_follow_up_ended(world: World, clock: time_machine.Traveller, end: str) -> None:
    _, held = _reviewed(world, clock)
    close_round(by=world["clinician"], at=AT, ref=held)
    act, who, words = ENDS[end]
    act(by=world[who], at=AT, ref=FollowUp.objects.get().ref, words="No scales.")
    page = words_of(sign_in(world["nurse"]).get(reverse("round", args=[held])))
    assert words in page
    assert ("✓ Done" in page) == (end == "done")


def test_a_withdrawn_decision_is_nowhere_answered_by_the_gp(world: World, clock: time_machine.Traveller) -> None:
    concern, held = _reviewed(world, clock)
    close_round(by=world["clinician"], at=AT, ref=held)
    decision = Decision.objects.get().ref
    page = words_of(sign_in(world["clinician"]).get(reverse("withdrawal", args=[decision])))
    assert "It is the answer to a concern" in page
    assert "Wet legs." in page
    withdraw_decision(by=world["clinician"], at=AT, ref=decision, because="Wrong chart.")
    closed = words_of(sign_in(world["nurse"]).get(reverse("round", args=[held])))
    assert "Taken back: the GP is not asked any more" in closed
    assert ", answered" not in closed
    for who in ("carer", "nurse", "clinician"):
        page = words_of(sign_in(world[who]).get(reverse("concern", args=[concern])))
        assert "Answered by a decision that was taken back" in page
        assert "✓" not in page
    waits = words_of(sign_in(world["coordinator"]).get(reverse("waiting")))
    assert "Answered by a decision that was taken back" in waits
    for who in ("carer", "nurse"):
        for page in (
            reverse("home_today", args=[world.code("rose")]),
            reverse("resident", args=[world.residents["margaret"]]),
        ):
            shown = words_of(sign_in(world[who]).get(page))
            assert "Answered by a decision that was taken back" in shown, (who, page)
            assert "No concern is open" not in shown, (who, page)
            assert STILL_NEEDED in shown, (who, page)
    assert STILL_NEEDED in words_of(sign_in(world["carer"]).get(reverse("waiting")))


@pytest.mark.parametrize("read_first", [False, True])
def test_a_round_shows_a_decision_as_it_was_corrected(
    world: World, clock: time_machine.Traveller, *, read_first: bool
) -> None:
    """However often: its words, its day and where it is with the GP are those of the correction (H27, H34)."""
    _, held = _reviewed(world, clock)
    close_round(by=world["clinician"], at=AT, ref=held)
    if read_first:
        reply_to_decision(by=world["gp"], at=AT, ref=Ask.objects.get().ref, kind="read")
    for right in ("5 mg in the evening.", "5 mg at noon."):
        correct_decision(
            by=world["clinician"],
            at=AT,
            ref=Decision.objects.latest("pk").ref,
            because="Wrong dose.",
            decision=Deciding("medicine", right, "Up at night.", "Both.", TODAY, replaces=NEW),
        )
    for who in ("nurse", "clinician"):
        page = words_of(sign_in(world[who]).get(reverse("round", args=[held])))
        assert "5 mg at noon." in page
        assert f"Corrected since. Before, it said: {ORDER}" in page
        assert "5 mg in the evening." not in page
        assert "Not yet answered" in page
        assert "Read by the GP" not in page
    page = words_of(sign_in(world["carer"]).get(reverse("round", args=[held])))
    assert "5 mg at noon." in page
    assert ORDER not in page


def test_closing_names_who_has_an_outcome_and_must_be_seen_still(world: World, clock: time_machine.Traveller) -> None:
    _, held = _reviewed(world, clock)
    said = "They have an outcome, and a reason to see them that is a must is still there"
    client = sign_in(world["clinician"])
    pages = [reverse("round", args=[held]), reverse("round_closing", args=[held])]
    assert all(said not in words_of(client.get(page)) for page in pages)
    raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="Fell.", help_now=False)
    assert all(said in words_of(client.get(page)) for page in pages)


def test_a_follow_up_of_what_was_settled_otherwise_asks_whether_it_is_needed(
    world: World, clock: time_machine.Traveller
) -> None:
    _, held = _reviewed(world, clock)
    close_round(by=world["clinician"], at=AT, ref=held)
    ask, decision = Ask.objects.get().ref, Decision.objects.get().ref
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="No.", meanwhile=MEANWHILE)
    places = [reverse("home_today", args=[world.code("rose")]), reverse("resident", args=[world.residents["margaret"]])]
    nurse = sign_in(world["nurse"])
    for settled_as, is_asked in (("decided", False), ("stopped", True)):
        if is_asked:
            take_back_settlement(by=world["clinician"], at=AT, ref=decision, because="We misheard.")
        settle_dispute(by=world["clinician"], at=AT, ref=decision, words="Called.", settled_as=settled_as)
        for place in places:
            assert (STILL_NEEDED in words_of(nurse.get(place))) is is_asked, (place, settled_as)


def test_a_follow_up_of_what_is_in_dispute_says_to_ask_first(world: World, clock: time_machine.Traveller) -> None:
    """On every list on which it stands, until the dispute is settled (H27)."""
    _reviewed(world, clock)
    ask, follow_up = Ask.objects.get().ref, FollowUp.objects.get().ref
    places = [
        reverse("home_today", args=[world.code("rose")]),
        reverse("resident", args=[world.residents["margaret"]]),
        reverse("home_follow_ups", args=[world.code("rose")]),
        reverse("follow_up", args=[follow_up]),
        reverse("waiting"),
    ]
    nurse = sign_in(world["nurse"])
    assert all(IN_DISPUTE_ASK not in words_of(nurse.get(place)) for place in places)
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="No.", meanwhile=MEANWHILE)
    for place in places:
        assert IN_DISPUTE_ASK in words_of(nurse.get(place)), place
    settle_dispute(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, words="Called.", settled_as="decided")
    assert all(IN_DISPUTE_ASK not in words_of(nurse.get(place)) for place in places)


def test_whoever_was_not_reached_after_all_has_had_no_answer(world: World, clock: time_machine.Traveller) -> None:
    """On every page of home and PCN; and a review that reaches them after all answers it again."""
    person, held = world.residents["margaret"], begin(world)
    concern = raise_concern(by=world["carer"], at=AT, ref=person, words="Red ankle.", help_now=False)
    seen = Reviewing(how="in_person", outcome="no_change", answers=(concern,))
    at, version, was_undone = AT, None, False
    for review, is_answered in ((seen, True), (Reviewing(how="", outcome="not_reached"), False), (seen, True)):
        was_undone = was_undone or not is_answered
        written = replace(review, read_version=version)
        version = record_review(by=world["clinician"], at=at, ref=held, person=person, review=written)
        at += timedelta(minutes=5)
        clock.move_to(at)
        for who, page in (
            ("carer", reverse("home_today", args=[world.code("rose")])),
            ("carer", reverse("resident", args=[person])),
            ("clinician", reverse("worklist", args=[world.code("rose")])),
            ("coordinator", reverse("waiting")),
        ):
            shown = words_of(sign_in(world[who]).get(page))
            still_open = shown.split("Everything written down")[0].split("Answers of the last two days")[0]
            assert ("Red ankle." in still_open) is not is_answered, (
                who,
                page,
                review.outcome,
            )
        shown = words_of(sign_in(world["carer"]).get(reverse("concern", args=[concern])))
        assert ("The review that answered it says now that they were not reached." in shown) is was_undone
        assert ("✓" in shown) is is_answered


def test_a_moved_review_answers_nothing_where_it_stood(world: World, clock: time_machine.Traveller) -> None:
    concern, held = _reviewed(world, clock)
    move_review(
        by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"], to_ref=world.residents["albert"],
        because="Chosen by mistake",
    )  # fmt: skip
    page = words_of(sign_in(world["carer"]).get(reverse("concern", args=[concern])))
    assert "opened again, not answered now" in page
    assert "The review that answered it was about somebody else." in page
    assert "Concern not answered" in words_of(sign_in(world["coordinator"]).get(reverse("waiting")))


def test_what_could_not_be_done_for_the_dead_waits_for_nobody(world: World, clock: time_machine.Traveller) -> None:
    _reviewed(world, clock)
    cannot_follow_up(by=world["nurse"], at=AT, ref=FollowUp.objects.get().ref, words="No scales.")
    waiting = reverse("waiting")
    assert "it could not be done" in words_of(sign_in(world["clinician"]).get(waiting))
    clock.shift(timedelta(minutes=5))
    record_departure(
        by=world["nurse"], at=AT + timedelta(minutes=5), ref=world.residents["margaret"], kind="died", left_on=TODAY
    )
    assert "it could not be done" not in words_of(sign_in(world["clinician"]).get(waiting))
    assert "Weigh her" not in words_of(sign_in(world["clinician"]).get(reverse("asked_of_me")))


def _typed_by_the_coordinator(world: World) -> str:
    held = begin(world)
    review = Reviewing(
        how="in_person",
        outcome="medicine_changed",
        decision=Deciding("medicine", ORDER, "Up at night.", "Both.", TODAY, replaces=NEW),
    )
    record_review(
        by=world["coordinator"],
        at=AT,
        ref=held,
        person=world.residents["margaret"],
        review=review,
        for_whom=world["clinician"].membership_id,
    )
    return held


@pytest.mark.parametrize("how", ["corrected", "withdrawn"])
def test_whoever_confirms_what_was_typed_reads_what_became_of_it(
    world: World, clock: time_machine.Traveller, how: str
) -> None:
    """A decision corrected or taken back before the clinician confirms is not shown as the one they are asked about."""
    held = _typed_by_the_coordinator(world)
    ref = Decision.objects.get().ref
    if how == "corrected":
        right = Deciding("medicine", "5 mg at noon.", "Up at night.", "Both.", TODAY, replaces=NEW)
        correct_decision(by=world["clinician"], at=AT, ref=ref, because="Wrong dose.", decision=right)
    else:
        withdraw_decision(by=world["clinician"], at=AT, ref=ref, because="Wrong chart.")
    address = reverse("review_confirming", args=[held, world.residents["margaret"]])
    page = words_of(sign_in(world["clinician"]).get(address))
    assert (f"Corrected since. Before, it said: {ORDER}" in page) == (how == "corrected")
    assert ("Taken back: it does not apply" in page) == (how == "withdrawn")
