"""The whole path of the weekly round below the browser: a concern, the reason it gives, the round, the reply."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from homeround.accounts.actions import end_membership
from homeround.accounts.models import User
from homeround.ehch.decisions.access import see_ask, see_decision
from homeround.ehch.decisions.actions import (
    Asking,
    Deciding,
    complete_follow_up,
    decide,
    reply_to_decision,
    settle_dispute,
)
from homeround.ehch.decisions.queries import asked_of, awaiting_reply, decision_page, owed_in
from homeround.ehch.decisions.rules import AskState
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import register_with
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.rounds.access import see_homes, see_round, see_worklist
from homeround.ehch.rounds.actions import Reviewing, close_round, open_round, record_review
from homeround.ehch.rounds.models import Review
from homeround.ehch.rounds.queries import homes_by_fact, not_reviewed_for, record_of, round_page, worklist
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere
from homeround.nonprod import building
from tests.world import AT, World

LATER = AT + timedelta(hours=2)
CHANGE = Reviewing(
    how="in_person",
    outcome="plan_changed",
    notes="Chest clear, drinking little.",
    wanted="She wants to stay in her room this week.",
    decision=Deciding(
        kind="plan",
        decided="Offer a drink every hour and write down how much.",
        because="Drinks less than a litre a day.",
        before="Drinks at meals.",
        in_force_from_on=date(2026, 11, 16),
        replaces=NEW,
    ),
    follow_up=Asking(words="Weigh her", owner="home", due_on=date(2026, 11, 20)),
)


@pytest.fixture
def concern(world: World) -> str:
    return raise_concern(
        by=world["carer"], at=AT, ref=world.residents["margaret"], words="Not eating since Friday", help_now=False
    )


@pytest.fixture
def held(world: World, concern: str) -> str:
    return open_round(
        by=world["clinician"],
        at=AT,
        code=world.code("rose"),
        mode="in_person",
        home_representative="Nell Nurse",
        medical_input="Dr Hart, by phone",
    )


@pytest.fixture
def reviewed(world: World, held: str, concern: str) -> str:
    record_review(by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"], review=CHANGE)
    return held


def ask_of(world: World, username: str = "gp") -> str:
    return awaiting_reply(viewer=world[username], at=LATER)[0].ref


def test_a_concern_puts_its_person_first(world: World, concern: str, looks: Looks) -> None:
    """What staff say outranks dates; each reason says where it comes from (REQ-36, REQ-37)."""
    listed = worklist(see_worklist(viewer=world["coordinator"], code=world.code("rose"), at=LATER))
    first = listed.with_reason[0]
    assert first.ref == world.residents["margaret"]
    assert [(reason.code, reason.strength.value) for reason in first.reasons] == [
        ("concern", "must"),
        ("new_resident", "should"),
    ]
    assert "Not eating since Friday" in first.reasons[0].evidence
    everybody = {row.ref for row in (*listed.with_reason, *listed.others)}
    assert everybody == {ref for key, ref in world.residents.items() if key not in {"ivan", "joan", "leap"}}


def test_those_with_nothing_recorded_are_seen(world: World, looks: Looks) -> None:
    """Quiet people stand on the list for being quiet (REQ-36; H46)."""
    listed = worklist(see_worklist(viewer=world["nurse"], code=world.code("rose"), at=AT))
    by_ref = {row.ref: row for row in listed.with_reason}
    quiet = by_ref[world.residents["winifred"]]
    assert [reason.code for reason in quiet.reasons] == ["nothing_recorded"]
    assert quiet.reasons[0].age_days == 60
    assert quiet.weeks_since_review is None


def test_a_clock_near_its_end_is_a_must(world: World, looks: Looks) -> None:
    """The 7 working days are a reason before they are over (REQ-67; H8)."""
    listed = worklist(see_worklist(viewer=world["nurse"], code=world.code("rose"), at=AT + timedelta(days=2)))
    reasons = next(row for row in listed.with_reason if row.ref == world.residents["margaret"]).reasons
    assert {reason.code for reason in reasons} == {"clock_at_risk", "new_resident"}


def test_a_round_cannot_close_over_a_concern(world: World, held: str) -> None:
    """Somebody who must be seen has an outcome; nobody else need be reviewed (REQ-33, REQ-34, REQ-62; H3)."""
    with pytest.raises(Invalid, match="Margaret Hill"):
        close_round(by=world["clinician"], at=LATER, ref=held)
    record_review(
        by=world["clinician"],
        at=LATER,
        ref=held,
        person=world.residents["margaret"],
        review=Reviewing(how="", outcome="not_reached"),
    )
    close_round(by=world["clinician"], at=LATER, ref=held)


def test_not_reached_carries_over_and_leaves_the_concern(world: World, held: str, looks: Looks) -> None:
    """Not reached is an outcome and no review (REQ-42, REQ-62; H3)."""
    record_review(
        by=world["clinician"],
        at=LATER,
        ref=held,
        person=world.residents["margaret"],
        review=Reviewing(how="", outcome="not_reached"),
    )
    listed = worklist(see_worklist(viewer=world["nurse"], code=world.code("rose"), at=LATER))
    codes = {reason.code for reason in listed.with_reason[0].reasons}
    assert {"concern", "not_reached"} <= codes


def test_what_was_changed_to_not_reached_is_no_review(world: World, held: str, looks: Looks) -> None:
    """Nobody saw them after all: they are not "reviewed this week" on any list or count (H24)."""
    given: dict[str, Any] = {"by": world["clinician"], "at": LATER, "ref": held, "person": world.residents["margaret"]}
    record_review(review=Reviewing(how="in_person", outcome="no_change"), **given)
    first = Review.objects.get()
    record_review(review=Reviewing(how="", outcome="not_reached", read_version=first.pk), **given)
    seen = see_worklist(viewer=world["clinician"], code=world.code("rose"), at=LATER)
    [row] = [row for row in worklist(seen).with_reason if row.ref == world.residents["margaret"]]
    assert row.weeks_since_review is None
    counts = not_reviewed_for(see_homes(viewer=world["clinician"], at=LATER))
    assert counts is not None
    assert counts[world.bodies["rose"].pk]["never reviewed"] == 5


def test_a_review_answers_the_concern_it_names(world: World, held: str, concern: str, looks: Looks) -> None:
    """A concern ends with the review that says so, and no other (REQ-62; H3)."""
    answering = Reviewing(how="in_person", outcome="no_change", answers=(concern,))
    record_review(by=world["clinician"], at=LATER, ref=held, person=world.residents["margaret"], review=answering)
    listed = worklist(see_worklist(viewer=world["nurse"], code=world.code("rose"), at=LATER))
    assert world.residents["margaret"] not in {row.ref for row in listed.with_reason}
    assert next(row for row in listed.others if row.ref == world.residents["margaret"]).weeks_since_review == 0


def test_the_registered_practice_is_asked(world: World, reviewed: str, looks: Looks) -> None:
    """The practice of the person, with nobody else's patients (REQ-07, REQ-20; H9)."""
    [waiting] = awaiting_reply(viewer=world["gp"], at=LATER)
    assert waiting.state is AskState.AWAITED
    assert waiting.decided == "Offer a drink every hour and write down how much."
    assert waiting.answer_by_on == date(2026, 11, 23)
    assert awaiting_reply(viewer=world["outside_gp"], at=LATER) == []
    [title_only] = awaiting_reply(viewer=world["clerk"], at=LATER)
    assert title_only.decided == ""


