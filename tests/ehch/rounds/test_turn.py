"""Whose turn it is: each kind of open thing, for each person of the world, now, three weeks and three months later.
REQ-46; H12, H24, H38, H40.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from homeround.accounts.actions import end_membership
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.rules import Wait
from homeround.ehch.residents.rules.kinds import Side, Strength
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.queries import what_waits, worklist
from homeround.ehch.rounds.queries.waiting import waits_in
from homeround.ehch.rounds.rules import REASONS, turn
from homeround.ehch.rounds.rules.kinds import TURNS
from homeround.kernel.audit.noticed import Looks
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.statements import statements
from tests.world import AT, World

EVERYBODY = (
    "carer", "agency", "nurse", "senior", "manager", "coordinator", "clinician", "pharmacist", "lead", "exe_manager",
    "gp", "gp_colleague", "clerk", "outside_gp", "ivy_nurse", "tor_coordinator", "tor_clinician", "tor_lead", "icb",
    "community", "co_opted", "exe_ig", "admin",
)  # fmt: skip


def waits_for(world: World, kind: str, at: datetime) -> set[str]:
    """The people for whom something of this kind waits. No round was ever held in the other PCN's home: left out."""
    elsewhere = ("ivy_", "tor_") if kind == "round_missed" else ()
    asked = [name for name in EVERYBODY if not name.startswith(elsewhere)]
    return {name for name in asked if kind in {row.wait.kind for row in what_waits(viewer=world[name], at=at).mine}}


def test_each_kind_is_tried() -> None:
    assert set(OPEN_THINGS) == set(rules.TURNS)


@pytest.mark.parametrize("kind", OPEN_THINGS)
def test_each_kind_waits_for_somebody_and_stays_until_it_is_dealt_with(world: World, looks: Looks, kind: str) -> None:
    thing = OPEN_THINGS[kind]
    thing.open(world)
    assert waits_for(world, kind, AT) == thing.now
    for later in (thing.late_after + timedelta(minutes=1), timedelta(weeks=3), timedelta(days=91)):
        at = AT + later
        assert waits_for(world, kind, at) == thing.after(later), later
        mine = [row for row in what_waits(viewer=world[min(thing.late)], at=at).mine if row.wait.kind == kind]
        assert all(row.urgency in {rules.Urgency.LATE, rules.Urgency.URGENT} for row in mine), later
        assert all(row.age_days >= later.days for row in mine), later


def test_the_strongest_and_oldest_come_first(world: World, looks: Looks) -> None:
    for kind in ("gp_question", "to_be_phoned", "unread", "not_reached"):
        OPEN_THINGS[kind].open(world)
    rows = what_waits(viewer=world["clinician"], at=AT + timedelta(hours=5)).mine
    assert rows[0].wait.kind == "to_be_phoned"
    ranks = [turn.rank_of(row.wait, AT + timedelta(hours=5)) for row in rows]
    assert ranks == sorted(ranks)


def waiting(kind: str, since: datetime, *, due_on: datetime | None = None, ref: str = "A") -> Wait:
    """Something of this kind about somebody of one home, in its barest form."""
    day = due_on.date().isoformat() if due_on else ""
    return Wait(kind, 1, "P", 1, None, None, since, day, ref, words="", whom="")


CONCERNS = sorted(kind for kind, row in TURNS.items() if row.strength is Strength.CONCERN)
NEEDED_HELP = ("to_be_phoned", "phoned")
HAS_ITS_PLACE = dict.fromkeys(CONCERNS, turn.Rank.CONCERN) | dict.fromkeys(NEEDED_HELP, turn.Rank.URGENT)


@pytest.mark.parametrize("kind", OPEN_THINGS)
def test_where_a_kind_stands_on_a_list(kind: str) -> None:
    """A concern has its own place from its first minute; everything else stands by whether it is late."""
    new = waiting(kind, AT, due_on=AT)
    old = waiting(kind, AT - timedelta(weeks=3))
    assert turn.rank_of(new, AT) is HAS_ITS_PLACE.get(kind, turn.Rank.WAITING)
    assert turn.rank_of(old, AT) is HAS_ITS_PLACE.get(kind, turn.Rank.LATE)


@pytest.mark.parametrize("kind", sorted(set(OPEN_THINGS) - set(CONCERNS)))
@pytest.mark.parametrize("concern", CONCERNS)
def test_no_formality_however_old_stands_before_a_concern_however_new(kind: str, concern: str) -> None:
    new = waiting(concern, AT, ref="Z")
    for age in (timedelta(0), timedelta(days=2), timedelta(weeks=3), timedelta(days=400)):
        old = waiting(kind, AT - age, due_on=AT - age)
        assert turn.place(new, AT) < turn.place(old, AT), age


