"""What the matrix acts on and opens."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from homeround.accounts.models import Membership
from homeround.ehch.care_plans import actions as care_plans
from homeround.ehch.decisions import actions as decisions
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration import actions as deterioration
from homeround.ehch.deterioration.models import Call
from homeround.ehch.residents import actions as residents
from homeround.ehch.residents.actions import Place, Somebody
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.rounds import actions as rounds
from homeround.kernel.record.nhs_number import made
from tests import snapshot
from tests.access.people import TODAY
from tests.access.rows import stated
from tests.world import AT, World, lay

_taken: tuple[World, dict[str, str], list[snapshot.Table]] | None = None


@pytest.fixture
def world(db: None) -> World:
    """The world with the things in it: built through the actions once a run, its rows laid again afterwards."""
    global _taken  # noqa: PLW0603 - once for a process
    if _taken is None:
        laid = lay()
        _taken = (laid, _make_things(laid), snapshot.take())
    else:
        snapshot.lay(_taken[2])
    return copy.deepcopy(_taken[0])


@pytest.fixture
def things(world: World) -> dict[str, str]:
    """What the actions act on, all about Margaret Hill and in Rose House."""
    assert _taken is not None
    return dict(_taken[1])


def _make_things(world: World) -> dict[str, str]:
    refs = {"person": world.residents["margaret"]}
    about: dict[str, Any] = {"at": AT, "ref": refs["person"]}
    refs["concern"] = deterioration.raise_concern(by=world["carer"], words="Not eating", help_now=False, **about)
    refs["urgent"] = deterioration.raise_concern(by=world["carer"], words="Fell", help_now=True, **about)
    refs["phoned"] = deterioration.raise_concern(by=world["carer"], words="Choked", help_now=True, **about)
    deterioration.record_call(
        by=world["carer"], at=AT, ref=refs["phoned"], service="NHS 111", spoke_to="Sam", words="Watch her."
    )
    refs["call"] = Call.objects.get().ref
    refs["answered"] = deterioration.raise_concern(by=world["carer"], words="Pale", help_now=False, **about)
    deterioration.mark_read(by=world["clinician"], at=AT, ref=refs["answered"])
    deterioration.answer_concern(by=world["clinician"], at=AT, ref=refs["answered"], words="Seen.")
    refs["removed"] = deterioration.raise_concern(by=world["carer"], words="Cold", help_now=False, **about)
    deterioration.remove_concern(by=world["carer"], at=AT, ref=refs["removed"], because="a slip")
    care_plans.mark_done(
        by=world["nurse"], obligation="assessment", done_on=TODAY, document="the office", took_part="Nell Nurse",
        person_took_part="yes", **about
    )  # fmt: skip
    decided = [
        decisions.decide(
            by=world["clinician"],
            decision=decisions.Deciding("plan", f"Change {number}", "Needed.", "nothing", TODAY, replaces=NEW),
            **about,
        )
        for number in range(3)
    ]
    asks = [Ask.objects.get(decision=Decision.objects.get(ref=ref)).ref for ref in decided]
    refs |= {"ask": asks[0], "queried": asks[1], "disputed": decided[2]}
    reply: dict[str, Any] = {"by": world["gp_colleague"], "at": AT}
    decisions.reply_to_decision(ref=asks[1], kind="query", words="Since when?", **reply)
    decisions.reply_to_decision(ref=asks[2], kind="do_not_adopt", words="No.", meanwhile="As before.", **reply)
    refs["put forward"] = rounds.put_forward(by=world["carer"], asks="staff", words="Eats little.", **about)
    refs["follow_up"] = decisions.ask_follow_up(
        by=world["clinician"], asking=decisions.Asking("Weigh her", "home", TODAY), **about
    )
    refs["newcomer"] = _newcomer(world, "Nora", "Newcomer", serial=801)
    refs["departed"] = _newcomer(world, "Dora", "Departed", serial=802)
    refs["taken out"] = _newcomer(world, "Tara", "Taken", serial=803)
    residents.withdraw_move_in(
        by=world["nurse"], at=AT, ref=refs["taken out"], because="the wrong line", is_looked_through=True
    )
    residents.record_departure(by=world["nurse"], at=AT, ref=refs["departed"], kind="died", left_on=TODAY)
    refs["in hospital"] = _newcomer(world, "Hilda", "Hospital", serial=805)
    residents.go_to_hospital(by=world["nurse"], at=AT, ref=refs["in hospital"], went_on=TODAY)
    residents.note_hospital_news(by=world["nurse"], at=AT, ref=refs["in hospital"], words="Eats again.")
    refs["back"] = _newcomer(world, "Bella", "Back", serial=806)
    residents.go_to_hospital(by=world["nurse"], at=AT, ref=refs["back"], went_on=TODAY)
    residents.return_from_hospital(by=world["nurse"], at=AT, ref=refs["back"], back_on=TODAY, how="admitted")
    refs["moved away"] = _newcomer(world, "Mona", "Movedaway", serial=804)
    residents.record_departure(by=world["nurse"], at=AT, ref=refs["moved away"], kind="moved_home", left_on=TODAY)
    refs |= {name: make(world) for name, make in stated("THINGS").items()}
    return refs | _way_back_things(world, about)


def _way_back_things(world: World, about: dict[str, Any]) -> dict[str, str]:
    """What can be taken back: each by whoever did it."""
    refs: dict[str, str] = {}

    def decided(name: str, by: str = "clinician", for_whom: int | None = None) -> str:
        decision = decisions.Deciding("plan", name, "Needed.", "nothing", TODAY, replaces=NEW)
        refs[name] = decisions.decide(by=world[by], decision=decision, for_whom=for_whom, **about)
        return Ask.objects.get(decision__ref=refs[name]).ref

    decided("decision")
    decided("typed", by="coordinator", for_whom=world["clinician"].membership_id)
    gp: dict[str, Any] = {"by": world["gp"], "at": AT}
    refs["replied"] = decided("replied decision")
    decisions.reply_to_decision(ref=refs["replied"], kind="read", **gp)
    refs["answered ask"] = decided("answered decision")
    decisions.reply_to_decision(ref=refs["answered ask"], kind="query", words="Since when?", **gp)
    decisions.answer_query(by=world["clinician"], at=AT, ref=refs["answered ask"], words="May.")
    ask = decided("settled")
    decisions.reply_to_decision(ref=ask, kind="do_not_adopt", words="No.", meanwhile="As before.", **gp)
    decisions.settle_dispute(by=world["clinician"], at=AT, ref=refs["settled"], words="Agreed.", settled_as="meanwhile")
    decided("withdrawn")
    decisions.withdraw_decision(by=world["clinician"], at=AT, ref=refs["withdrawn"], because="Scales broken.")
    for name, end in (("done", decisions.complete_follow_up), ("came back", decisions.cannot_follow_up)):
        asking = decisions.Asking(name, "home", TODAY)
        refs[name] = decisions.ask_follow_up(by=world["clinician"], asking=asking, **about)
        end(by=world["nurse"], at=AT, ref=refs[name], words="No scales here.")
    return refs


def _newcomer(world: World, given: str, family: str, *, serial: int) -> str:
    """Somebody who moved in today, about whom nothing is open but what a move-in starts."""
    return residents.move_in(
        by=world["nurse"],
        at=AT,
        code=world.code("rose"),
        who=Somebody(given, family, date(1940, 1, 1), nhs_number=made(serial)),
        stay=Place(kind="permanent", place="residential", room="31"),
        registration=Registering("permanent", world.code("mill")),
        arrived_on=TODAY,
    )


def _held(world: World, days_before: int) -> str:
    """A round of some days before."""
    return rounds.open_round(
        by=world["clinician"], at=AT - timedelta(days=days_before), code=world.code("rose"), mode="in_person",
        home_representative="Nell Nurse", medical_input="Dr Hart",
    )  # fmt: skip


def _typed_in_a_round(world: World) -> str:
    """The round of three days before, with a review that the coordinator typed for the clinician."""
    ref = _held(world, 3)
    rounds.record_review(
        by=world["coordinator"], at=AT - timedelta(days=3), ref=ref, person=world.residents["margaret"],
        for_whom=world["clinician"].membership_id, review=rounds.Reviewing(how="in_person", outcome="other"),
    )  # fmt: skip
    return ref


def _round_in_question(world: World) -> str:
    """The round of five days before, in which a review answered a concern that was about somebody else."""
    then, ref, margaret = AT - timedelta(days=5), _held(world, 5), world.residents["margaret"]
    concern = deterioration.raise_concern(by=world["carer"], at=then, ref=margaret, words="Coughs", help_now=False)
    seen = rounds.Reviewing(how="in_person", outcome="other", answers=(concern,))
    rounds.record_review(by=world["clinician"], at=then, ref=ref, person=margaret, review=seen)
    to_ref = world.residents["winifred"]
    moved = deterioration.move_concern(by=world["nurse"], at=then, ref=concern, to_ref=to_ref, because="The wrong room")
    deterioration.answer_concern(by=world["clinician"], at=then, ref=moved, words="Fluids")  # nobody is a must by it
    return ref


def _cancelled_round(world: World) -> str:
    """A round of four days before that was cancelled."""
    ref = _held(world, 4)
    return rounds.cancel_round(by=world["clinician"], at=AT - timedelta(days=4), ref=ref, because="Wrong home")


@pytest.fixture
def addressed(world: World, things: dict[str, str]) -> Iterator[dict[str, str]]:
    """What stands in addresses, on the world's Monday."""
    with time_machine.travel(AT, tick=False):
        things["typed in round"] = _typed_in_a_round(world)
        things["round in question"] = _round_in_question(world)
        things["cancelled round"] = _cancelled_round(world)
        things["round"] = _held(world, 0)
        for name in ("clinician", "pharmacist", "lead"):
            seen = rounds.Reviewing(how="in_person", outcome="other")
            rounds.record_review(by=world[name], at=AT, ref=things["round"], person=things["person"], review=seen)
        things["queried decision"] = Ask.objects.select_related("decision").get(ref=things["queried"]).decision.ref
        things["expected"] = residents.expect_resident(
            by=world["nurse"],
            at=AT,
            code=world.code("rose"),
            who=Somebody("Ella", "Expected", date(1940, 1, 1), no_number_because="not told yet"),
            stay=Place(kind="respite", place="residential", room="30"),
            registration=Registering("not_known"),
            expected_on=date(2026, 11, 20),
        )
        things["colleague"] = Membership.objects.get(pk=world["carer"].membership_id).ref
        things |= {body: world.code(body) for body in ("rose", "exe", "icb")}
        yield things


@pytest.fixture
def let_in(world: World, addressed: dict[str, str]) -> None:
    """The community team's member is asked in for Margaret Hill, so that a form can end it."""
    member = world["community"].membership_id
    residents.co_opt(by=world["nurse"], at=AT, ref=addressed["person"], member=member, because="A second pair of eyes")
