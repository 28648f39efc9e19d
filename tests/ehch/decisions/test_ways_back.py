"""Every act on a decision has its way back, visible afterwards: what applied before applies again. H27, H28, H34."""

from __future__ import annotations

from datetime import timedelta

import pytest

from homeround.accounts.rights import Role
from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.actions import (
    Deciding,
    confirm_typed,
    correct_decision,
    decide,
    drop_follow_up,
    reply_to_decision,
    take_back_answer,
    take_back_reply,
    take_back_settlement,
    take_back_withdrawal,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, Decision, Dispute, FollowUp
from homeround.ehch.decisions.queries import (
    DecisionPage,
    built_on,
    decision_page,
    follow_up,
)
from homeround.ehch.decisions.words import NEW, AskState, DecisionState, EventKind
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.rounds.actions import open_round, record_review
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere
from homeround.nonprod import building
from tests.ehch.decisions.deciding import TODAY, Case
from tests.web.round_of_rose import CHANGE
from tests.world import AT, World

LATER = AT + timedelta(hours=1)


@pytest.fixture
def case(world: World, looks: Looks) -> Case:
    return Case(world)


def page(case: Case, words: str, who: str = "clinician") -> DecisionPage:
    return decision_page(see_decision(viewer=case.world[who], ref=case.made[words], at=LATER))


def withdraw(case: Case, words: str, who: str = "clinician") -> None:
    withdraw_decision(by=case.world[who], at=case.at, ref=case.made[words], because="The scales were wrong.")


# --- a decision ---------------------------------------------------------------------------------------------------


def test_withdrawn_what_applied_before_applies_again(case: Case) -> None:
    case.decide("Turn 3-hourly")
    case.decide("Turn 2-hourly", replaces="Turn 3-hourly")
    withdraw(case, "Turn 2-hourly")
    assert case.does() == ["Turn 3-hourly"]
    assert case.not_any_more() == ["Turn 2-hourly"]
    assert case.not_any_more(TODAY + timedelta(days=15)) == []
    shown = page(case, "Turn 2-hourly", "nurse")
    assert shown.validity is DecisionState.WITHDRAWN
    assert shown.state is AskState.WITHDRAWN
    assert shown.taken_back is not None
    assert (shown.taken_back.because, shown.taken_back.by.name) == ("The scales were wrong.", "Priya Shah")
    assert not Ask.objects.filter(decision__ref=shown.ref, ended_at=None).exists()


def test_withdrawn_in_the_middle_the_newest_still_applies(case: Case) -> None:
    case.decide("Turn 4-hourly")
    case.decide("Turn 3-hourly", replaces="Turn 4-hourly")
    case.decide("Turn 2-hourly", replaces="Turn 3-hourly")
    withdraw(case, "Turn 3-hourly")
    assert case.does() == ["Turn 2-hourly"]
    assert case.not_any_more() == [], "it was not done any more"
    withdraw(case, "Turn 2-hourly")
    assert case.does() == ["Turn 4-hourly"]


def test_withdrawn_in_dispute_there_is_no_dispute_any_more(case: Case) -> None:
    case.decide("Both doses")
    case.decide("Water tablet once", replaces="Both doses")
    case.dispute("Water tablet once", "Both doses as before")
    withdraw(case, "Water tablet once")
    assert case.does() == ["Both doses"]
    assert case.not_any_more() == ["Water tablet once"], "some have begun before the GP disputed it"
    assert not Dispute.objects.open().exists()


def test_what_was_read_stays_read_when_it_is_withdrawn(case: Case) -> None:
    case.decide("Turn 3-hourly")
    case.reply("Turn 3-hourly", "read")
    withdraw(case, "Turn 3-hourly")
    assert page(case, "Turn 3-hourly").state is AskState.READ


@pytest.mark.parametrize("who", ["clinician", "pharmacist", "lead"])
def test_a_clinician_of_the_pcn_that_serves_now_withdraws(case: Case, who: str) -> None:
    case.decide("Turn 3-hourly")
    withdraw(case, "Turn 3-hourly", who)
    assert case.does() == []


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("coordinator", NotAllowed), ("nurse", NotAllowed), ("gp", NotAllowed), ("community", NotAllowed),
     ("tor_clinician", NotHere), ("outside_gp", NotHere)],
)  # fmt: skip
def test_nobody_else_withdraws(case: Case, who: str, refusal: type[Exception]) -> None:
    case.decide("Turn 3-hourly")
    with pytest.raises(refusal):
        withdraw(case, "Turn 3-hourly", who)


