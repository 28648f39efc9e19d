"""A registration put right: what the wrong practice said rules nothing, and the right one is asked. H28, H34."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from homeround.accounts.viewer import Viewer
from homeround.ehch.decisions import words
from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.actions import Deciding, decide, reply_to_decision
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.queries import awaiting_reply, decision_page
from homeround.ehch.decisions.rules import answer_by
from homeround.ehch.decisions.words import EventKind
from homeround.ehch.residents.actions import Registering, register_with
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.calendar.bank_holidays import ENGLAND
from homeround.kernel.calendar.times import london_date
from tests.ehch.decisions.deciding import Case
from tests.world import AT, World

SAYS = {
    "read": {},
    "query": {"words": "Since when?"},
    "do_not_adopt": {"words": "No need.", "meanwhile": "Weigh monthly"},
}


@pytest.fixture
def case(world: World, looks: Looks) -> Case:
    return Case(world)


def _registered(case: Case, practice: str, at: datetime, *, was_wrong: bool) -> None:
    register_with(
        by=case.world["nurse"], at=at, ref=case.world.residents["margaret"], was_wrong=was_wrong,
        registration=Registering("permanent", case.world.code(practice)), because="Picked the wrong one.",
    )  # fmt: skip


def _asked(viewer: Viewer, at: datetime) -> list[str]:
    return [line.decided for line in awaiting_reply(viewer=viewer, at=at)]


def _disputes(viewer: Viewer, at: datetime) -> list[str]:
    return [row.wait.words for row in what_waits(viewer=viewer, at=at).mine if row.wait.kind == "dispute"]


@pytest.mark.parametrize("kind", SAYS)
def test_put_right_as_a_mistake_its_reply_is_out_of_force_and_the_right_practice_is_asked(
    case: Case, kind: str
) -> None:
    case.decide("Weigh weekly")
    ask, later = case.ask("Weigh weekly"), AT + timedelta(hours=1)
    _registered(case, "far", AT + timedelta(minutes=1), was_wrong=False)
    reply_to_decision(by=case.world["outside_gp"], at=AT + timedelta(minutes=2), ref=ask, kind=kind, **SAYS[kind])
    _registered(case, "mill", AT + timedelta(minutes=3), was_wrong=True)
    assert case.does() == ["Weigh weekly"]
    assert Ask.objects.get(ref=ask).ended_at is None
    assert _asked(case.world["gp"], later) == ["Weigh weekly"]
    assert _asked(case.world["outside_gp"], later) == []
    assert _disputes(case.world["outside_gp"], later) == []
    seen = see_decision(viewer=case.world["clinician"], ref=case.made["Weigh weekly"], at=later)
    said = [event for event in decision_page(seen).said if event.kind is EventKind(kind)]
    assert [event.taken_back.because for event in said if event.taken_back] == [
        "By a practice that never was theirs: the registration was put right."
    ]


def test_changed_the_dispute_goes_with_the_person_to_the_new_practice(case: Case) -> None:
    case.decide("Weigh weekly")
    case.dispute("Weigh weekly", "Weigh monthly")
    later = AT + timedelta(hours=1)
    assert _disputes(case.world["gp"], later) == ["Weigh monthly"]
    _registered(case, "far", AT + timedelta(minutes=3), was_wrong=False)
    assert case.does() == ["Weigh monthly"], "her GP of then has said so, and nobody has settled it"
    assert _disputes(case.world["gp"], later) == []
    said = "Not adopted by Mill Practice, their practice before. Meanwhile: Weigh monthly"
    assert _disputes(case.world["outside_gp"], later) == [said]


@pytest.mark.parametrize("days", [0, 3, 40])
def test_a_practice_that_was_asked_today_is_not_late(world: World, looks: Looks, days: int) -> None:
    """The day to reply by counts from when that practice was asked, on its list and in what waits for the PCN."""
    decide(
        by=world["clinician"], at=AT, ref=world.residents["margaret"],
        decision=Deciding("plan", "Walk daily", "Stiff.", "Sits.", AT.date(), replaces=words.NEW),
    )  # fmt: skip
    then = AT + timedelta(days=days)
    register_with(
        by=world["nurse"], at=then, ref=world.residents["margaret"],
        registration=Registering("permanent", world.code("far")),
    )  # fmt: skip
    [asked] = awaiting_reply(viewer=world["outside_gp"], at=then)
    assert (asked.state, asked.answer_by_on) == ("awaited", answer_by(london_date(then), ENGLAND))
    assert "silence" not in {row.wait.kind for row in what_waits(viewer=world["coordinator"], at=then).mine}
    late = then + timedelta(days=12)
    assert [line.state for line in awaiting_reply(viewer=world["outside_gp"], at=late)] == ["late"]
    assert "silence" in {row.wait.kind for row in what_waits(viewer=world["coordinator"], at=late).mine}
