"""Gone to hospital, still there, back: whose clock starts anew, whom a round waits for, the way back (REQ-67; H32)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from homeround.ehch.alignment.access import see_home
from homeround.ehch.care_plans.actions import mark_done
from homeround.ehch.care_plans.queries import clocks_of
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions import (
    go_to_hospital,
    note_hospital_news,
    record_departure,
    return_from_hospital,
    withdraw_departure,
    withdraw_hospital,
    withdraw_return,
)
from homeround.ehch.residents.models import HospitalStay
from homeround.ehch.residents.queries import banner_of, living_here
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.actions import close_round, put_forward
from homeround.ehch.rounds.queries import record_of, what_waits, worklist
from homeround.kernel.refusals import Invalid
from tests.ehch.rounds.open_things import held_on
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("looks")

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)


def went(world: World, **more: Any) -> None:
    given: dict[str, Any] = {"by": world["nurse"], "at": AT, "ref": world.residents["winifred"], "went_on": TODAY}
    go_to_hospital(**given | {"hospital": "Royal Infirmary"} | more)


def back(world: World, how: str = "admitted", days: int = 3, **more: Any) -> None:
    given: dict[str, Any] = {
        "by": world["nurse"],
        "at": AT + days * DAY,
        "ref": world.residents["winifred"],
        "back_on": TODAY + days * DAY,
        "how": how,
    }
    return_from_hospital(**given | more)


def person(world: World, days: int = 0) -> PersonInSight:
    return see_resident(viewer=world["nurse"], ref=world.residents["winifred"], at=AT + days * DAY)


def away_since(world: World, days: int = 0) -> date | None:
    """What the banner and every list of the home say: the same."""
    home = see_home(viewer=world["nurse"], code=world.code("rose"), at=AT + days * DAY)
    [row] = [row for row in living_here(home) if row.ref == world.residents["winifred"]]
    on_the_banner = banner_of(person(world, days)).away
    assert row.away == on_the_banner
    return row.away.since if row.away else None


def clocks(world: World, days: int = 0) -> set[tuple[str, date]]:
    return {(clock.arrival, clock.due_on) for clock in clocks_of(person(world, days)) if clock.is_open}


def test_in_hospital_stands_on_banner_and_list_until_they_are_back(world: World) -> None:
    assert away_since(world) is None
    went(world, went_on=TODAY - DAY)
    assert away_since(world) == TODAY - DAY
    back(world)
    assert away_since(world, 3) is None


def test_coming_back_starts_the_clock_with_the_day_of_return(world: World) -> None:
    """REQ-67: 7 working days; day 0 is Thursday 19 November."""
    went(world)
    before = clocks(world)
    back(world)
    assert clocks(world, 3) - before == {("back from hospital", date(2026, 11, 30))}


def test_who_was_seen_there_and_not_admitted_has_no_new_clock(world: World) -> None:
    went(world)
    before = clocks(world)
    back(world, "not_admitted", days=0)
    assert clocks(world) == before


def test_twice_back_on_one_day_is_one_clock(world: World) -> None:
    for _ in range(2):
        went(world)
        back(world, days=0)
    assert len({due for _, due in clocks(world)}) == 1


def test_a_return_taken_back_leaves_them_there_since_the_first_day(world: World) -> None:
    went(world)
    back(world)
    before = clocks(world, 3)
    withdraw_return(by=world["nurse"], at=AT + 4 * DAY, ref=world.residents["winifred"], because="Not her.")
    assert away_since(world, 4) == TODAY
    assert clocks(world, 4) != before
    back(world, days=5)
    assert away_since(world, 5) is None


def test_a_mistake_leaves_no_trace_on_the_lists(world: World) -> None:
    went(world)
    note_hospital_news(by=world["nurse"], at=AT, ref=world.residents["winifred"], words="Stable.")
    withdraw_hospital(by=world["nurse"], at=AT + DAY, ref=world.residents["winifred"], because="Her neighbour.")
    assert away_since(world, 1) is None
    kinds = [entry.kind for entry in record_of(person(world, 1)).entries]
    assert "hospital" not in kinds
    assert "hospital_news" not in kinds
    assert "correction" in kinds, "whoever read it finds out"
    went(world, at=AT + 2 * DAY, went_on=TODAY + 2 * DAY)
    assert away_since(world, 2) == TODAY + 2 * DAY


def test_a_death_in_hospital_ends_it_and_one_in_error_does_not(world: World) -> None:
    went(world)
    ref = world.residents["winifred"]
    record_departure(by=world["nurse"], at=AT + DAY, ref=ref, kind="died", left_on=TODAY + DAY)
    assert not HospitalStay.objects.open().exists()
    assert record_of(person(world, 1)).of("hospital")[0].ended_at == AT + DAY
    withdraw_departure(by=world["nurse"], at=AT + 2 * DAY, ref=ref, because="The neighbour.")
    assert away_since(world, 2) == TODAY


def test_a_round_does_not_wait_for_them_and_they_keep_their_reasons(world: World) -> None:
    put_forward(by=world["gp"], at=AT, ref=world.residents["winifred"], asks="clinician", words="Look at her ankles.")
    held = held_on(world, AT)
    with pytest.raises(Invalid, match="Winifred"):
        close_round(by=world["clinician"], at=AT, ref=held)
    went(world)
    close_round(by=world["clinician"], at=AT, ref=held)
    found = worklist(see_worklist(viewer=world["clinician"], code=world.code("rose"), at=AT + DAY))
    [row] = [row for row in found.with_reason if row.ref == world.residents["winifred"]]
    assert "asked_by_clinician" in {reason.code for reason in row.reasons}
    assert row.away


def test_back_they_are_to_be_seen(world: World) -> None:
    went(world)
    back(world)
    found = worklist(see_worklist(viewer=world["clinician"], code=world.code("rose"), at=AT + 3 * DAY))
    [row] = [row for row in found.with_reason if row.ref == world.residents["winifred"]]
    assert [reason.evidence for reason in row.reasons if reason.code == "back_from_hospital"] == [
        "back Thu 19 Nov 2026"
    ]


def test_the_home_asks_every_week(world: World) -> None:
    def is_late(days: int) -> bool:
        found = what_waits(viewer=world["coordinator"], at=AT + days * DAY)
        return "in_hospital" in {row.wait.kind for row in found.mine}

    went(world)
    assert not is_late(7)
    assert is_late(8), "the coordinator is told when nobody has asked for more than a week"
    note_hospital_news(by=world["nurse"], at=AT + 8 * DAY, ref=world.residents["winifred"], words="Stable.")
    assert not is_late(15)
    assert is_late(16)


def test_marked_as_done_for_an_earlier_arrival_is_not_done_for_the_return(world: World) -> None:
    went(world)
    back(world)
    mark_done(
        by=world["nurse"], at=AT + 4 * DAY, ref=world.residents["winifred"], obligation="assessment",
        done_on=TODAY + 4 * DAY, document="the office", took_part="Nell Nurse", person_took_part="yes",
    )  # fmt: skip
    assert {clock.obligation for clock in clocks_of(person(world, 4)) if clock.is_open} == {"plan"}
    went(world, at=AT + 5 * DAY, went_on=TODAY + 5 * DAY)
    back(world, days=7)
    assert {clock.obligation for clock in clocks_of(person(world, 7)) if clock.is_open} == {"assessment", "plan"}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"went_on": TODAY + DAY}, "went_on"),
        ({"went_on": date(1800, 1, 1)}, "went_on"),
        ({"went_on": TODAY - timedelta(days=40)}, "sure"),
        ({"hospital": "x" * 121}, "hospital"),
        ({"words": "x" * 201}, "words"),
    ],
)
def test_going_is_refused_at_its_field(world: World, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        went(world, **more)
    assert field in refusal.value.problems


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"back_on": TODAY - DAY}, "back_on"),
        ({"back_on": TODAY + 9 * DAY}, "back_on"),
        ({"how": ""}, "how"),
        ({"words": "x" * 501}, "words"),
    ],
)
def test_coming_back_is_refused_at_its_field(world: World, more: dict[str, Any], field: str) -> None:
    went(world)
    with pytest.raises(Invalid) as refusal:
        back(world, **more)
    assert set(refusal.value.problems) == {field}
    assert away_since(world, 3) == TODAY, "nothing is half written"


def test_twice_there_and_never_there(world: World) -> None:
    with pytest.raises(Invalid, match="not in hospital"):
        back(world)
    went(world)
    with pytest.raises(Invalid, match="already"):
        went(world)