def test_the_parts_of_a_decision_are_kept_apart(world: World, reviewed: str, looks: Looks) -> None:
    """Decided, in force, before, asked (REQ-19, REQ-20)."""
    ask = see_ask(viewer=world["gp"], ref=ask_of(world), at=LATER)
    page = decision_page(ask)
    assert (page.before, page.decided) == ("Drinks at meals.", "Offer a drink every hour and write down how much.")
    assert page.in_force_from_on == date(2026, 11, 16)
    assert page.practice == "Mill Practice"
    assert [follow_up.words for follow_up in page.follow_ups] == ["Weigh her"]


def test_reading_it_answers(world: World, reviewed: str, looks: Looks) -> None:
    """The home sees that the GP has read it (REQ-20; H9)."""
    reply_to_decision(by=world["gp"], at=LATER, ref=ask_of(world), kind="read")
    assert awaiting_reply(viewer=world["gp"], at=LATER) == []
    [line] = record_of(_margaret(world, "nurse")).of("decision")
    assert line.state == "read"


def test_a_colleague_who_replies_second_is_told_what_stands(world: World, reviewed: str, looks: Looks) -> None:
    ask = ask_of(world)
    reply_to_decision(by=world["gp"], at=LATER, ref=ask, kind="read")
    with pytest.raises(ChangedMeanwhile, match="Grace Poole"):
        reply_to_decision(
            by=world["gp_colleague"], at=LATER, ref=ask, kind="do_not_adopt", words="no", meanwhile="as before"
        )


