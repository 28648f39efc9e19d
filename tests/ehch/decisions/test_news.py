"""What others made of a decision reaches the practice that was asked about it, and stays until it is read there.
REQ-20; H27.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.actions import (
    Deciding,
    correct_decision,
    read_news,
    settle_dispute,
    take_back_settlement,
    take_back_withdrawal,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, NewsRead
from homeround.ehch.decisions.queries import decision_page
from homeround.ehch.residents.actions import Registering, register_with
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import NotAllowed, NotHere
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.world import AT, World

NEWS = ("withdrawn_since", "settled_since")
LATER = AT + timedelta(hours=1)


def newest(world: World) -> str:
    """The decision that was made last, about Winifred."""
    return Ask.objects.filter(resident__ref=world.residents["winifred"]).latest("pk").decision.ref


def told(world: World, who: str = "gp") -> list[str]:
    return [row.wait.kind for row in what_waits(viewer=world[who], at=LATER).mine if row.wait.kind in NEWS]


@pytest.mark.parametrize("kind", NEWS)
def test_it_stands_there_until_anybody_of_the_practice_has_read_it(world: World, looks: Looks, kind: str) -> None:
    OPEN_THINGS[kind].open(world)
    ref = newest(world)
    assert told(world) == told(world, "gp_colleague") == [kind]
    assert told(world, "outside_gp") == []
    news = decision_page(see_decision(viewer=world["clinician"], ref=ref, at=LATER)).news
    assert news is not None
    assert news.is_unread
    for _ in range(2):
        read_news(by=world["gp_colleague"], at=LATER, ref=ref)
    assert NewsRead.objects.count() == 1
    assert told(world) == []
    news = decision_page(see_decision(viewer=world["clinician"], ref=ref, at=LATER)).news
    assert news is not None
    assert not news.is_unread
    assert news.read_by is not None
    assert news.read_by.membership_id == world["gp_colleague"].membership_id


@pytest.mark.parametrize("kind", NEWS)
def test_nobody_else_reads_it_for_them(world: World, looks: Looks, kind: str) -> None:
    OPEN_THINGS[kind].open(world)
    read_news(by=world["clinician"], at=LATER, ref=newest(world))
    assert told(world) == [kind], "a clinician of the PCN reads nothing for the practice"
    for who in ("coordinator", "nurse", "clerk"):
        with pytest.raises(NotAllowed):
            read_news(by=world[who], at=LATER, ref=newest(world))
    with pytest.raises(NotHere):
        read_news(by=world["outside_gp"], at=LATER, ref=newest(world))


@pytest.mark.parametrize("kind", NEWS)
def test_what_is_taken_back_is_no_news_and_what_is_done_again_is(world: World, looks: Looks, kind: str) -> None:
    OPEN_THINGS[kind].open(world)
    ref = newest(world)
    read_news(by=world["gp"], at=LATER, ref=ref)
    given: dict[str, Any] = {"by": world["clinician"], "at": LATER, "ref": ref}
    if kind == "withdrawn_since":
        take_back_withdrawal(because="It was the right chart.", **given)
        assert told(world) == []
        withdraw_decision(because="The wrong chart after all.", **given)
    else:
        take_back_settlement(because="Misheard.", **given)
        assert told(world) == []
        settle_dispute(words="Agreed anew.", settled_as="decided", **given)
    assert told(world) == [kind]


def test_what_the_practice_settled_itself_is_no_news(world: World, looks: Looks) -> None:
    OPEN_THINGS["dispute"].open(world)
    settle_dispute(by=world["gp"], at=LATER, ref=newest(world), words="Called Priya.", settled_as="meanwhile")
    assert told(world) == []


def test_a_correction_that_asks_the_practice_nothing_is_news(world: World, looks: Looks) -> None:
    """It may have acted on what was wrong: it is asked about what is right, or reads that the other is gone."""
    for from_on, expected in ((AT.date(), []), (None, ["withdrawn_since"])):
        OPEN_THINGS["silence"].open(world)
        right = Deciding("plan", "Walk with her", "Stiff.", "", from_on)
        correct_decision(by=world["clinician"], at=AT, ref=newest(world), because="Typed twice.", decision=right)
        assert told(world) == expected


@pytest.mark.parametrize("kind", NEWS)
def test_a_practice_that_came_later_was_never_asked_about_it(world: World, looks: Looks, kind: str) -> None:
    OPEN_THINGS[kind].open(world)
    register_with(
        by=world["nurse"], at=AT + timedelta(minutes=5), ref=world.residents["winifred"],
        registration=Registering("permanent", world.code("far")),
    )  # fmt: skip
    assert told(world, "outside_gp") == told(world) == []


def test_whoever_decided_reads_that_the_practice_settled_it_without_them(world: World, looks: Looks) -> None:
    """Else they go on from what they decided (REQ-20; H27)."""

    def waits(who: str) -> list[str]:
        mine = what_waits(viewer=world[who], at=LATER).mine
        return [row.wait.ref for row in mine if row.wait.kind == "settled_by_practice"]

    OPEN_THINGS["settled_by_practice"].open(world)
    ref = newest(world)
    assert len(waits("clinician")) == 1
    assert told(world) == [], "the practice wrote it itself"
    read_news(by=world["gp"], at=LATER, ref=ref)
    assert len(waits("clinician")) == 1, "nobody of the practice reads it for them"
    news = decision_page(see_decision(viewer=world["nurse"], ref=ref, at=LATER)).news
    assert news is not None
    assert (news.is_unread, news.for_decider) == (True, True)
    for _ in range(2):
        read_news(by=world["clinician"], at=LATER, ref=ref)
    assert waits("clinician") == waits("lead") == []
    assert NewsRead.objects.count() == 1
