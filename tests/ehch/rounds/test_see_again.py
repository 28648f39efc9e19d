"""A clinician says when somebody is to be seen again: a must from the week of that day on. REQ-36, REQ-46."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from homeround.ehch.residents.actions import record_departure
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.actions import Reviewing, close_round, move_review, record_review
from homeround.ehch.rounds.models import Review
from homeround.ehch.rounds.queries import worklist
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import Invalid
from tests.ehch.rounds.open_things import held_on
from tests.world import AT, World

DAY = timedelta(days=1)
THURSDAY = date(2026, 12, 3)
"""In the week that begins on 30 November; `AT` is Monday, 16 November."""
HIS_WEEK = AT + 14 * DAY


def reviewed(world: World, at: datetime = AT, **review: Any) -> str:
    """A review of Winifred in a round of that day."""
    held = held_on(world, at)
    reviewing = Reviewing(**{"how": "in_person", "outcome": "no_change"} | review)
    record_review(by=world["clinician"], at=at, ref=held, person=world.residents["winifred"], review=reviewing)
    return held


def says(world: World, at: datetime, who: str = "winifred") -> list[str]:
    """What the worklist says of her being seen again."""
    found = worklist(see_worklist(viewer=world["nurse"], code=world.code("rose"), at=at))
    rows = [row for row in (*found.with_reason, *found.others) if row.ref == world.residents[who]]
    return [reason.evidence for row in rows for reason in row.reasons if reason.code == "see_again"]


def test_it_is_a_must_from_the_monday_of_that_week_until_they_are_seen(world: World, looks: Looks) -> None:
    reviewed(world, see_again_on=THURSDAY)
    assert says(world, HIS_WEEK - DAY) == []
    for at in (HIS_WEEK, HIS_WEEK + 2 * DAY, HIS_WEEK + 30 * DAY):
        assert says(world, at) == ["about Thu 3 Dec 2026, says Priya Shah"]
    held = held_on(world, HIS_WEEK)
    with pytest.raises(Invalid, match="still need an outcome"):
        close_round(by=world["clinician"], at=HIS_WEEK, ref=held)


@pytest.mark.parametrize(("on", "is_over"), [(7, False), (13, False), (14, True), (16, True), (21, True)])
def test_being_seen_before_that_week_does_not_answer_it_and_from_then_on_it_does(
    world: World, looks: Looks, on: int, *, is_over: bool
) -> None:
    reviewed(world, see_again_on=THURSDAY)
    reviewed(world, at=AT + on * DAY)
    assert (says(world, AT + 28 * DAY) == []) is is_over


def test_who_was_not_reached_then_is_still_to_be_seen(world: World, looks: Looks) -> None:
    reviewed(world, see_again_on=THURSDAY)
    reviewed(world, at=HIS_WEEK, how="", outcome="not_reached")
    assert says(world, HIS_WEEK + DAY)


def test_a_colleague_in_the_same_round_does_not_answer_it(world: World, looks: Looks) -> None:
    """Two clinicians each keep their own; what one wants later the other has not done."""
    held, winifred = held_on(world, AT), world.residents["winifred"]
    again = Reviewing("in_person", "no_change", see_again_on=AT.date() + 2 * DAY)
    record_review(by=world["clinician"], at=AT, ref=held, person=winifred, review=again)
    seen = Reviewing("in_person", "no_change")
    record_review(by=world["pharmacist"], at=AT + timedelta(minutes=5), ref=held, person=winifred, review=seen)
    assert says(world, AT + DAY)


def test_the_way_back_is_a_new_version_and_a_move_takes_it_along(world: World, looks: Looks) -> None:
    held, winifred = held_on(world, AT), world.residents["winifred"]
    again = Reviewing("in_person", "no_change", see_again_on=THURSDAY)
    version = record_review(by=world["clinician"], at=AT, ref=held, person=winifred, review=again)
    move_review(
        by=world["clinician"], at=AT, ref=held, person=winifred, to_ref=world.residents["albert"], because="a slip"
    )
    assert (says(world, HIS_WEEK), len(says(world, HIS_WEEK, "albert"))) == ([], 1)
    version = Review.objects.latest("pk").pk
    without = Reviewing("in_person", "no_change", read_version=version)
    record_review(by=world["clinician"], at=AT, ref=held, person=world.residents["albert"], review=without)
    assert says(world, HIS_WEEK, "albert") == []


@pytest.mark.parametrize("kind", ["died", "left", "moved_home"])
def test_it_ends_when_they_leave(world: World, looks: Looks, kind: str) -> None:
    reviewed(world, see_again_on=THURSDAY)
    record_departure(by=world["nurse"], at=AT, ref=world.residents["winifred"], kind=kind, left_on=AT.date())
    assert says(world, HIS_WEEK) == []


@pytest.mark.parametrize("on", [AT.date() - DAY, AT.date(), AT.date() + 367 * DAY])
def test_it_is_a_day_to_come_within_a_year(world: World, on: date) -> None:
    with pytest.raises(Invalid) as refused:
        reviewed(world, see_again_on=on)
    assert set(refused.value.problems) == {"see_again_on"}
    assert not Review.objects.exists()
