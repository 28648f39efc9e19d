"""One message a working day to each person whose turn it became, and to nobody who acts there no more. H25."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homeround.accounts.actions import end_membership
from homeround.accounts.models import User
from homeround.accounts.telling import told
from homeround.ehch.alignment.actions import align_home, take_back_alignment
from homeround.ehch.decisions.actions import (
    Asking,
    Deciding,
    answer_query,
    ask_follow_up,
    cannot_follow_up,
    decide,
    reply_to_decision,
    settle_dispute,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.words import NEW
from homeround.ehch.residents.actions import Registering, register_with
from homeround.kernel.models import Outbox
from homeround.nonprod import building
from tests.world import AT, World

SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PCN = {"coordinator", "clinician", "pharmacist", "lead"}
HOME = {"nurse", "senior", "manager"}


def queued() -> set[str]:
    """Who is told, by user name; and the queue is empty again."""
    users = dict(User.objects.values_list("pk", "username"))
    found = {users[row.user_id] for row in Outbox.objects.all() if row.user_id}
    with building.building():
        Outbox.objects.all().delete()
    return found


def decided(world: World, at: datetime = AT) -> str:
    decision = Deciding("plan", "Turn 3-hourly", "Red heel.", "nothing", datetime.date(at), replaces=NEW)
    return decide(by=world["clinician"], at=at, ref=world.residents["margaret"], decision=decision)


def replied(world: World, kind: str, **said: str) -> str:
    ref = decided(world)
    queued()
    reply_to_decision(by=world["gp"], at=AT, ref=Ask.objects.get(decision__ref=ref).ref, kind=kind, **said)
    return ref


def test_a_decision_tells_the_clinicians_of_the_practice(world: World) -> None:
    decided(world)
    assert queued() == {"gp", "gp_colleague"}


def test_that_it_was_read_tells_nobody(world: World) -> None:
    replied(world, "read")
    assert queued() == set()


def test_a_question_tells_the_deciding_side_and_its_answer_the_practice(world: World) -> None:
    ref = replied(world, "query", words="Why?")
    assert queued() == PCN
    answer_query(by=world["clinician"], at=AT, ref=Ask.objects.get(decision__ref=ref).ref, words="Heel.")
    assert queued() == {"gp", "gp_colleague"}


def test_a_dispute_and_its_settlement_tell_the_home_too(world: World) -> None:
    ref = replied(world, "do_not_adopt", words="No.", meanwhile="As before.")
    assert queued() == PCN | HOME
    settle_dispute(by=world["clinician"], at=AT, ref=ref, words="Agreed.", settled_as="meanwhile")
    assert queued() == PCN | HOME | {"gp", "gp_colleague"}


def test_not_our_patient_tells_those_who_look_for_the_right_practice(world: World) -> None:
    replied(world, "not_our_patient")
    assert queued() == PCN


def test_a_withdrawal_tells_practice_home_and_deciding_side(world: World) -> None:
    ref = decided(world)
    queued()
    withdraw_decision(by=world["lead"], at=AT, ref=ref, because="Scales.")
    assert queued() == PCN | HOME | {"gp", "gp_colleague"}


def test_what_cannot_be_done_tells_whoever_asked_or_their_side_once_they_have_left(world: World) -> None:
    for has_left in (False, True):
        ref = ask_follow_up(
            by=world["clinician"], at=AT, ref=world.residents["margaret"], asking=Asking("Weigh", "home", AT.date())
        )
        if has_left:
            end_membership(by=world["exe_manager"], at=AT, membership_id=world["clinician"].membership_id, how="left")
        queued()
        at = AT + timedelta(minutes=1)
        cannot_follow_up(by=world["nurse"], at=at, ref=ref, words="No scales.")
        assert queued() == (PCN - {"clinician"} if has_left else {"clinician"})


@pytest.mark.parametrize("how", ["ended", "switched off"])
def test_nobody_who_acts_there_no_more_is_told(world: World, how: str) -> None:
    at = AT
    if how == "ended":
        end_membership(by=world["gp"], at=AT, membership_id=world["gp_colleague"].membership_id, how="left")
        at = AT + timedelta(minutes=1)
    else:
        with building.building():
            User.objects.filter(username="gp_colleague").update(is_active=False)
    decided(world, at)
    assert queued() == {"gp"}


def test_once_a_day_and_again_tomorrow_when_todays_message_has_gone(world: World) -> None:
    decided(world)
    decided(world)
    assert Outbox.objects.count() == 2
    with building.building():
        Outbox.objects.update(handed_over_at=AT + timedelta(minutes=1))
    decided(world, AT + timedelta(hours=2))
    decided(world, AT + timedelta(hours=3))
    waiting = Outbox.objects.filter(handed_over_at=None)
    assert {row.next_try_at for row in waiting} == {datetime(2026, 11, 17, 8, 0, tzinfo=UTC)}
    assert waiting.count() == 2


def test_at_the_weekend_the_message_waits_for_monday(world: World) -> None:
    decided(world, SATURDAY)
    assert {row.next_try_at for row in Outbox.objects.all()} == {datetime(2026, 11, 23, 8, 0, tzinfo=UTC)}


def test_a_message_that_had_gone_before_does_not_tell_of_it(world: World) -> None:
    decided(world)
    user = world["gp"].user_id
    with building.building():
        Outbox.objects.update(handed_over_at=AT + timedelta(minutes=1))
    assert told(user_ids=[user], since=AT) is not None
    assert told(user_ids=[user], since=AT + timedelta(hours=1)) is None
    assert told(user_ids=[], since=AT) is None


def test_a_message_names_nobody(world: World) -> None:
    decided(world)
    for row in Outbox.objects.all():
        assert row.body == {}
        assert row.purpose == "awaiting reply"


def test_a_new_practice_is_told_that_replies_are_its_now_and_only_then(world: World) -> None:
    far = Registering("permanent", world.code("far"))
    register_with(by=world["nurse"], at=AT, ref=world.residents["margaret_h"], registration=far)
    assert queued() == set(), "nothing awaits a reply"
    decided(world)
    queued()
    register_with(by=world["nurse"], at=AT, ref=world.residents["margaret"], registration=far)
    assert queued() == {"outside_gp"}


def test_whoever_is_covered_and_covers_is_told_of_another_pcn_before_it_serves_the_home(world: World) -> None:
    """And again when that was a mistake. REQ-01; H24."""
    day = AT.date() + timedelta(days=10)
    rose = world.code("rose")
    everybody = HOME | PCN | {"exe_manager"}
    align_home(by=world["icb"], at=AT, code=rose, pcn_code=None, from_on=day, agreed_with="all three")
    assert queued() == everybody
    take_back_alignment(by=world["icb"], at=AT, code=rose, from_on=day, because="Next month.")
    assert queued() == everybody
