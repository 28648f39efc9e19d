"""Every action by every line of the access table: done, not allowed, or not here; in the own place and in another.

An action without a row fails the suite. The same things are there for yes and for no; only who acts changes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import homeround
from homeround.accounts.rights import Right, Role
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment import actions as alignment
from homeround.ehch.care_plans import actions as care_plans
from homeround.ehch.decisions import actions as decisions
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration import actions as deterioration
from homeround.ehch.residents import actions as residents
from homeround.ehch.rounds import actions as rounds
from tests.access.acting import (
    LATER,
    NO_CLERK,
    UNKNOWN,
    WHO,
    Row,
    in_rose,
    seen,
)
from tests.access.acting import about as _about
from tests.access.acting import arrival as _arrival
from tests.access.acting import cover as _cover
from tests.access.acting import membership_of as _membership_of
from tests.access.acting import on as _on
from tests.access.acting import tried as _try
from tests.access.people import (
    CLINICIANS,
    EVERYBODY,
    HOME,
    LINES,
    MANAGE_A_BODY,
    PCN,
    PRACTICE,
    READS_HOME,
    SEES,
    SENIOR,
    TODAY,
    Line,
)
from tests.world import AT, BEFORE, OFFICE, World


def _take_back_own_hours(world: World, things: dict[str, str], by: Viewer) -> object:
    """The hours of the actor's own organisation are taken back; whoever may and has none writes them down first."""
    role, from_on = "coordinator", BEFORE.date()
    if by.body_kind != "pcn" and by.may(Right.HOURS):
        role, from_on = "", TODAY
        ROWS["alignment.set_hours"].do(world, things, by)
    return alignment.take_back_hours(by=by, at=LATER, role=role, from_on=from_on, because="The wrong week.")


