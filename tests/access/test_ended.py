"""Every action by everybody whose relationship has ended: refused. H15, H54; roadmap 02b, section 12.

A person who left, a home that another PCN serves, a practice that has them no longer, a place on an MDT or in a team
that is over: what was theirs yesterday is not theirs to change today. What stays allowed is named with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import pytest
import time_machine

from homeround.accounts.actions import cut_off, end_membership
from homeround.accounts.models import Membership, User
from homeround.accounts.queries import members_of, memberships_named, open_memberships, viewer_of
from homeround.ehch.alignment.actions import align_home, name_lead, place_on_mdt, take_off_mdt
from homeround.ehch.care_plans import actions as care_plans
from homeround.ehch.residents import actions as residents
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.rounds import actions as rounds
from homeround.gateways import mail
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.delivery.outbox import Message
from homeround.kernel.refusals import Invalid, NotAllowed
from tests.access.acting import LATER, about_whom, ready
from tests.access.acting import tried as _try
from tests.access.people import LINES, TODAY
from tests.access.rows import ROWS, stated
from tests.world import AT, World

NOW = AT + timedelta(minutes=30)
ABOUT_THE_PERSON: Final = tuple(
    name
    for name, row in ROWS.items()
    if not row.alone and name.split(".")[0] not in {"alignment", "rounds"}
    if name not in {"residents.move_in", "residents.expect_resident", "residents.record_living_here"}
)
"""What is done about somebody who is there, in every slice; moving in, rounds and cover are about a home."""

STAYS_AFTER_LEAVING: Final = {
    "care_plans.mark_done": "a former home completes the stay it had, late and marked so, for 8 weeks (trust.md)",
    "care_plans.mark_not_done": "its way back",
    "decisions.answer_query": "a question about one's own decision is still owed an answer",
    "decisions.take_back_answer": "its way back",
    "decisions.settle_dispute": "no departure closes a dispute: whoever had them settles it while nobody else has them",
    "decisions.take_back_settlement": "its way back",
    **dict.fromkeys(
        (
            "decisions.complete_follow_up",
            "decisions.cannot_follow_up",
            "decisions.pass_on_follow_up",
            "decisions.drop_follow_up",
            "decisions.reopen_follow_up",
            "decisions.leave_follow_up",
        ),
        "what was asked while they lived here is finished by those who had them while nobody else has them",
    ),
    "decisions.read_news": "how the practice settled what they decided is still theirs to read",
    "decisions.confirm_typed": "what was typed for somebody while it was theirs is still theirs to confirm",
    "deterioration.move_concern": "an entry on the wrong person is put right whenever it is found",
    "residents.hand_over": "what was unanswered when they left is handed over by those who had them",
    "residents.withdraw_departure": "a departure written down by mistake is taken back by those who wrote it",
    "residents.correct_departure": "its day is put right by those who wrote it",
    "residents.correct_arrival_day": "its day is put right by those who wrote it",
    "residents.correct_identity": "who somebody was is put right by the home that wrote it, also of the dead",
    **stated("STAYS_AFTER_LEAVING"),
}


@dataclass(frozen=True)
class Ended:
    """How a relationship ends, whose it was, and which actions stay theirs, by the reason why."""

    end: Callable[[World, dict[str, str]], object]
    whose: frozenset[str]
    stays: Mapping[str, str] = field(default_factory=dict)


def _leaves(world: World, things: dict[str, str]) -> object:
    return residents.record_departure(by=world["nurse"], at=NOW, ref=things["person"], kind="moved_home", left_on=TODAY)


def _served_by_another(world: World, things: dict[str, str]) -> object:
    return align_home(
        by=world["icb"], at=NOW, code=world.code("rose"), pcn_code=None, from_on=TODAY, agreed_with="all three",
        despite_round=True,
    )  # fmt: skip


def _registers_elsewhere(world: World, things: dict[str, str]) -> object:
    return residents.register_with(
        by=world["nurse"], at=NOW, ref=things["person"], registration=Registering("permanent", world.code("far"))
    )


def _off_the_mdt(world: World, things: dict[str, str]) -> object:
    return take_off_mdt(
        by=world["exe_manager"], at=NOW, code=world.code("rose"), member=world["community"].membership_id
    )


HOME: Final = frozenset({"carer", "agency carer", "home nurse", "home senior", "home manager"})
PCN: Final = frozenset({"care coordinator", "clinician of the round", "pharmacist", "clinical lead"})

ENDED: Final[Mapping[str, Ended]] = {
    "the person left": Ended(_leaves, HOME | PCN | {"community team member"}, STAYS_AFTER_LEAVING),
    "another PCN serves the home": Ended(_served_by_another, PCN),
    "registered with another practice": Ended(
        _registers_elsewhere, frozenset({"registered practice, clinician", "registered practice, clerk"})
    ),
    "off the MDT": Ended(_off_the_mdt, frozenset({"community team member"})),
}


@pytest.mark.parametrize("how", ENDED)
def test_what_has_ended_lets_nobody_write(how: str, world: World, things: dict[str, str]) -> None:
    ended = ENDED[how]
    things |= dict.fromkeys(("newcomer", "departed", "taken out", "in hospital", "back"), things["person"])
    for name in ABOUT_THE_PERSON:
        ready(name, world, things)
    ended.end(world, things)
    done = {
        (name, line.words)
        for name in ABOUT_THE_PERSON
        for line in LINES
        if line.words in ended.whose and name not in ended.stays
        if _try(ROWS[name], world, about_whom(line, world, things), world[line.own]) == "done"
    }
    assert not done, how


IN_A_ROUND: Final = ("rounds.record_review", "rounds.cancel_round", "rounds.amend_round", "rounds.close_round")
ITS_LEADER_FINISHES: Final = frozenset({"rounds.record_review", "rounds.cancel_round", "rounds.close_round"})
"""Who leads a round that is open when the home goes to another PCN finishes it that day (C19)."""
OF_COVER: Final = tuple(name for name, row in ROWS.items() if name.startswith("alignment.") and not row.alone)


@pytest.mark.parametrize("name", IN_A_ROUND)
def test_a_round_of_a_home_that_another_pcn_serves_is_finished_by_its_leader_alone(
    name: str, world: World, things: dict[str, str]
) -> None:
    ready(name, world, things)
    _served_by_another(world, things)
    done = {line.words for line in LINES if _try(ROWS[name], world, things, world[line.own]) == "done"}
    assert done == ({"clinician of the round"} if name in ITS_LEADER_FINISHES else set())


def test_cover_of_a_home_that_another_pcn_serves_is_not_theirs_to_say(world: World, things: dict[str, str]) -> None:
    _served_by_another(world, things)
    done = {name for name in OF_COVER if _try(ROWS[name], world, things, world["exe_manager"]) == "done"}
    assert not done


def test_what_was_open_to_the_co_opted_ends_with_it(world: World, things: dict[str, str]) -> None:
    line = next(line for line in LINES if line.words == "co-opted")
    albert = world.residents[line.about]
    for name in ABOUT_THE_PERSON:
        ready(name, world, things)
    residents.end_co_option(by=world["nurse"], at=NOW, ref=albert, member=world[line.own].membership_id)
    about = about_whom(line, world, things)
    assert not {name for name in ABOUT_THE_PERSON if _try(ROWS[name], world, about, world[line.own]) == "done"}


def _ends(world: World, username: str) -> None:
    end_membership(by=world["manager"], at=NOW, membership_id=world[username].membership_id, how="left")


def _cut_off(world: World, username: str) -> None:
    cut_off(by=world["manager"], at=NOW, username=username, how="left")


def _switched_off(world: World, username: str) -> None:
    with acting(SystemActor("test", "")):
        User.objects.filter(username=username).update(is_active=False)


def _runs_out(world: World, username: str) -> None:
    with acting(SystemActor("test", "")):
        Membership.objects.filter(pk=world[username].membership_id, ended_at=None).update(
            ended_at=NOW, ended_how="booking over", ended_by=world["manager"].membership_id
        )


@pytest.mark.parametrize("end", [_ends, _cut_off, _switched_off, _runs_out])
def test_a_membership_that_ended_is_nobody_anywhere(
    end: Callable[[World, str], None], world: World, things: dict[str, str]
) -> None:
    """Not to act in, to be found by name, to be typed for, to be counted or to be written to."""
    nurse = world["nurse"]
    end(world, "nurse")
    assert viewer_of(membership_id=nurse.membership_id, user_id=nurse.user_id, at=LATER) is None
    assert not memberships_named("nurse", body_code="", at=LATER)
    assert nurse.membership_id not in {
        member.membership_id for member in members_of(body_id=nurse.body_id, role=nurse.role, at=LATER)
    }
    assert not open_memberships(LATER).filter(pk=nurse.membership_id).exists()


def test_nobody_types_for_or_leads_as_a_membership_that_ended(world: World, things: dict[str, str]) -> None:
    clinician = world["clinician"]
    with acting(SystemActor("test", "")):
        User.objects.filter(pk=clinician.user_id).update(is_active=False)
    at, home, number = LATER, world.code("rose"), clinician.membership_id
    met = {
        "obligation": "plan",
        "done_on": TODAY,
        "document": "in file",
        "took_part": "Nell",
        "person_took_part": "yes",
    }
    lead = {"from_on": TODAY + timedelta(days=1), "exception_because": "nobody else", "skills_evidence": "diploma"}
    held = {"mode": "in_person", "home_representative": "Nell Nurse", "medical_input": "Dr Hart"}
    manager, coordinator, person = world["exe_manager"], world["coordinator"], things["person"]
    tries: dict[str, Callable[[], object]] = {
        "typed for": lambda: care_plans.mark_done(by=coordinator, at=at, ref=person, for_whom=number, **met),  # type: ignore[arg-type]
        "leading a home": lambda: name_lead(by=manager, at=at, code=home, lead=number, **lead),  # type: ignore[arg-type]
        "on an MDT": lambda: place_on_mdt(by=manager, at=at, code=home, member=number),
        "in a team": lambda: residents.co_opt(by=world["nurse"], at=at, ref=person, member=number, because="asked"),
        "leading a round": lambda: rounds.open_round(by=coordinator, at=at, code=home, leader=number, **held),
    }
    for how, refused in tries.items():
        try:
            refused()
        except (Invalid, NotAllowed):
            continue
        pytest.fail(f"{how}: somebody who cannot sign in any more was taken")


def test_no_mail_goes_to_somebody_who_acts_nowhere_any_more(world: World) -> None:
    gp = world["gp"]
    message = Message("R", gp.user_id, "", "awaiting reply", {}, AT, 0, "")
    own = Message("R", gp.user_id, "", "sign-in changed", {}, AT, 0, "")
    with time_machine.travel(LATER, tick=False):
        assert mail.write(message) is not None
        end_membership(by=world["gp_colleague"], at=NOW, membership_id=gp.membership_id, how="left")
        assert mail.write(message) is None
        assert mail.write(own) is not None, "of their own account they are still told"
