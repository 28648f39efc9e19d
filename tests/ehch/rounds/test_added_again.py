"""Whoever was cut off by mistake and added again is the same person for the same body: what was theirs is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from homeround.accounts.actions import end_membership
from homeround.accounts.rights import Kind
from homeround.accounts.telling import tell_member
from homeround.accounts.viewer import Viewer
from homeround.directory.models import CareHome
from homeround.ehch.alignment.access import acts_in
from homeround.ehch.decisions.actions import Asking, ask_follow_up, cannot_follow_up
from homeround.ehch.deterioration.access import see_call, see_concern
from homeround.ehch.deterioration.actions import mark_read, raise_concern, record_call, unmark_read
from homeround.ehch.deterioration.models import Call, ReadBy
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.rounds.access import RoundInSight, leads_open_round, see_round
from homeround.ehch.rounds.actions import Reviewing, close_round, move_review, record_review
from homeround.ehch.rounds.models import Review
from homeround.ehch.rounds.queries import made_by_review, review_stands, round_page, what_waits
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import Invalid
from homeround.nonprod import building
from tests.web.round_of_rose import CHANGE, begin, see
from tests.world import AT, World

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
NEXT_DAY = AT + timedelta(days=1)


def added_again(world: World, who: str) -> Viewer:
    """Cut off by mistake, and added again in the same role."""
    manager = world["manager" if who == "carer" else "exe_manager"]
    end_membership(by=manager, at=LATER, membership_id=world[who].membership_id, how="Cut off by mistake")
    again = building.member(
        by=manager, at=LATER, username=who, role=world[who].role, body=world.bodies["rose" if who == "carer" else "exe"]
    )
    assert again.membership_id != world[who].membership_id
    return again


def person(world: World) -> str:
    return world.residents["margaret"]


def named(viewer: Viewer) -> set[str]:
    """The kinds of what waits for the viewer by name the day after."""
    return {row.wait.kind for row in what_waits(viewer=viewer, at=NEXT_DAY).mine if row.is_named}


def _came_back(world: World) -> None:
    asking = Asking("Weigh her", "home", AT.date())
    ref = ask_follow_up(by=world["clinician"], at=AT, ref=person(world), asking=asking)
    cannot_follow_up(by=world["nurse"], at=AT, ref=ref, words="No scales.")


WAITS: dict[str, tuple[Callable[[World], object], str]] = {
    # what is open; the kind that waits by name for whose it is, a clinician of the PCN
    "a round that they left open": (begin, "round_open"),
    "what they asked, and could not be done": (_came_back, "came_back"),
}


@pytest.mark.parametrize("what", WAITS)
def test_what_waits_by_name_waits_for_them(world: World, looks: Looks, what: str) -> None:
    become, kind = WAITS[what]
    become(world)
    assert kind in named(world["clinician"])
    assert kind in named(added_again(world, "clinician"))


def test_they_go_on_with_the_round_that_they_lead(world: World) -> None:
    begin(world)
    again, on = added_again(world, "clinician"), AT.date()
    leads = CareHome.objects.filter(leads_open_round(again.membership_id, "pk", on))
    assert leads.get().body_id == world.bodies["rose"].pk
    assert not CareHome.objects.filter(leads_open_round(world["lead"].membership_id, "pk", on)).exists()


def test_their_review_is_theirs_to_change_and_to_move(world: World, looks: Looks) -> None:
    held = begin(world)
    record_review(by=world["clinician"], at=AT, ref=held, person=person(world), review=CHANGE)
    again = added_again(world, "clinician")
    round_, who = _in_sight(again, held, person(world))
    stands = review_stands(round_, who)
    assert (stands.is_own, stands.notes) == (True, CHANGE.notes)
    assert [thing.kind for thing in made_by_review(round_, who, reviewer=again.membership_id)] == [
        "decision",
        "follow_up",
    ]
    changed = Reviewing("in_person", "no_change", read_version=stands.version)
    with pytest.raises(Invalid) as refused:  # what it decided before stands, and is not contradicted
        record_review(by=again, at=LATER, ref=held, person=person(world), review=changed)
    assert "outcome" in refused.value.problems
    move_review(
        by=again, at=LATER, ref=held, person=person(world), to_ref=world.residents["albert"], because="Next room."
    )
    assert Review.objects.get().resident.ref == world.residents["albert"]


def test_what_they_write_over_it_takes_its_place(world: World, looks: Looks) -> None:
    held = begin(world)
    record_review(by=world["clinician"], at=AT, ref=held, person=person(world), review=CHANGE)
    again = added_again(world, "clinician")
    version = review_stands(*_in_sight(again, held, person(world))).version
    changed = replace(CHANGE, notes="Clearer.", decision=None, follow_up=None, read_version=version)
    record_review(by=again, at=LATER, ref=held, person=person(world), review=changed)
    close_round(by=again, at=LATER, ref=held)
    [line] = round_page(see_round(viewer=again, ref=held, at=LATER)).reviewed
    assert (line.notes, len(line.decisions)) == ("Clearer.", 1)
    assert again.acts_as(line.reviewer)


def _in_sight(viewer: Viewer, held: str, ref: str) -> tuple[RoundInSight, PersonInSight]:
    return see_round(viewer=viewer, ref=held, at=LATER), see_resident(
        viewer=viewer, ref=ref, at=LATER, kind=Kind.CLINICAL
    )


def test_a_concern_and_a_call_are_theirs_to_remove(world: World, looks: Looks) -> None:
    ref = raise_concern(by=world["carer"], at=AT, ref=person(world), words="Hot.", help_now=True)
    record_call(by=world["carer"], at=AT, ref=ref, service="111", spoke_to="a nurse", words="Keep her cool.")
    again, call = added_again(world, "carer"), Call.objects.get().ref
    assert see_concern(viewer=again, ref=ref, at=LATER).may_remove
    assert see_call(viewer=again, ref=ref, call=call, at=LATER).may_remove
    assert not see_concern(viewer=world["agency"], ref=ref, at=LATER).may_remove
    assert not see_call(viewer=world["agency"], ref=ref, call=call, at=LATER).may_remove


def test_that_they_have_read_it_is_theirs_to_take_back(world: World, looks: Looks) -> None:
    ref = raise_concern(by=world["carer"], at=AT, ref=person(world), words="Hot.", help_now=False)
    mark_read(by=world["clinician"], at=AT, ref=ref)
    again = added_again(world, "clinician")
    assert concern_page(see_concern(viewer=again, ref=ref, at=LATER)).may_unmark_read
    unmark_read(by=again, at=LATER, ref=ref)
    assert not ReadBy.objects.exists()


def test_they_are_told_and_nobody_stands_in_for_them(world: World) -> None:
    before, home = world["clinician"].membership_id, CareHome.objects.get(body=world.bodies["rose"]).pk
    end_membership(by=world["exe_manager"], at=LATER, membership_id=before, how="Cut off by mistake")
    with acting(SystemActor("test", "")):
        assert not tell_member(membership_id=before, purpose="answer awaited", at=LATER)
    assert not acts_in(before, home, LATER)
    building.member(
        by=world["exe_manager"], at=LATER, username="clinician", role=world["clinician"].role, body=world.bodies["exe"]
    )
    with acting(SystemActor("test", "")):
        assert tell_member(membership_id=before, purpose="answer awaited", at=LATER)
    assert acts_in(before, home, LATER)


@pytest.mark.parametrize(("who", "is_same"), [("clinician", True), ("lead", False), ("tor_clinician", False)])
def test_nobody_else_acts_as_they_do(world: World, who: str, is_same: bool) -> None:
    assert added_again(world, "clinician").acts_as(world[who]) is is_same


def test_in_another_body_the_same_person_does_not(world: World, looks: Looks) -> None:
    elsewhere = building.member(
        by=world["manager"], at=AT, username="clinician", role=world["nurse"].role, body=world.bodies["rose"]
    )
    assert elsewhere.user_id == world["clinician"].user_id
    assert not elsewhere.acts_as(world["clinician"])
    held = begin(world)
    see(world, held)
    assert "round_open" not in named(elsewhere)