def test_a_home_of_the_past_changes_nothing(case: Case) -> None:
    case.decide("Turn 3-hourly")
    person = case.world.residents["margaret"]
    record_departure(by=case.world["nurse"], at=AT, ref=person, kind="left", left_on=TODAY)
    with pytest.raises(NotAllowed):
        withdraw(case, "Turn 3-hourly")


def test_withdrawn_twice_the_second_is_told_of_the_first(case: Case) -> None:
    case.decide("Turn 3-hourly")
    withdraw(case, "Turn 3-hourly")
    with pytest.raises(ChangedMeanwhile, match="Priya Shah"):
        withdraw(case, "Turn 3-hourly", "lead")


def test_a_withdrawal_by_mistake_is_taken_back_with_all_it_ended(case: Case) -> None:
    case.decide("Water tablet once")
    case.dispute("Water tablet once", "Both doses as before")
    withdraw(case, "Water tablet once")
    take_back_withdrawal(
        by=case.world["clinician"], at=AT, ref=case.made["Water tablet once"], because="Scales right after all."
    )
    assert case.does() == ["Both doses as before"]
    shown = page(case, "Water tablet once")
    assert (shown.state, shown.taken_back) == (AskState.IN_DISPUTE, None)
    [withdrawn] = [event for event in shown.said if event.kind is EventKind.WITHDRAWN]
    assert withdrawn.taken_back is not None
    assert withdrawn.taken_back.because == "Scales right after all."


def test_corrected_the_right_one_takes_its_place_and_the_practice_is_asked_anew(case: Case) -> None:
    case.decide("Turn 4-hourly")
    case.decide("Turn 2-hourly", replaces="Turn 4-hourly")
    right = correct_decision(
        by=case.world["clinician"], at=AT, ref=case.made["Turn 2-hourly"], because="Meant three.",
        decision=Deciding("plan", "Turn 3-hourly", "Red heel.", "", TODAY),
    )  # fmt: skip
    assert case.does() == ["Turn 3-hourly"]
    assert case.not_any_more() == ["Turn 2-hourly"]
    assert page(case, "Turn 2-hourly").validity is DecisionState.CORRECTED
    assert Ask.objects.get(decision__ref=right).ended_at is None
    withdraw_decision(by=case.world["clinician"], at=AT, ref=right, because="None of it.")
    assert case.does() == ["Turn 4-hourly"]


def test_what_a_later_decision_replaced_is_not_corrected(case: Case) -> None:
    case.decide("Turn 4-hourly")
    case.decide("Turn 2-hourly", replaces="Turn 4-hourly")
    with pytest.raises(Invalid, match="later decision"):
        correct_decision(
            by=case.world["clinician"], at=AT, ref=case.made["Turn 4-hourly"], because="Meant three.",
            decision=Deciding("plan", "Turn 3-hourly", "Red heel.", "", TODAY),
        )  # fmt: skip


def test_what_was_built_on_a_decision_is_put_before_whoever_withdraws_it(case: Case) -> None:
    case.decide("Weigh weekly")
    case.decide("Weigh daily", replaces="Weigh weekly")
    seen = see_decision(viewer=case.world["clinician"], ref=case.made["Weigh weekly"], at=AT)
    assert [words for _, words in built_on(seen).replaced_by] == ["Weigh daily"]
    assert built_on(seen).follow_ups == ()