ROWS: dict[str, Row] = {
    "alignment.align_home": _cover(
        lambda world, things, by: alignment.align_home(
            by=by, at=LATER, code=world.code("rose"), pcn_code=None, from_on=TODAY, agreed_with="all three"
        ),
        "ICB officer",
    ),
    "alignment.name_lead": _cover(
        lambda world, things, by: alignment.name_lead(
            by=by, at=LATER, code=world.code("rose"), lead=None, from_on=TODAY
        ),
        "PCN manager",
    ),
    "alignment.take_back_alignment": _cover(
        lambda world, things, by: alignment.take_back_alignment(
            by=by,
            at=LATER,
            code=world.code("rose"),
            from_on=BEFORE.date(),
            because="The wrong PCN.",
            despite_round=True,
        ),
        "ICB officer",
    ),
    "alignment.take_back_lead": _cover(
        lambda world, things, by: alignment.take_back_lead(
            by=by, at=LATER, code=world.code("rose"), from_on=BEFORE.date(), because="The wrong person."
        ),
        "PCN manager",
    ),
    "alignment.take_back_hours": Row(
        _take_back_own_hours,
        may=MANAGE_A_BODY,
        refused=EVERYBODY - MANAGE_A_BODY,
        alone=True,
    ),
    "alignment.place_on_mdt": _cover(
        lambda world, things, by: alignment.place_on_mdt(
            by=by, at=LATER, code=world.code("rose"), member=_membership_of(world, "nurse")
        ),
        "PCN manager",
    ),
    "alignment.take_off_mdt": _cover(
        lambda world, things, by: alignment.take_off_mdt(
            by=by, at=LATER, code=world.code("rose"), member=_membership_of(world, "community")
        ),
        "PCN manager",
    ),
    "alignment.set_hours": Row(
        lambda world, things, by: alignment.set_hours(
            by=by,
            at=LATER,
            role="",
            week=OFFICE,
            works_bank_holidays=False,
            phone="01632 960111",
            otherwise="NHS 111",
            otherwise_phone="111",
            from_on=TODAY,
        ),
        may=MANAGE_A_BODY,
        refused=EVERYBODY - MANAGE_A_BODY,
        alone=True,
    ),
    "residents.move_in": _arrival(residents.move_in, arrived_on=TODAY),
    "residents.expect_resident": _arrival(residents.expect_resident, expected_on=date(2026, 11, 20)),
    "residents.record_living_here": _arrival(residents.record_living_here, living_since=None),
    "residents.move_room": seen(_about(residents.move_room, room="12"), SENIOR),
    "residents.register_with": seen(
        _about(residents.register_with, registration=UNKNOWN), SENIOR, {"care coordinator"}
    ),
    "residents.record_departure": seen(_about(residents.record_departure, kind="left", left_on=TODAY), SENIOR),
    "residents.withdraw_departure": Row(
        _on("departed", residents.withdraw_departure, because="her neighbour"),
        may=SENIOR,
        refused=(HOME | PCN | PRACTICE) - SENIOR,
    ),
    "residents.correct_departure": Row(
        _on("departed", residents.correct_departure, kind="left", left_on=TODAY, because="not died"),
        may=SENIOR,
        refused=(HOME | PCN | PRACTICE) - SENIOR,
    ),
    "residents.withdraw_move_in": Row(
        _on("newcomer", residents.withdraw_move_in, because="never came", is_looked_through=True),
        may=SENIOR,
        refused=SEES - SENIOR - {"co-opted"},
    ),
    "residents.put_back_move_in": in_rose(residents.put_back_move_in, "taken out", because="the wrong line"),
    "residents.correct_arrival_day": seen(
        lambda world, things, by: residents.correct_arrival_day(
            by=by, at=LATER, ref=things["person"], arrived_on=TODAY, because="typed wrongly"
        ),
        SENIOR,
    ),
    "residents.correct_identity": seen(_about(residents.correct_identity, who=WHO, because="typed wrongly"), SENIOR),
    "residents.correct_room": seen(_about(residents.correct_room, room="12", because="typed wrongly"), SENIOR),
    "residents.change_stay": seen(
        _about(residents.change_stay, kind="respite", place="nursing", planned_end_on=None, because="agreed"), SENIOR
    ),
    "residents.end_co_option": seen(
        lambda world, things, by: residents.end_co_option(
            by=by, at=LATER, ref=things["person"], member=_membership_of(world, "gp_colleague")
        ),
        SENIOR,
        CLINICIANS,
    ),
    "residents.co_opt": seen(
        lambda world, things, by: residents.co_opt(
            by=by, at=LATER, ref=things["person"], member=_membership_of(world, "stranger"), because="eats badly"
        ),
        SENIOR,
        CLINICIANS,
    ),
    "deterioration.raise_concern": Row(
        _about(deterioration.raise_concern, words="Very sleepy", help_now=False),
        may=HOME | PCN,
        refused=SEES - HOME - PCN,
    ),
    "deterioration.record_call": seen(
        _on("urgent", deterioration.record_call, service="NHS 111", spoke_to="Sam", words="coming"), HOME, PCN
    ),
    "deterioration.mark_read": seen(_on("concern", deterioration.mark_read), PCN),
    "deterioration.answer_concern": seen(_on("concern", deterioration.answer_concern, words="Seen."), PCN),
    "deterioration.add_words": seen(_on("urgent", deterioration.add_words, words="She fell."), HOME, PCN),
    "deterioration.unmark_read": seen(_on("answered", deterioration.unmark_read), PCN),
    "deterioration.reopen_concern": seen(
        _on("answered", deterioration.reopen_concern, because="the other Margaret was seen"), PCN
    ),
    "deterioration.remove_concern": seen(
        _on("concern", deterioration.remove_concern, because="a slip"), {"carer"}, SENIOR, CLINICIANS
    ),
    "deterioration.put_back_concern": seen(
        _on("removed", deterioration.put_back_concern, because="the wrong one"), {"carer"}, SENIOR, CLINICIANS
    ),
    "deterioration.remove_call": seen(
        lambda world, things, by: deterioration.remove_call(
            by=by, at=LATER, ref=things["phoned"], call=things["call"], because="about somebody else"
        ),
        {"carer"},
        SENIOR,
        PCN,
    ),
    "deterioration.move_concern": seen(
        lambda world, things, by: deterioration.move_concern(
            by=by, at=LATER, ref=things["concern"], to_ref=world.residents["margaret_h"], because="the other Margaret"
        ),
        HOME,
        PCN,
    ),
    "decisions.decide": seen(
        _about(
            decisions.decide,
            decision=decisions.Deciding("plan", "Walk daily", "Stiff.", "nothing", TODAY, replaces=NEW),
        ),
        CLINICIANS,
        {"registered practice, clinician"},
    ),
    "decisions.ask_follow_up": seen(
        _about(decisions.ask_follow_up, asking=decisions.Asking("Weigh", "home", TODAY)), SENIOR, PCN
    ),
    "decisions.complete_follow_up": Row(
        _on("follow_up", decisions.complete_follow_up, words="61 kg"),
        may=SENIOR,
        refused=SEES - SENIOR - {"registered practice, clerk"},
    ),
    "decisions.cannot_follow_up": Row(
        _on("follow_up", decisions.cannot_follow_up, words="No scales"), may=SENIOR, refused=NO_CLERK - SENIOR
    ),
    "decisions.pass_on_follow_up": Row(
        lambda world, things, by: decisions.pass_on_follow_up(
            by=by,
            at=LATER,
            ref=things["follow_up"],
            to=str(_membership_of(world, "senior" if by.username != "senior" else "nurse")),
            words="Off duty",
        ),
        may=SENIOR,
        refused=NO_CLERK - SENIOR,
    ),
    "decisions.drop_follow_up": Row(
        _on("follow_up", decisions.drop_follow_up, words="She gains"), may=PCN, refused=NO_CLERK - PCN
    ),
    "decisions.reopen_follow_up": Row(
        _on("done", decisions.reopen_follow_up, because="Wrong row"), may=SENIOR, refused=NO_CLERK - SENIOR
    ),
    "decisions.ask_again": Row(
        _on("came back", decisions.ask_again, asking=decisions.Asking("Weigh", "home", TODAY)),
        may=PCN,
        refused=NO_CLERK - PCN,
    ),
    "decisions.leave_follow_up": Row(_on("came back", decisions.leave_follow_up), may=PCN, refused=NO_CLERK - PCN),
    "decisions.withdraw_decision": seen(
        _on("decision", decisions.withdraw_decision, because="Scales broken."), CLINICIANS
    ),
    "decisions.correct_decision": seen(
        _on(
            "decision",
            decisions.correct_decision,
            because="Wrong day.",
            decision=decisions.Deciding("plan", "Walk twice", "Stiff.", "", TODAY),
        ),
        CLINICIANS,
    ),
    "decisions.confirm_typed": seen(_on("typed", decisions.confirm_typed), {"clinician of the round"}),
    "decisions.take_back_withdrawal": seen(
        _on("withdrawn", decisions.take_back_withdrawal, because="Scales right."), CLINICIANS
    ),
    "decisions.take_back_settlement": seen(
        _on("settled", decisions.take_back_settlement, because="Misheard."),
        CLINICIANS,
        {"registered practice, clinician"},
    ),
    "decisions.take_back_reply": seen(
        _on("replied", decisions.take_back_reply, because="Wrong line."), {"registered practice, clinician"}
    ),
    "decisions.take_back_answer": seen(
        _on("answered ask", decisions.take_back_answer, because="Wrong person."), {"clinician of the round"}
    ),
    "decisions.reply_to_decision": seen(
        _on("ask", decisions.reply_to_decision, kind="read"), {"registered practice, clinician"}
    ),
    "decisions.mark_received": seen(_on("ask", decisions.mark_received), {"registered practice, clerk"}),
    "decisions.answer_query": seen(_on("queried", decisions.answer_query, words="Since May."), PCN),
    "decisions.settle_dispute": seen(
        _on("disputed", decisions.settle_dispute, words="Agreed.", settled_as="decided"),
        CLINICIANS,
        {"registered practice, clinician"},
    ),
    "care_plans.mark_done": seen(
        lambda world, things, by: care_plans.mark_done(
            by=by,
            at=LATER,
            ref=things["person"],
            obligation="plan",
            done_on=TODAY,
            document="shared folder",
            took_part="Nell Nurse",
            person_took_part="yes, talked it through",
            for_whom=_membership_of(world, "clinician") if by.role is Role.COORDINATOR else None,
        ),
        SENIOR,
        CLINICIANS,
        {"care coordinator"},
    ),
    "care_plans.mark_not_done": seen(
        _about(care_plans.mark_not_done, obligation="assessment", because="the other Margaret"),
        SENIOR,
        PCN,
    ),
    "rounds.open_round": Row(
        lambda world, things, by: rounds.open_round(
            by=by,
            at=LATER,
            code=world.code("rose"),
            mode="video",
            home_representative="Nell Nurse",
            no_medical_input_because="quiet week",
        ),
        may=CLINICIANS,
        refused=READS_HOME - CLINICIANS,
    ),
    "rounds.record_review": Row(
        lambda world, things, by: rounds.record_review(
            by=by,
            at=LATER,
            ref=things["round"],
            person=world.residents["margaret"],
            review=rounds.Reviewing(how="in_person", outcome="no_change"),
        ),
        may=CLINICIANS,
        refused=READS_HOME - CLINICIANS,
    ),
    "rounds.cancel_round": Row(
        _on("round", rounds.cancel_round, because="wrong home"), may=PCN, refused=READS_HOME - PCN
    ),
    "rounds.amend_round": Row(
        _on("round", rounds.amend_round, words="more"), may=CLINICIANS, refused=READS_HOME - CLINICIANS
    ),
    "rounds.close_round": Row(
        _on("round", rounds.close_round, summary="done"), may=CLINICIANS, refused=READS_HOME - CLINICIANS
    ),
}

