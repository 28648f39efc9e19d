"""Who is told that it is their turn: everybody who may act now in the roles asked for, once a day, by nobody's name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from homeround.accounts.actions import end_membership
from homeround.accounts.models import Membership, User
from homeround.accounts.rights import Right, roles_with
from homeround.accounts.telling import tell, tell_member, told
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.models import Outbox
from tests.world import AT, World

LATER = AT + timedelta(minutes=1)


def recipients() -> set[int | None]:
    return set(Outbox.objects.values_list("user_id", flat=True))


def tell_practice(world: World, at: datetime = LATER) -> None:
    with acting(SystemActor("tests", "tests")):
        tell(body_id=world.bodies["mill"].pk, roles=roles_with(Right.REPLIES), purpose="awaiting reply", at=at)


def ended(world: World) -> None:
    end_membership(by=world["gp"], at=AT, membership_id=world["gp_colleague"].membership_id, how="left")


def switched_off(world: World) -> None:
    with acting(SystemActor("tests", "tests")):
        User.objects.filter(pk=world["gp_colleague"].user_id).update(is_active=False)


def test_everybody_in_the_role_and_nobody_else(world: World) -> None:
    tell_practice(world)
    assert recipients() == {world["gp"].user_id, world["gp_colleague"].user_id}


@pytest.mark.parametrize("over", [ended, switched_off], ids=["ended", "switched off"])
def test_nobody_whose_part_is_over(world: World, over: Callable[[World], None]) -> None:
    over(world)
    tell_practice(world)
    assert recipients() == {world["gp"].user_id}


def test_nobody_once_their_time_has_run_out(world: World) -> None:
    until = Membership.objects.get(pk=world["gp"].membership_id).until_at
    tell_practice(world, until)
    assert recipients() == set()
    tell_practice(world, until - timedelta(minutes=1))
    assert world["gp"].user_id in recipients()


@pytest.mark.parametrize("over", [ended, switched_off], ids=["ended", "switched off"])
def test_a_named_member_who_is_gone_is_said(world: World, over: Callable[[World], None]) -> None:
    """So that the caller tells whoever took over."""
    over(world)
    with acting(SystemActor("tests", "tests")):
        gone = tell_member(membership_id=world["gp_colleague"].membership_id, purpose="answer awaited", at=LATER)
        there = tell_member(membership_id=world["gp"].membership_id, purpose="answer awaited", at=LATER)
    assert (gone, there) == (False, True)
    assert recipients() == {world["gp"].user_id}


def test_one_message_a_day_however_much_waits(world: World) -> None:
    for _ in range(3):
        tell_practice(world)
    assert Outbox.objects.count() == 2
    tell_practice(world, LATER + timedelta(days=1))
    assert Outbox.objects.count() == 4


def test_it_names_nobody(world: World) -> None:
    tell_practice(world)
    rows = " ".join(f"{row.purpose} {row.body} {row.dedupe_key}" for row in Outbox.objects.all())
    assert "Poole" not in rows
    assert "Mill" not in rows
    assert not any(ref in rows for ref in world.residents.values())


def test_what_was_told_can_be_asked(world: World) -> None:
    assert told(user_ids=[world["gp"].user_id], since=LATER) is None
    tell_practice(world)
    assert told(user_ids=[world["gp"].user_id], since=LATER) is not None
    assert told(user_ids=[world["clerk"].user_id], since=LATER) is None
