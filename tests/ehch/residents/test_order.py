"""Days that the record itself speaks against: what cannot be is refused, what is unlikely is asked about (C05, H32)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from homeround.ehch.decisions.actions import Deciding, decide
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern, remove_concern
from homeround.ehch.residents import rules
from homeround.ehch.residents.actions import (
    change_stay,
    correct_arrival_day,
    correct_departure,
    correct_return,
    go_to_hospital,
    record_departure,
    return_from_hospital,
)
from homeround.ehch.residents.models import Departure
from homeround.ehch.residents.rules import Said, There
from homeround.kernel.refusals import Invalid
from tests.ehch.residents.arriving import come
from tests.web.round_of_rose import begin, see
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("looks")

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
KEPT, ASKED = set[str](), {"sure"}


def day(number: int) -> date:
    """A day of November."""
    return date(2026, 11, number)


FROM_2_TO_5, THAT_DAY = There(day(2), day(5)), There(day(8), day(8))
STILL_THERE = There(day(10), None)
SAID = Said("they were seen in a round", day(3), day(9))


@pytest.mark.parametrize(
    ("went", "answer"),
    [(1, ASKED), (2, {"went_on"}), (4, {"went_on"}), (5, ASKED), (7, ASKED), (8, KEPT), (9, KEPT)],
)
def test_going_beside_finished_stays(went: int, answer: set[str]) -> None:
    """On the day they came back they may go again."""
    others = [FROM_2_TO_5, THAT_DAY]
    assert set(rules.problems_of_going_again(day(went), others, sure=False)) == answer
    assert set(rules.problems_of_going_again(day(went), others, sure=True)) == answer - ASKED


@pytest.mark.parametrize(
    ("went", "back", "answer"),
    [
        (1, 2, KEPT),
        (1, 3, {"back_on"}),
        (1, 6, {"back_on"}),
        (5, 8, KEPT),
        (5, 9, {"back_on"}),
        (8, 10, KEPT),
        (9, 11, {"back_on"}),
    ],
)
def test_coming_back_never_after_another_stay_began(went: int, back: int, answer: set[str]) -> None:
    others = [FROM_2_TO_5, THAT_DAY, STILL_THERE]
    assert set(rules.problems_of_coming_back(day(went), day(back), others)) == answer


@pytest.mark.parametrize(("on", "answer"), [(1, KEPT), (2, KEPT), (3, {"from_on"}), (20, {"from_on"})])
def test_nobody_goes_to_hospital_before_they_live_there(on: int, answer: set[str]) -> None:
    assert set(rules.problems_of_first_day("from_on", day(on), [FROM_2_TO_5], [SAID], sure=True)) == answer


@pytest.mark.parametrize(("on", "answer"), [(2, KEPT), (3, KEPT), (4, ASKED), (None, KEPT)])
def test_what_was_said_before_they_came_is_asked_about(on: int | None, answer: set[str]) -> None:
    first = day(on) if on else None
    assert set(rules.problems_of_first_day("from_on", first, [], [SAID], sure=False)) == answer
    assert not rules.problems_of_first_day("from_on", first, [], [SAID], sure=True)


@pytest.mark.parametrize(
    ("on", "there", "said", "answer"),
    [
        (9, [], [SAID], KEPT),
        (8, [], [SAID], ASKED),
        (5, [FROM_2_TO_5], [], KEPT),
        (4, [FROM_2_TO_5], [], ASKED),
        (9, [STILL_THERE], [], ASKED),
        (10, [STILL_THERE], [], KEPT),
        (1, [], [], KEPT),
    ],
)
def test_nobody_is_here_after_they_died_or_left(
    on: int, there: list[There], said: list[Said], answer: set[str]
) -> None:
    assert set(rules.problems_of_last_day(day(on), there, said, sure=False)) == answer
    assert not rules.problems_of_last_day(day(on), there, said, sure=True)


def acts(world: World, days: int, who: str = "winifred", **more: Any) -> dict[str, Any]:
    return {"by": world["nurse"], "at": AT + days * DAY, "ref": world.residents[who]} | more


def was_there(world: World) -> None:
    """She is in hospital for two days, and back."""
    go_to_hospital(**acts(world, 0, went_on=TODAY))
    return_from_hospital(**acts(world, 2, back_on=TODAY + 2 * DAY, how="admitted"))


def goes(on: int) -> Callable[[World, bool], object]:
    return lambda world, sure: go_to_hospital(**acts(world, 9, went_on=TODAY + on * DAY, sure=sure))


def died(on: int, kind: str = "died") -> Callable[[World, bool], object]:
    return lambda world, sure: record_departure(**acts(world, 9, kind=kind, left_on=TODAY + on * DAY, sure=sure))


def died_rightly(on: int) -> Callable[[World, bool], object]:
    def act(world: World, sure: bool) -> None:
        if not Departure.objects.exists():
            record_departure(**acts(world, 9, kind="died", left_on=TODAY + 9 * DAY))
        right: dict[str, Any] = {"kind": "died", "left_on": TODAY + on * DAY, "because": "x", "sure": sure}
        correct_departure(**acts(world, 9, **right))

    return act


@pytest.mark.parametrize(
    ("act", "answer"),
    [
        (goes(1), {"went_on"}),
        (goes(0), {"went_on"}),
        (goes(-1), ASKED),
        (goes(2), KEPT),
        (died(1), ASKED),
        (died(1, "left"), ASKED),
        (died(2), KEPT),
        (died_rightly(1), ASKED),
        (died_rightly(2), KEPT),
    ],
)
def test_each_form_asks_about_a_stay_in_hospital(
    world: World, act: Callable[[World, bool], object], answer: set[str]
) -> None:
    was_there(world)
    assert _answer(world, act, sure=False) == answer
    if answer == ASKED:
        assert _answer(world, act, sure=True) == KEPT


def test_back_is_never_put_into_the_next_stay(world: World) -> None:
    was_there(world)
    go_to_hospital(**acts(world, 9, went_on=TODAY - 3 * DAY, sure=True))
    late = acts(world, 9, how="admitted", sure=True)
    with pytest.raises(Invalid, match="not before that stay"):
        return_from_hospital(**late, back_on=TODAY + DAY)
    return_from_hospital(**late, back_on=TODAY)
    with pytest.raises(Invalid, match="not before that stay"):
        correct_return(**late, back_on=TODAY + 3 * DAY, because="x")


def _noticed(world: World) -> None:
    raise_concern(**acts(world, 2, "ada", words="Drinks little.", help_now=False))


def _decided(world: World) -> None:
    made = Deciding("medicine", "Less water tablet.", "Dry.", "x", (AT + 2 * DAY).date(), NEW)
    decide(by=world["clinician"], at=AT + 2 * DAY, ref=world.residents["ada"], decision=made)


def _seen(world: World) -> None:
    see(world, begin(world, at=AT + 2 * DAY), "ada", at=AT + 2 * DAY)


def _in_hospital(world: World) -> None:
    go_to_hospital(**acts(world, 2, "ada", went_on=TODAY + 2 * DAY))


SAYS_ALIVE = {"concern": _noticed, "decision": _decided, "round": _seen, "hospital": _in_hospital}


@pytest.mark.parametrize("what", SAYS_ALIVE)
def test_whatever_says_they_were_here_is_asked_about(world: World, what: str) -> None:
    """Died or left before it, or moved in after it; a stay in hospital after a later move-in cannot be."""
    world.residents["ada"] = come(world, at=AT, arrived_on=TODAY)
    SAYS_ALIVE[what](world)
    later: dict[str, Any] = acts(world, 5, "ada", because="x")

    def gone(world: World, sure: bool) -> None:
        record_departure(**acts(world, 5, "ada", kind="died", left_on=TODAY + DAY, sure=sure))

    def came(world: World, sure: bool) -> None:
        correct_arrival_day(**later, arrived_on=TODAY + 3 * DAY, sure=sure)

    assert _answer(world, gone, sure=False) == ASKED
    assert _answer(world, came, sure=False) == ({"arrived_on"} if what == "hospital" else ASKED)
    correct_arrival_day(**later, arrived_on=TODAY + 2 * DAY)
    if what != "hospital":
        assert _answer(world, came, sure=True) == KEPT


def test_what_was_removed_says_nothing(world: World) -> None:
    world.residents["ada"] = come(world, at=AT, arrived_on=TODAY)
    ref = raise_concern(**acts(world, 2, "ada", words="Drinks little.", help_now=False))
    remove_concern(by=world["nurse"], at=AT + 3 * DAY, ref=ref, because="Of her neighbour.")
    record_departure(**acts(world, 5, "ada", kind="died", left_on=TODAY + DAY))


def test_the_first_day_of_who_lived_here_before_is_asked_about_too(world: World) -> None:
    was_there(world)
    with pytest.raises(Invalid) as refusal:
        change_stay(
            **acts(world, 3, kind="permanent", place="residential", planned_end_on=None, because="x"),
            from_on=TODAY + DAY,
        )
    assert "from_on" in refusal.value.problems


def _answer(world: World, act: Callable[[World, bool], object], *, sure: bool) -> set[str]:
    try:
        act(world, sure)
    except Invalid as refusal:
        return set(refusal.problems)
    return set()