def test_a_follow_up_of_a_withdrawn_decision_asks_whether_it_is_still_needed(case: Case) -> None:
    ref = open_round(
        by=case.world["clinician"], at=AT, code=case.world.code("rose"), mode="in_person",
        home_representative="Nell Nurse", medical_input="Dr Hart",
    )  # fmt: skip
    record_review(by=case.world["clinician"], at=AT, ref=ref, person=case.world.residents["margaret"], review=CHANGE)
    decision, owed_by_home = Decision.objects.get(), FollowUp.objects.get()
    seen = see_decision(viewer=case.world["clinician"], ref=decision.ref, at=AT)
    assert [one.ref for one in built_on(seen).follow_ups] == [owed_by_home.ref]
    withdraw_decision(by=case.world["clinician"], at=AT, ref=decision.ref, because="Wrong person.")
    assert follow_up(follow_up_id=owed_by_home.pk, at=LATER).asks_if_needed
    drop_follow_up(by=case.world["lead"], at=AT, ref=owed_by_home.ref, words="Not about her.")
    assert not follow_up(follow_up_id=owed_by_home.pk, at=LATER).asks_if_needed


# --- what was said -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["read", "query", "do_not_adopt"])
def test_a_reply_sent_in_error_is_taken_back_and_awaited_again(case: Case, kind: str) -> None:
    case.decide("Turn 3-hourly")
    said = {"query": {"words": "Why?"}, "do_not_adopt": {"words": "No.", "meanwhile": "Turn 4-hourly"}}.get(kind, {})
    case.reply("Turn 3-hourly", kind, **said)
    take_back_reply(by=case.world["gp"], at=AT, ref=case.ask("Turn 3-hourly"), because="Wrong line.")
    assert case.does() == ["Turn 3-hourly"]
    shown = page(case, "Turn 3-hourly")
    assert shown.state is AskState.AWAITED
    assert [event.taken_back.because for event in shown.said if event.taken_back] == ["Wrong line."]
    case.reply("Turn 3-hourly", "read")
    assert page(case, "Turn 3-hourly").state is AskState.READ


def test_only_its_author_takes_a_reply_back_and_only_while_nothing_is_built_on_it(case: Case) -> None:
    case.decide("Turn 3-hourly")
    case.reply("Turn 3-hourly", "query", words="Why?")
    with pytest.raises(NotAllowed):
        take_back_reply(by=case.world["gp_colleague"], at=AT, ref=case.ask("Turn 3-hourly"), because="Wrong.")
    case.answer("Turn 3-hourly", "Red heel.")
    with pytest.raises(Invalid, match="Priya Shah has answered"):
        take_back_reply(by=case.world["gp"], at=AT, ref=case.ask("Turn 3-hourly"), because="Wrong.")
    case.decide("Walk daily")
    case.dispute("Walk daily", "Stay in bed")
    case.settle("Walk daily", "meanwhile")
    with pytest.raises(Invalid, match="settlement is taken back first"):
        take_back_reply(by=case.world["gp"], at=AT, ref=case.ask("Walk daily"), because="Wrong.")


def test_an_answer_given_in_error_is_taken_back_until_the_practice_replies(case: Case) -> None:
    case.decide("Turn 3-hourly")
    case.reply("Turn 3-hourly", "query", words="Why?")
    case.answer("Turn 3-hourly", "About somebody else.")
    take_back_answer(by=case.world["clinician"], at=AT, ref=case.ask("Turn 3-hourly"), because="Wrong person.")
    assert page(case, "Turn 3-hourly").state is AskState.QUERIED
    case.answer("Turn 3-hourly", "Red heel.")
    case.reply("Turn 3-hourly", "read")
    take_back_answer(by=case.world["clinician"], at=AT, ref=case.ask("Turn 3-hourly"), because="Again.")
    assert page(case, "Turn 3-hourly").state is AskState.QUERIED, "the practice read what was wrong, and is asked anew"
    case.answer("Turn 3-hourly", "Red heel, left.")
    case.dispute("Turn 3-hourly", "Turn 4-hourly")
    with pytest.raises(Invalid):
        take_back_answer(by=case.world["clinician"], at=AT, ref=case.ask("Turn 3-hourly"), because="Again.")


