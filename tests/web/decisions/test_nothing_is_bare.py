"""No page gives as a plain order, or as settled, what another page says is in question: follow-ups in a round, what was
settled and then corrected, what was decided about somebody who left, what nobody has confirmed. H3, H24, H27, H34.
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
    answer_query,
    cannot_follow_up,
    complete_follow_up,
    confirm_typed,
    correct_decision,
    decide,
    reply_to_decision,
    settle_dispute,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, Decision, FollowUp
from homeround.ehch.decisions.words import IN_DISPUTE_ASK, NEW, STILL_NEEDED
from homeround.ehch.deterioration.actions import raise_concern, record_call
from homeround.ehch.deterioration.words import NOBODY_PHONED
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.rounds.actions import Reviewing, close_round, record_review
from homeround.kernel.audit.noticed import Looks
from tests.web.round_of_rose import begin
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

TODAY = AT.date()
ORDER, BEFORE, MEANWHILE, SETTLED = "5 mg.", "10 mg at night.", "7 mg.", "6 mg."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


def reviewed(world: World) -> str:
    """A round in which Margaret's order was changed and somebody is to weigh her."""
    held = begin(world)
    review = Reviewing(
        how="in_person",
        outcome="medicine_changed",
        decision=Deciding("medicine", ORDER, "Drowsy.", BEFORE, TODAY, NEW),
        follow_up=Asking("Weigh her", "home", TODAY),
    )
    record_review(by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"], review=review)
    return held


def opens(world: World, who: str, page: str, *args: str) -> str:
    return words_of(sign_in(world[who]).get(reverse(page, args=args)))


def dispute(world: World) -> None:
    reply_to_decision(
        by=world["gp"], at=AT, ref=Ask.objects.get().ref, kind="do_not_adopt", words="No.", meanwhile=MEANWHILE
    )


def settle(world: World) -> None:
    dispute(world)
    settle_dispute(
        by=world["clinician"], at=AT, ref=Decision.objects.get().ref, words="Called.", settled_as="otherwise",
        from_now_on=SETTLED,
    )  # fmt: skip


BECOMES: dict[str, tuple[Callable[[World], object], str]] = {
    "nothing": (lambda world: None, "Due today"),
    "disputed": (dispute, IN_DISPUTE_ASK),
    "settled otherwise": (settle, STILL_NEEDED),
    "withdrawn": (
        lambda world: withdraw_decision(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, because="No."),
        STILL_NEEDED,
    ),
    "done": (
        lambda world: complete_follow_up(by=world["nurse"], at=AT, ref=FollowUp.objects.get().ref, words=""),
        "Done",
    ),
    "not done": (
        lambda world: cannot_follow_up(by=world["nurse"], at=AT, ref=FollowUp.objects.get().ref, words="No scales."),
        "Could not be done",
    ),
    "died": (
        lambda world: record_departure(
            by=world["nurse"], at=AT, ref=world.residents["margaret"], kind="died", left_on=TODAY
        ),
        "Closed: the person left or died",
    ),
}


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("name", BECOMES)
def test_a_follow_up_in_a_round_says_what_became_of_it(world: World, name: str, *, closed: bool) -> None:
    held = reviewed(world)
    if closed:
        close_round(by=world["clinician"], at=AT, ref=held)
    become, words = BECOMES[name]
    become(world)
    page = opens(world, "clinician", "round", held)
    row = page[page.rindex("Follow-up: Weigh her") :][:140]
    assert words in row, row


def test_what_could_not_be_done_says_as_well_that_its_decision_fell(world: World) -> None:
    reviewed(world)
    cannot_follow_up(by=world["nurse"], at=AT, ref=FollowUp.objects.get().ref, words="No scales.")
    withdraw_decision(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, because="No.")
    page = opens(world, "clinician", "follow_up", FollowUp.objects.get().ref)
    assert f"Could not be done: waits for those who asked. {STILL_NEEDED}" in page


def test_a_correction_tells_the_practice_what_the_home_was_doing(world: World) -> None:
    """After a settlement that is what was settled, on the list of the practice as in the home."""
    reviewed(world)
    settle(world)
    right = Deciding("medicine", "4 mg.", "Drowsy.", "", TODAY)
    correct_decision(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, because="Typing.", decision=right)
    said = f"Do not do this, it was wrong and was corrected: “{SETTLED}”"
    assert said in opens(world, "gp", "awaiting_reply")
    assert said in opens(world, "nurse", "resident", world.residents["margaret"])
    assert said in opens(world, "gp", "decision", Decision.objects.latest("pk").ref)


@pytest.mark.parametrize("kind", ["died", "left"])
def test_nobody_reads_that_the_home_does_something_for_who_is_gone(world: World, kind: str) -> None:
    held = reviewed(world)
    close_round(by=world["clinician"], at=AT, ref=held)
    assert "Does not live here now" not in opens(world, "nurse", "round", held)
    record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret"], kind=kind, left_on=TODAY)
    assert "Does not live here now: nobody does this here" in opens(world, "nurse", "round", held)
    decision = opens(world, "nurse", "decision", Decision.objects.get().ref)
    assert "Applied when they left or died" in decision
    assert "Applies since" not in decision


@pytest.mark.parametrize("phoned", [False, True])
def test_help_that_was_asked_for_and_never_phoned_is_said_when_they_leave(world: World, *, phoned: bool) -> None:
    person = world.residents["margaret"]
    raise_concern(by=world["carer"], at=AT, ref=person, words="A little thing.", help_now=False)
    ref = raise_concern(by=world["carer"], at=AT, ref=person, words="Fell down.", help_now=True)
    if phoned:
        record_call(by=world["carer"], at=AT, ref=ref, service="111", spoke_to="a nurse", words="")
    record_departure(by=world["nurse"], at=AT, ref=person, kind="left", left_on=TODAY)
    for who in ("nurse", "coordinator"):
        assert (f"{NOBODY_PHONED} Fell down." in opens(world, who, "waiting")) is not phoned
        assert (NOBODY_PHONED in opens(world, who, "concern", ref)) is not phoned


def test_the_practice_reads_that_nobody_has_confirmed_it(world: World) -> None:
    decision = Deciding("medicine", ORDER, "Drowsy.", BEFORE, TODAY, NEW)
    ref = decide(
        by=world["coordinator"], at=AT, ref=world.residents["margaret"], decision=decision,
        for_whom=world["clinician"].membership_id,
    )  # fmt: skip
    unconfirmed = "Priya Shah has not confirmed it yet."
    lists = (("gp", "awaiting_reply"), ("nurse", "home_replies", world.code("rose")))
    for who, *page in lists:
        assert unconfirmed in opens(world, who, *page)
    confirm_typed(by=world["clinician"], at=AT, ref=ref)
    for who, *page in lists:
        assert unconfirmed not in opens(world, who, *page)


@pytest.mark.parametrize("who", ["carer", "nurse"])
@pytest.mark.parametrize("how", ["withdrawn", "ended"])
def test_what_applied_before_is_told_where_it_was_no_decision_here(
    world: World, clock: time_machine.Traveller, who: str, how: str
) -> None:
    """The home is told what was done before, not only what is not to be done."""
    until_on = TODAY if how == "ended" else None
    decision = Deciding("medicine", ORDER, "Drowsy.", BEFORE, TODAY, NEW, until_on=until_on)
    ref = decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=decision)
    if how == "withdrawn":
        withdraw_decision(by=world["clinician"], at=AT, ref=ref, because="No.")
    clock.shift(timedelta(days=1))
    told = f"Before it: “{BEFORE.rstrip('.')}”. Ask the PCN or the practice whether that is right again."
    assert told in opens(world, who, "resident", world.residents["margaret"])
    assert told in opens(world, who, "home_today", world.code("rose"))


