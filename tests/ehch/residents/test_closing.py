"""What a departure closes, asked of the database and of the rules: one answer. H12; C13."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Exists, Model

from homeround.accounts.written import written
from homeround.ehch.decisions.models import Ask, Dispute, FollowUp
from homeround.ehch.deterioration.models import Concern
from homeround.ehch.residents import rules
from homeround.ehch.residents.models import (
    Arrival,
    CoOption,
    Departure,
    HospitalStay,
    Resident,
    Stay,
    closing_departures,
)
from homeround.ehch.residents.words import DepartureKind
from homeround.ehch.rounds.models import PutForward
from homeround.kernel.audit.actor import SystemActor, acting
from tests.world import AT, World

HOME_OF: dict[str, tuple[type[Model], str]] = {
    "concern": (Concern, "home"),
    "arrival": (Arrival, "stay__home"),
    "ask": (Ask, "decision__home"),
    "dispute": (Dispute, "decision__home"),
    "follow_up": (FollowUp, "home"),
    "co_option": (CoOption, "held_for"),
    "put_forward": (PutForward, "home"),
    "hospital": (HospitalStay, "stay__home"),
}
"""Where each kind of open thing is kept, and which of its columns names the home."""

WHEN = {"long before": -timedelta(days=9), "the same instant": timedelta(0), "later": timedelta(seconds=1)}


def test_every_kind_that_the_rules_know_is_asked_here() -> None:
    assert set(HOME_OF) == set(rules.CLOSED_BY_DEPARTURE)


@pytest.fixture
def stays(world: World) -> dict[str, Stay]:
    """Margaret's stay, and another one of hers in the other home, so that she can leave either."""
    here = Stay.objects.get(resident__ref=world.residents["margaret"])
    nurse = world["nurse"]
    there = Stay(
        resident=here.resident, home_id=world.bodies["ivy"].pk, kind="respite", place="residential", basis="moved_in",
        from_on=AT.date(), **written(by=nurse, at=AT, held_for=nurse.body_id),
    )  # fmt: skip
    with acting(SystemActor("tests", "tests"), typed_for=None):
        there.save(force_insert=True)
    return {"here": here, "there": there}


@pytest.mark.parametrize("stands", [True, False], ids=["standing", "entered in error"])
@pytest.mark.parametrize("left_from", ["here", "there"])
@pytest.mark.parametrize("kind", DepartureKind.values())
def test_the_database_closes_what_the_rules_close(
    world: World, stays: dict[str, Stay], kind: str, left_from: str, stands: bool
) -> None:
    nurse = world["nurse"]
    concerns = {
        when: Concern(
            resident=stays["here"].resident, home_id=nurse.body_id, help_now=False, words=when,
            **written(by=nurse, at=AT + distance, held_for=nurse.body_id),
        )
        for when, distance in WHEN.items()
    }  # fmt: skip
    departure = Departure(
        resident=stays["here"].resident, stay=stays[left_from], kind=kind, left_on=AT.date(), stands=stands,
        **written(by=nurse, at=AT, held_for=nurse.body_id),
    )  # fmt: skip
    with acting(SystemActor("tests", "tests"), typed_for=None):
        for row in (*concerns.values(), departure):
            row.save(force_insert=True)
    left = (kind, AT) if stands else None
    for what in rules.CLOSED_BY_DEPARTURE:
        found = Concern.objects.filter(~Exists(closing_departures(what)), words__in=WHEN)
        expected = {
            when
            for when, distance in WHEN.items()
            if rules.is_open(what, AT + distance, None, left, from_there=left_from == "here")
        }
        assert set(found.values_list("words", flat=True)) == expected, what


@pytest.mark.parametrize("what", sorted(rules.CLOSED_BY_DEPARTURE))
def test_each_kind_is_asked_by_the_column_of_its_own_table(world: World, what: str) -> None:
    table, home = HOME_OF[what]
    rows = table._default_manager
    nobody_left = rows.filter(~Exists(closing_departures(what, home=home)))
    assert nobody_left.count() == rows.count()
    assert Resident.objects.exists()


def test_a_kind_that_the_table_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError):
        closing_departures("complaint")