def test_a_settlement_taken_back_is_a_dispute_again(case: Case) -> None:
    case.decide("Water tablet once")
    case.dispute("Water tablet once", "Both doses as before")
    case.settle("Water tablet once", "decided")
    take_back_settlement(by=case.world["gp"], at=AT, ref=case.made["Water tablet once"], because="I agreed to nothing.")
    assert case.does() == ["Both doses as before"]
    case.settle("Water tablet once", "otherwise", "One and a half")
    assert case.does() == ["One and a half"]


def test_what_does_not_apply_any_more_is_not_disputed(case: Case) -> None:
    case.decide("Turn 4-hourly")
    case.decide("Turn 2-hourly", replaces="Turn 4-hourly")
    with pytest.raises(Invalid, match="reply to that one"):
        case.dispute("Turn 4-hourly", "Turn 3-hourly")


# --- who wrote it --------------------------------------------------------------------------------------------------


def typed(case: Case) -> str:
    decision = Deciding("plan", "Turn 3-hourly", "Red heel.", "nothing", TODAY, replaces=NEW)
    ref = decide(
        by=case.world["coordinator"], at=AT, ref=case.world.residents["margaret"], decision=decision,
        for_whom=case.world["clinician"].membership_id,
    )  # fmt: skip
    case.made["Turn 3-hourly"] = ref
    return ref


def test_typed_for_a_clinician_both_are_named_until_and_after_they_confirm(case: Case) -> None:
    ref = typed(case)
    [line] = case.applying()
    assert (line.by.name, line.typed_by and line.typed_by.name, line.is_confirmed) == (
        "Priya Shah", "Amina Yusuf", False,
    )  # fmt: skip
    for other in ("lead", "coordinator", "nurse"):
        with pytest.raises(NotAllowed):
            confirm_typed(by=case.world[other], at=AT, ref=ref)
    confirm_typed(by=case.world["clinician"], at=AT, ref=ref)
    confirm_typed(by=case.world["clinician"], at=LATER, ref=ref)
    [line] = case.applying()
    assert line.is_confirmed
    assert line.typed_by is not None


def test_a_typist_cannot_settle(case: Case) -> None:
    typed(case)
    case.dispute("Turn 3-hourly", "Turn 4-hourly")
    with pytest.raises(NotAllowed):
        case.settle_as("coordinator", "Turn 3-hourly")


@pytest.mark.parametrize("typed", [True, False])
def test_a_gp_does_not_answer_what_was_typed_for_them(world: World, case: Case, typed: bool) -> None:
    """Nor what they decided themselves as a clinician of the PCN."""
    with building.building():
        both = building.member(
            by=world["exe_manager"], at=AT, username="gp", role=Role.ROUND_CLINICIAN, body=world.bodies["exe"],
            profession="GP",
        )  # fmt: skip
    decision = Deciding("plan", "Turn 3-hourly", "Red heel.", "nothing", TODAY, replaces=NEW)
    ref = decide(
        by=world["coordinator"] if typed else both, at=AT, ref=world.residents["margaret"], decision=decision,
        for_whom=both.membership_id if typed else None,
    )  # fmt: skip
    ask = Ask.objects.get(decision__ref=ref).ref
    with pytest.raises(NotAllowed, match="You decided this yourself"):
        reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="read")
    reply_to_decision(by=world["gp_colleague"], at=AT, ref=ask, kind="read")


def test_what_was_taken_back_before_its_day_was_done_by_nobody(case: Case) -> None:
    case.decide("Turn 2-hourly", from_on=TODAY + timedelta(days=3))
    withdraw(case, "Turn 2-hourly")
    assert case.applying() == []


def test_taken_back_and_decided_again_in_the_same_words_it_is_done(case: Case) -> None:
    case.decide("Turn 2-hourly")
    withdraw(case, "Turn 2-hourly")
    assert case.not_any_more() == ["Turn 2-hourly"]
    case.decide("Turn 2-hourly")
    assert (case.does(), case.not_any_more()) == (["Turn 2-hourly"], [])