def test_do_not_adopt_says_what_applies_meanwhile(world: World, reviewed: str, looks: Looks) -> None:
    """H27: on the page of those who would act on it."""
    ask = ask_of(world)
    with pytest.raises(Invalid) as refusal:
        reply_to_decision(by=world["gp"], at=LATER, ref=ask, kind="do_not_adopt")
    assert set(refusal.value.problems) == {"words", "meanwhile"}
    reply_to_decision(
        by=world["gp"],
        at=LATER,
        ref=ask,
        kind="do_not_adopt",
        words="Heart failure.",
        meanwhile="Drinks at meals only.",
    )
    [line] = record_of(_margaret(world, "nurse")).of("decision")
    page = decision_page(see_decision(viewer=world["nurse"], ref=line.ref, at=LATER))
    assert page.state is AskState.IN_DISPUTE
    assert page.in_dispute_meanwhile == "Drinks at meals only."
    settle_dispute(
        by=world["clinician"],
        at=LATER,
        ref=line.ref,
        words="Agreed with Dr Poole.",
        settled_as="otherwise",
        from_now_on="A drink every two hours.",
    )
    page = decision_page(see_decision(viewer=world["nurse"], ref=line.ref, at=LATER))
    assert page.state is AskState.SETTLED
    assert page.in_dispute_meanwhile == ""


def test_not_our_patient_takes_sight_away_and_the_ask_follows_the_person(
    world: World, reviewed: str, looks: Looks
) -> None:
    """H28: it vanishes there, and waits for the right practice (REQ-07, REQ-20; H9)."""
    ask = ask_of(world)
    reply_to_decision(by=world["gp"], at=LATER, ref=ask, kind="not_our_patient")
    with pytest.raises(NotHere):
        see_ask(viewer=world["gp"], ref=ask, at=LATER)
    banner = banner_of(_margaret(world, "nurse"))
    assert not banner.responsible.is_known
    assert banner.responsible.why_nobody == "registration not known"
    register_with(
        by=world["nurse"],
        at=LATER,
        ref=world.residents["margaret"],
        registration=Registering("permanent", world.code("far")),
    )
    [waiting] = awaiting_reply(viewer=world["outside_gp"], at=LATER)
    assert waiting.ref == ask


def test_silence_is_late_and_never_consent(world: World, reviewed: str, looks: Looks) -> None:
    """After a quarter of a year it is still not answered (REQ-20; H26)."""
    [waiting] = awaiting_reply(viewer=world["gp"], at=AT + timedelta(days=90))
    assert waiting.state is AskState.LATE


def test_nobody_but_the_registered_practice_replies(world: World, reviewed: str, looks: Looks) -> None:
    with pytest.raises(NotAllowed):
        reply_to_decision(by=world["lead"], at=LATER, ref=ask_of(world), kind="read")


def test_a_decision_of_the_practice_itself_asks_nobody_and_one_of_another_practice_does(
    world: World, looks: Looks
) -> None:
    walk = Deciding("plan", "Walk daily", "Stiff.", "nothing", date(2026, 11, 16), replaces=NEW)
    decide(by=world["gp"], at=AT, ref=world.residents["margaret"], decision=walk)
    assert awaiting_reply(viewer=world["gp"], at=LATER) == []
    decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=walk)
    assert len(awaiting_reply(viewer=world["gp"], at=LATER)) == 1