@pytest.mark.parametrize("kind", ["died", "left"])
def test_a_reply_about_somebody_who_is_gone_says_that_nobody_does_it(world: World, kind: str) -> None:
    """On the practice's list, after the reply, and on the home's list of replies (H27)."""
    reviewed(world)
    record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret"], kind=kind, left_on=TODAY)
    nobody = "nobody does anything of it" if kind == "died" else "They live in no home here now"
    gone = f"has {kind}; was in Rose House"
    assert gone in opens(world, "gp", "awaiting_reply")
    assert nobody in opens(world, "gp", "awaiting_reply")
    dispute(world)
    saved = words_of(
        sign_in(world["gp"]).get(f"{reverse('awaiting_reply')}?saved=do_not_adopt&about={Ask.objects.get().ref}")
    )
    assert "The home sees what applies meanwhile" not in saved
    assert nobody in saved
    assert nobody in opens(world, "nurse", "home_replies", world.code("rose"))


def test_a_reply_about_somebody_who_lives_here_is_seen_in_the_home(world: World) -> None:
    reviewed(world)
    dispute(world)
    saved = words_of(
        sign_in(world["gp"]).get(f"{reverse('awaiting_reply')}?saved=do_not_adopt&about={Ask.objects.get().ref}")
    )
    assert "The home sees what applies meanwhile, now." in saved
    assert "; was in" not in saved


def test_the_practice_reads_the_answer_to_its_question_on_its_list(world: World) -> None:
    """Before it says with one press that it has read the decision."""
    reviewed(world)
    ask = Ask.objects.get().ref
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="query", words="Since when is she drowsy?")
    assert "Your practice asked:" not in opens(world, "gp", "awaiting_reply")
    answer_query(by=world["clinician"], at=AT, ref=ask, words="Since Sunday.")
    page = opens(world, "gp", "awaiting_reply")
    assert "Your practice asked: Since when is she drowsy? Priya Shah answered: Since Sunday." in page


def test_before_a_practice_is_called_a_mistake_the_page_says_what_would_fall(world: World) -> None:
    """A dispute of the GP is not to be wiped by choosing the wrong answer (H28)."""
    reviewed(world)
    said = "Say “a mistake” only where they never were that practice’s patient."
    assert said not in opens(world, "nurse", "registration", world.residents["margaret"])
    dispute(world)
    page = opens(world, "nurse", "registration", world.residents["margaret"])
    assert said in page
    assert "1 reply, and with it 1 dispute: what was decided applies again" in page
