"""Whoever was put forward stands on the list until they are seen, it is needed no more, or they leave (REQ-36; H1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import record_departure, withdraw_departure
from homeround.ehch.rounds.access import see_put_forward, see_worklist
from homeround.ehch.rounds.actions import (
    Reviewing,
    close_round,
    move_put_forward,
    move_review,
    put_forward,
    record_review,
    say_not_needed,
)
from homeround.ehch.rounds.queries import AskedState, asked_to_see, record_of, worklist
from homeround.ehch.rounds.rules import Strength, must_have_outcome
from homeround.ehch.rounds.words import Asks
from homeround.kernel.refusals import Invalid, MovedTo, NotAllowed, NotHere
from tests.ehch.rounds.open_things import held_on
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("looks")

HOUR = timedelta(hours=1)
WORDS = "Walks less than in May."


def asked(world: World, by: str = "carer", asks: str = "staff", who: str = "winifred", **more: Any) -> str:
    given: dict[str, Any] = {"by": world[by], "at": AT, "ref": world.residents[who], "asks": asks, "words": WORDS}
    return put_forward(**given | more)


def state(world: World, ref: str) -> AskedState:
    return asked_to_see(see_put_forward(viewer=world["nurse"], ref=ref, at=AT + 4 * HOUR)).state


def reasons(world: World, who: str = "winifred") -> dict[str, Any]:
    found = worklist(see_worklist(viewer=world["clinician"], code=world.code("rose"), at=AT + 4 * HOUR))
    [row] = [row for row in (*found.with_reason, *found.others) if row.ref == world.residents[who]]
    return {reason.code: reason for reason in row.reasons}


def reviewed(world: World, outcome: str = "no_change", who: str = "winifred") -> str:
    held = held_on(world, AT + HOUR)
    how = "" if outcome == "not_reached" else "in_person"
    review = Reviewing(how=how, outcome=outcome)
    record_review(by=world["clinician"], at=AT + HOUR, ref=held, person=world.residents[who], review=review)
    return held


@pytest.mark.parametrize(
    ("by", "asks", "strength"),
    [
        ("carer", "staff", Strength.SHOULD),
        ("nurse", "person", Strength.SHOULD),
        ("coordinator", "clinician", Strength.MUST),
        ("gp", "clinician", Strength.MUST),
        ("community", "clinician", Strength.MUST),
    ],
)
def test_it_is_a_reason_with_its_own_words_and_age(world: World, by: str, asks: str, strength: Strength) -> None:
    asked(world, by, asks)
    reason = reasons(world)[f"asked_by_{asks}"]
    assert reason.strength is strength
    assert reason.evidence == f"Mon 16 Nov 2026, 10:00: {WORDS}"
    assert must_have_outcome([reason]) == (strength is Strength.MUST)


ENDS: dict[str, tuple[Callable[[World, str], object], AskedState]] = {
    "nothing": (lambda world, ref: None, AskedState.OPEN),
    "not reached": (lambda world, ref: reviewed(world, "not_reached"), AskedState.OPEN),
    "somebody else is seen": (lambda world, ref: reviewed(world, who="margaret"), AskedState.OPEN),
    "seen": (lambda world, ref: reviewed(world), AskedState.SEEN),
    "needed no more": (
        lambda world, ref: say_not_needed(by=world["nurse"], at=AT + HOUR, ref=ref, because="Well."),
        AskedState.NOT_NEEDED,
    ),
    "died": (
        lambda world, ref: record_departure(
            by=world["nurse"], at=AT + HOUR, ref=world.residents["winifred"], kind="died", left_on=AT.date()
        ),
        AskedState.GONE,
    ),
}


@pytest.mark.parametrize("how", ENDS)
def test_what_ends_it_and_what_does_not(world: World, how: str) -> None:
    """The list, the page and the timeline say the same."""
    ref = asked(world)
    end, expected = ENDS[how]
    end(world, ref)
    assert state(world, ref) is expected
    is_open = expected is AskedState.OPEN
    person = see_resident(viewer=world["nurse"], ref=world.residents["winifred"], at=AT + 4 * HOUR)
    assert bool(record_of(person).of("put_forward", only_open=True)) == is_open
    if how != "died":
        assert ("asked_by_staff" in reasons(world)) == is_open


def test_each_end_has_its_way_back(world: World) -> None:
    """A death in error, a review on the wrong person: they are to be seen again, on the first day."""
    ref = asked(world)
    left = record_departure(
        by=world["nurse"], at=AT + HOUR, ref=world.residents["winifred"], kind="died", left_on=AT.date()
    )
    assert left
    withdraw_departure(by=world["nurse"], at=AT + 2 * HOUR, ref=world.residents["winifred"], because="Wrong person.")
    assert state(world, ref) is AskedState.OPEN
    held = reviewed(world)
    assert state(world, ref) is AskedState.SEEN
    move_review(
        by=world["clinician"], at=AT + 2 * HOUR, ref=held, person=world.residents["winifred"],
        to_ref=world.residents["albert"], because="Chosen by mistake",
    )  # fmt: skip
    assert state(world, ref) is AskedState.OPEN
    assert reasons(world)["asked_by_staff"].evidence.startswith("Mon 16 Nov 2026, 10:00")


def test_a_round_cannot_close_over_whom_a_clinician_asks_for(world: World) -> None:
    asked(world, "gp", "clinician")
    held = reviewed(world, who="margaret")
    with pytest.raises(Invalid):
        close_round(by=world["clinician"], at=AT + 2 * HOUR, ref=held)


def test_what_is_over_is_not_ended_again(world: World) -> None:
    ref = asked(world)
    reviewed(world)
    with pytest.raises(NotAllowed, match="put them forward anew"):
        say_not_needed(by=world["nurse"], at=AT + 2 * HOUR, ref=ref, because="Well.")


def test_on_the_wrong_person_only_that_something_was_removed_is_left(world: World) -> None:
    ref = asked(world)
    moved = move_put_forward(
        by=world["nurse"], at=AT + HOUR, ref=ref, to_ref=world.residents["albert"], because="a slip"
    )
    with pytest.raises(MovedTo):
        see_put_forward(viewer=world["nurse"], ref=ref, at=AT + HOUR)
    assert "asked_by_staff" in reasons(world, "albert")
    assert "asked_by_staff" not in reasons(world)
    found = asked_to_see(see_put_forward(viewer=world["nurse"], ref=moved, at=AT + HOUR))
    assert (found.by.name, found.moved_by.name if found.moved_by else "", found.at) == ("Cora Carer", "Nell Nurse", AT)
    person = see_resident(viewer=world["nurse"], ref=world.residents["winifred"], at=AT + HOUR)
    assert not record_of(person).of("put_forward")
    assert not any(WORDS in entry.words for entry in record_of(person).entries)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 501}, "words"),
        ({"asks": ""}, "asks"),
        ({"asks": "clinician"}, "asks"),
        ({"asks": "nobody"}, "asks"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(world: World, more: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        asked(world, **more)
    assert set(refusal.value.problems) == {field}


def test_staff_of_a_home_ask_for_no_clinician(world: World) -> None:
    with pytest.raises(Invalid):
        asked(world, "manager", Asks.CLINICIAN)
    assert asked(world, "coordinator", Asks.CLINICIAN)


def test_another_home_and_another_practice_find_nothing(world: World) -> None:
    ref = asked(world)
    for who in ("ivy_nurse", "tor_clinician", "outside_gp", "icb"):
        with pytest.raises(NotHere):
            see_put_forward(viewer=world[who], ref=ref, at=AT)