ELSEWHERE_TESTED = {
    "rounds.move_review": "tests/ehch/rounds/test_way_back.py",
    "rounds.confirm_review": "tests/ehch/rounds/test_way_back.py",
    "accounts.grant_membership": "tests/accounts/test_memberships.py",
    "accounts.end_membership": "tests/accounts/test_memberships.py",
    "accounts.see_what_is_wrong": "tests/accounts/test_memberships.py",
    "accounts.cut_off": "tests/accounts/test_colleagues.py",
    "accounts.invite": "tests/accounts/test_colleagues.py",
    "accounts.help_to_sign_in": "tests/accounts/test_colleagues.py",
    "directory.accept_proposals": "tests/directory",
    "directory.decline_proposals": "tests/directory",
    "directory.note_edition": "tests/directory",
    "directory.propose": "tests/directory",
    "directory.reopen_proposals": "tests/directory",
    "directory.withdraw_proposals": "tests/directory",
    "directory.enter_bodies": "tests/directory",
    "directory.amend_bodies": "tests/directory",
    "directory.enter_links": "tests/directory",
    "directory.end_links": "tests/directory",
}
"""Actions about who acts for a body, whose yes and no depends on the body; and those of files, which no member does."""


def _round(world: World) -> str:
    return rounds.open_round(
        by=world["clinician"],
        at=AT,
        code=world.code("rose"),
        mode="in_person",
        home_representative="Nell Nurse",
        medical_input="Dr Hart",
    )