def test_a_follow_up_is_done_by_whom_it_is_asked_of(world: World, reviewed: str, looks: Looks) -> None:
    """Owner, day, and what came of it (REQ-46)."""
    [owed] = asked_of(viewer=world["nurse"], at=LATER)
    with pytest.raises(NotAllowed, match="not yours"):
        complete_follow_up(by=world["clinician"], at=LATER, ref=owed.ref)
    complete_follow_up(by=world["nurse"], at=LATER, ref=owed.ref, words="62.4 kg")
    home = see_worklist(viewer=world["nurse"], code=world.code("rose"), at=LATER)
    assert owed_in(home) == []
    with pytest.raises(ChangedMeanwhile, match="Nell Nurse"):
        complete_follow_up(by=world["senior"], at=LATER, ref=owed.ref)


def test_the_second_editor_is_told_what_stands(world: World, reviewed: str) -> None:
    """Two windows of one review: one wins, nothing of the other is lost."""
    mine = Reviewing(how="phone", outcome="other", notes="Asleep.")
    with pytest.raises(ChangedMeanwhile) as refusal:
        record_review(by=world["clinician"], at=LATER, ref=reviewed, person=world.residents["margaret"], review=mine)
    assert refusal.value.by == "Priya Shah"
    assert refusal.value.stands["notes"] == "Chest clear, drinking little."


def test_the_lead_sees_that_it_ran_and_the_icb_service_facts_only(world: World, reviewed: str, looks: Looks) -> None:
    """One round in the week, seen by who answers for it (REQ-16, REQ-19, REQ-33)."""
    close_round(by=world["clinician"], at=LATER, ref=reviewed, summary="Quiet round.")
    [led] = homes_by_fact(see_homes(viewer=world["lead"], at=LATER))
    assert led.is_my_lead
    assert led.round_this_week
    assert led.last_round_on == date(2026, 11, 16)
    assert led.awaited == 1
    facts = {home.name: home for home in homes_by_fact(see_homes(viewer=world["icb"], at=LATER))}
    assert set(facts) == {"Rose House", "Elm Court"}
    assert facts["Rose House"].lead == "Lena Hart"
    assert not facts["Elm Court"].pcn
    assert facts["Rose House"].to_see == 0
    with pytest.raises(NotHere):
        see_resident(viewer=world["icb"], ref=world.residents["margaret"], at=LATER)


def test_the_summary_is_for_home_and_pcn(world: World, reviewed: str, looks: Looks) -> None:
    """What the round came to, for the home (REQ-33)."""
    close_round(by=world["clinician"], at=LATER, ref=reviewed, summary="Quiet round.")
    page = round_page(see_round(viewer=world["nurse"], ref=reviewed, at=LATER))
    assert page.summary == "Quiet round."
    assert [made.words for made in page.reviewed[0].decisions] == ["Offer a drink every hour and write down how much."]
    for other in ("ivy_nurse", "tor_clinician", "icb"):
        with pytest.raises((NotHere, NotAllowed)):
            see_round(viewer=world[other], ref=reviewed, at=LATER)


def _margaret(world: World, username: str):  # type: ignore[no-untyped-def]
    return see_resident(viewer=world[username], ref=world.residents["margaret"], at=LATER)


@pytest.mark.parametrize("who", ["tor_clinician", "nurse", "gp", "pharmacist who left", "lead who is shut out"])
def test_only_a_clinician_of_the_pcn_who_is_there_now_leads(world: World, who: str) -> None:
    """A round is led by an open membership of the PCN that serves the home (REQ-33; H15, H38)."""
    leader = world[who.split(" ", maxsplit=1)[0]]
    if "left" in who:
        end_membership(by=world["exe_manager"], at=AT, membership_id=leader.membership_id, how="left")
    if "shut out" in who:
        with building.building():
            User.objects.filter(pk=leader.user_id).update(is_active=False)
    with pytest.raises(Invalid) as refused:
        open_round(
            by=world["coordinator"],
            at=LATER,
            code=world.code("rose"),
            mode="video",
            home_representative="Nell Nurse",
            medical_input="Dr Hart, by phone",
            leader=leader.membership_id,
        )
    assert set(refused.value.problems) == {"leader"}
