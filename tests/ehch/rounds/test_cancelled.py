"""A round that was cancelled has seen nobody: whatever its reviews would have answered is there again, and who was not
reached in it is no must. REQ-33, REQ-36; H12.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from homeround.ehch.decisions.actions import Deciding, decide
from homeround.ehch.decisions.queries import applies_now
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import answer_concern, raise_concern
from homeround.ehch.deterioration.queries import told_in
from homeround.ehch.residents.actions import go_to_hospital, return_from_hospital
from homeround.ehch.residents.models import Resident
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.actions import (
    Reviewing,
    cancel_round,
    close_round,
    put_forward,
    record_review,
    reopen_round,
)
from homeround.ehch.rounds.queries import worklist
from homeround.kernel.audit.noticed import Looks
from tests.ehch.rounds.open_things import held_on
from tests.world import AT, World

DAY = timedelta(days=1)
WEDNESDAY = AT + 9 * DAY
"""In the week after that of `AT`, a Monday."""


def _reviewed(world: World, at: datetime, **review: Any) -> str:
    held = held_on(world, at)
    reviewing = Reviewing(**{"how": "in_person", "outcome": "no_change"} | review)
    record_review(by=world["clinician"], at=at, ref=held, person=world.residents["winifred"], review=reviewing)
    return held


def _put_forward(world: World) -> None:
    put_forward(by=world["nurse"], at=AT, ref=world.residents["winifred"], asks="staff", words="Her feet.")


def _back(world: World) -> None:
    go_to_hospital(by=world["nurse"], at=AT, ref=world.residents["winifred"], went_on=AT.date())
    return_from_hospital(
        by=world["nurse"], at=AT + DAY, ref=world.residents["winifred"], back_on=(AT + DAY).date(), how="admitted"
    )


def _decided(world: World) -> None:
    decision = Deciding("medicine", "A course of tablets.", "Cough.", "x", AT.date(), NEW, until_on=WEDNESDAY.date())
    decide(by=world["clinician"], at=AT, ref=world.residents["winifred"], decision=decision)


def _see_again(world: World) -> None:
    held = _reviewed(world, AT, see_again_on=WEDNESDAY.date())
    close_round(by=world["clinician"], at=AT, ref=held)


def _not_reached(world: World) -> None:
    held = _reviewed(world, AT, how="", outcome="not_reached")
    close_round(by=world["clinician"], at=AT, ref=held)


ANSWERED_BY_SEEING: dict[str, Callable[[World], None]] = {
    "asked_by_staff": _put_forward,
    "back_from_hospital": _back,
    "decision_ends": _decided,
    "see_again": _see_again,
    "not_reached": _not_reached,
}


def reasons(world: World, at: datetime) -> set[str]:
    """Why she is on the list."""
    found = worklist(see_worklist(viewer=world["nurse"], code=world.code("rose"), at=at))
    rows = [row for row in (*found.with_reason, *found.others) if row.ref == world.residents["winifred"]]
    return {reason.code for row in rows for reason in row.reasons}


def weeks(world: World, at: datetime) -> int | None:
    """Whole weeks since she was reviewed."""
    found = worklist(see_worklist(viewer=world["nurse"], code=world.code("rose"), at=at))
    rows = [row for row in (*found.with_reason, *found.others) if row.ref == world.residents["winifred"]]
    return rows[0].weeks_since_review


@pytest.mark.parametrize("reason", ANSWERED_BY_SEEING)
def test_what_its_review_answered_is_a_reason_again(world: World, looks: Looks, reason: str) -> None:
    ANSWERED_BY_SEEING[reason](world)
    assert reason in reasons(world, WEDNESDAY)
    held = _reviewed(world, WEDNESDAY)
    assert reason not in reasons(world, WEDNESDAY + timedelta(hours=1))
    cancel_round(by=world["clinician"], at=WEDNESDAY + timedelta(hours=1), ref=held, because="Another home.")
    assert reason in reasons(world, WEDNESDAY + timedelta(hours=2))
    reopen_round(by=world["clinician"], at=WEDNESDAY + timedelta(hours=3), ref=held, because="It was this one.")
    assert reason not in reasons(world, WEDNESDAY + timedelta(hours=4))


def test_nobody_was_reviewed_in_it(world: World, looks: Looks) -> None:
    held = _reviewed(world, AT)
    assert weeks(world, AT) == 0
    cancel_round(by=world["clinician"], at=AT, ref=held, because="Another home.")
    assert weeks(world, AT) is None


def test_who_was_not_reached_in_it_is_not_a_must(world: World, looks: Looks) -> None:
    held = _reviewed(world, AT, how="", outcome="not_reached")
    assert "not_reached" in reasons(world, AT)
    cancel_round(by=world["clinician"], at=AT, ref=held, because="Another home.")
    assert "not_reached" not in reasons(world, AT)


def test_what_was_said_before_is_as_it_was_before(world: World, looks: Looks) -> None:
    """What is from before a hospital stay is so still, and what an answer told the home holds still."""
    _decided(world)
    concern = raise_concern(by=world["carer"], at=AT, ref=world.residents["winifred"], words="Hot.", help_now=False)
    _back(world)
    answer_concern(by=world["clinician"], at=AT + DAY, ref=concern, words="Give her water.")
    held = _reviewed(world, WEDNESDAY)
    cancel_round(by=world["clinician"], at=WEDNESDAY, ref=held, because="Another home.")
    person = Resident.objects.get(ref=world.residents["winifred"]).pk
    assert [line.back_on for line in applies_now([person], at=WEDNESDAY)[person]] == [(AT + DAY).date()]
    home = see_worklist(viewer=world["nurse"], code=world.code("rose"), at=WEDNESDAY)
    assert [told.words for told in told_in(home)] == ["Give her water."]