def test_every_action_has_a_row() -> None:
    assert set(_actions()) == {*ROWS, *ELSEWHERE_TESTED}


@pytest.mark.parametrize("name", ROWS)
def test_an_action_by_everybody_in_their_own_place(name: str, world: World, things: dict[str, str]) -> None:
    row = ROWS[name]
    _ready(name, world, things)
    came_of_it = {line.words: _try(row, world, _about_whom(line, world, things), world[line.own]) for line in LINES}
    expected = {line.words: _expected(row, line) for line in LINES}
    assert came_of_it == expected


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if not row.alone])
def test_an_action_by_everybody_from_elsewhere(name: str, world: World, things: dict[str, str]) -> None:
    _ready(name, world, things)
    elsewhere = [line for line in LINES if line.other != line.own]
    came_of_it = {line.words: _try(ROWS[name], world, things, world[line.other]) for line in elsewhere}
    assert set(came_of_it.values()) == {"not here"}, came_of_it


def _ready(name: str, world: World, things: dict[str, str]) -> None:
    if name in {"rounds.record_review", "rounds.close_round", "rounds.cancel_round", "rounds.amend_round"}:
        things["round"] = _round(world)
    if name == "residents.end_co_option":
        residents.co_opt(
            by=world["nurse"], at=AT, ref=things["person"], member=_membership_of(world, "gp_colleague"), because="x"
        )
    if name in {"rounds.close_round", "rounds.amend_round"}:
        review = rounds.Reviewing(how="", outcome="not_reached")
        rounds.record_review(
            by=world["clinician"], at=AT, ref=things["round"], person=world.residents["margaret"], review=review
        )
    if name == "rounds.amend_round":
        rounds.close_round(by=world["clinician"], at=AT, ref=things["round"])


def _about_whom(line: Line, world: World, things: dict[str, str]) -> dict[str, str]:
    """The co-opted act on the person they were co-opted for, where the thing is the person."""
    return things if line.about == "margaret" else {**things, "person": world.residents[line.about]}


def _expected(row: Row, line: Line) -> str:
    if line.words in row.may:
        return "done"
    if line.words == "co-opted" and row in _NOT_ON_THE_PERSON:
        return "not here"
    return "not allowed" if line.words in row.refused else "not here"


_NOT_ON_THE_PERSON = [
    ROWS[name]
    for name in ROWS
    if name.startswith(("deterioration.", "decisions."))
    and name not in {"deterioration.raise_concern", "decisions.decide", "decisions.ask_follow_up"}
]
"""Actions on a thing of Margaret's: whoever was co-opted for somebody else does not see it."""


def _actions() -> Iterator[str]:
    """Every action of the code, by slice and name."""
    for module in pkgutil.walk_packages(homeround.__path__, "homeround."):
        if ".actions" not in module.name or ".kernel." in module.name:
            continue
        slice_name = module.name.split(".actions")[0].rsplit(".", 1)[1]
        loaded: Any = importlib.import_module(module.name)
        for name, thing in vars(loaded).items():
            if hasattr(thing, "is_action") and thing.__module__ == module.name:
                yield f"{slice_name}.{name}"