def test_a_new_concern_stands_first_on_every_list_it_is_on(world: World, looks: Looks) -> None:
    """Behind three weeks of whatever else is late, of which a first page shows only a few lines."""
    for kind in ("round_missed", "follow_up", "follow_up_pcn", "silence", "came_back", "gp_question"):
        OPEN_THINGS[kind].open(world)
    at = AT + timedelta(weeks=3)
    raise_concern(by=world["carer"], at=at, ref=world.residents["albert"], words="Pale.", help_now=False)
    for later in (timedelta(minutes=1), timedelta(hours=5)):
        rows = what_waits(viewer=world["coordinator"], at=at + later).mine
        assert {row.urgency for row in rows[1:]} >= {turn.Urgency.LATE}
        assert (rows[0].wait.kind, rows[0].wait.words) == ("unread", "Pale."), later
        ranks = [(turn.rank_of(row.wait, at + later), TURNS[row.wait.kind].strength) for row in rows]
        assert ranks == sorted(ranks)
    for who in ("clinician", "pharmacist", "lead", "nurse", "senior", "manager"):
        rows = what_waits(viewer=world[who], at=at + timedelta(hours=5)).mine
        assert rows[0].wait.kind == "unread", who


def test_what_only_i_can_do_stands_before_what_others_do_as_well(world: World, looks: Looks) -> None:
    """A first page shows eight lines: what waits by name is not the ninth (H38)."""
    for kind in ("round_missed", "dispute", "decision_to_confirm"):
        OPEN_THINGS[kind].open(world)
    at = AT + timedelta(days=1)
    rows = what_waits(viewer=world["clinician"], at=at).mine
    named = [row.is_named for row in rows]
    assert any(named)
    assert named == sorted(named, reverse=True)
    assert [row.wait.kind for row in rows if row.is_named] == ["dispute", "decision_to_confirm"]
    silence = Wait(**vars(waiting("silence", AT - timedelta(days=9))) | {"member": 7})
    assert not turn.is_theirs(silence, 7), "the lead oversees it and does not act alone"


def test_of_two_that_are_late_the_older_comes_first(world: World, looks: Looks) -> None:
    found = waits_in([world.bodies["rose"].pk], AT)
    [one] = [wait for wait in found if wait.kind == "nobody_responsible"]
    assert turn.place(one, AT) < turn.place(type(one)(**vars(one) | {"since": one.since + timedelta(days=1)}), AT)


def test_what_somebody_owned_passes_to_the_role_when_they_leave(world: World, looks: Looks) -> None:
    """An ended membership owns nothing: what was typed for it is for the other clinicians (trust.md)."""
    OPEN_THINGS["to_confirm"].open(world)
    assert waits_for(world, "to_confirm", AT) == {"clinician"}
    end_membership(by=world["exe_manager"], at=AT, membership_id=world["clinician"].membership_id, how="left")
    later = AT + timedelta(minutes=1)
    still_here = {"pharmacist", "lead", "coordinator"}
    assert waits_for(world, "to_confirm", later) & still_here == {"pharmacist", "lead"}


def test_a_round_left_open_hides_no_missed_week(world: World, looks: Looks) -> None:
    OPEN_THINGS["round_open"].open(world)
    three_weeks = AT + timedelta(weeks=3)
    assert "coordinator" in waits_for(world, "round_missed", three_weeks)
    assert "coordinator" in waits_for(world, "round_open", three_weeks)


def test_what_waits_for_coordinators_waits_for_somebody_else_of_the_pcn_too() -> None:
    """A PCN may have no coordinator: its page says that clinicians or the manager have it once it is late."""
    others = {Side.CLINICIANS, Side.MANAGERS}
    alone = {
        kind
        for kind, turn in TURNS.items()
        if Side.COORDINATORS in turn.sides and not others & (turn.sides | turn.late_sides)
    }
    assert alone == set()


def test_what_waits_costs_the_same_for_little_and_much(world: World, looks: Looks) -> None:
    what_waits(viewer=world["coordinator"], at=AT)
    with statements() as few:
        what_waits(viewer=world["coordinator"], at=AT)
    of_rounds = {"round_open", "not_reached", "to_confirm", "round_missed", "answer_gone", "still_needed", "see_again"}
    of_rounds |= {"answered_not_theirs", "answered_in_error"}
    for kind in OPEN_THINGS:
        if kind not in of_rounds | {"handover", "handover_pcn", "not_theirs"}:
            OPEN_THINGS[kind].open(world)
    with statements() as many:
        assert what_waits(viewer=world["coordinator"], at=AT + timedelta(days=20)).number > 8
    assert len(few) == len(many) == 3, many


def test_a_call_that_was_made_leaves_the_reason_urgent_until_the_pcn_answers(world: World, looks: Looks) -> None:
    """What a first page calls urgent is no ordinary concern on the worklist, in a round or beside a review (H3)."""
    OPEN_THINGS["phoned"].open(world)
    found = worklist(see_worklist(viewer=world["clinician"], code=world.code("rose"), at=AT))
    first = found.with_reason[0]
    assert first.ref == world.residents["winifred"]
    assert first.reasons[0].code == "help_called"
    assert REASONS["help_called"].is_urgent
