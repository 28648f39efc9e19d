"""`homeround worklist`: whose sight is used, the shape of its JSON, and the look that is written down."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from homeround.cli.main import main
from homeround.cli.worklist import PAGE
from homeround.ehch.deterioration.actions import raise_concern
from homeround.kernel import stamp
from homeround.kernel.models import Look
from homeround.nonprod import building
from tests.world import AT, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(world: World) -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["worklist", *args])
    assert isinstance(end.value.code, int)
    return end.value.code


def listed(capsys: pytest.CaptureFixture[str], world: World, *args: str) -> list[dict[str, Any]]:
    assert run("--home", world.code("rose"), "--json", *args) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_everybody_stands_there_with_reasons(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    raise_concern(
        by=world["carer"], at=AT, ref=world.residents["albert"], words="Has not eaten since Friday.", help_now=False
    )
    first, *others = listed(capsys, world)
    assert len(others) == 4
    assert list(first) == [
        "ref", "name", "room", "away", "weeks_since_review", "last_review", "reasons", "applies_now",
    ]  # fmt: skip
    assert (first["ref"], first["name"], first["weeks_since_review"]) == (
        world.residents["albert"],
        "Albert Okafor",
        None,
    )
    concern = first["reasons"][0]
    assert list(concern) == ["code", "kind", "strength", "evidence", "age_days"]
    assert (concern["code"], concern["kind"], concern["strength"], concern["age_days"]) == (
        "concern",
        "staff",
        "must",
        0,
    )
    assert "Has not eaten since Friday." in concern["evidence"]


def test_the_look_is_written_down_under_the_name_given(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    listed(capsys, world, "--as", "nurse")
    look = Look.objects.get(page=PAGE)
    assert look.membership_id == world["nurse"].membership_id
    assert look.place_id == world.bodies["rose"].pk
    assert len(look.subjects) == 5


def test_without_as_a_demonstration_takes_the_first_coordinator(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    listed(capsys, world)
    assert Look.objects.get(page=PAGE).membership_id == world["coordinator"].membership_id


def test_a_home_without_a_pcn_asks_whose_sight(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--home", world.code("elm")) == 1
    assert "--as" in capsys.readouterr().err


def test_several_roles_ask_which(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    building.member(
        by=world["manager"], at=AT, username="coordinator", role=world["nurse"].role, body=world.bodies["rose"]
    )
    code = world.code("rose")
    assert run("--home", code, "--as", "coordinator") == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"coordinator@{world.code('exe')}" in said
    assert f"coordinator@{code}" in said
    assert run("--home", code, "--as", f"coordinator@{world.code('exe').lower()}") == 0


@pytest.mark.parametrize("whose", ["nobody-at-all", "nurse@U99901"])
def test_nobody_of_that_name_there_is_a_wrong_argument(
    world: World, capsys: pytest.CaptureFixture[str], whose: str
) -> None:
    assert run("--home", world.code("rose"), "--as", whose) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_another_home_is_not_here_like_one_that_does_not_exist(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--home", world.code("ivy"), "--as", "nurse") == 1
    other = capsys.readouterr().err
    assert run("--home", "1-000000000", "--as", "nurse") == 1
    assert capsys.readouterr().err == other
    assert not Look.objects.filter(page=PAGE).exists()


def test_a_role_that_does_not_read_it_is_told_so(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--home", world.code("rose"), "--as", "icb") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_on_a_live_database_somebody_must_be_named(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "is_live", lambda: True)
    monkeypatch.setattr("homeround.cli.readiness.unfit_for_live", list)
    assert run("--home", world.code("rose")) == 2
    assert "--as" in capsys.readouterr().err


def test_without_a_home_it_says_so_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_for_a_reader_it_says_whose_sight_and_in_which_order(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--home", world.code("rose"), "--as", "nurse") == 0
    out = capsys.readouterr().out
    assert out.startswith("As Nell Nurse, home nurse, Rose House sees it.\nWhoever needs help now comes first.")
    assert "Margaret Hill, Room 1, could be mixed up: check, born Sun 27 Mar 1938 (last review: Never)" in out
    assert "should: New here, not yet reviewed: arrived" in out
