"""What tests write to let somebody come to live in Rose House."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from homeround.ehch.residents import rules
from homeround.ehch.residents.actions import (
    Place,
    Registering,
    Somebody,
    expect_resident,
    move_in,
    record_departure,
    record_living_here,
)
from homeround.ehch.residents.models import Resident
from homeround.kernel.record import nhs_number
from homeround.kernel.refusals import Invalid
from tests.world import AT, World

TODAY = date(2026, 11, 16)
LATER = AT + timedelta(hours=2)
NUMBER = nhs_number.made(500)
ADA = Somebody("Ada", "Byron", date(1940, 2, 29), known_as="Addy", nhs_number=NUMBER)
ROOM = Place(kind="permanent", place="residential", room="21")

WAYS: dict[str, tuple[Any, dict[str, Any]]] = {
    "moved_in": (move_in, {"arrived_on": TODAY}),
    "expected": (expect_resident, {"expected_on": date(2026, 11, 20)}),
    "living_here": (record_living_here, {"living_since": date(2025, 5, 1)}),
}


def come(world: World, basis: str = "moved_in", **change: object) -> str:
    """Somebody comes: Ada, unless said otherwise. Returns the ref."""
    verb, day = WAYS[basis]
    given: dict[str, object] = {
        "by": world["nurse"],
        "at": AT,
        "code": world.code("rose"),
        "who": ADA,
        "stay": ROOM,
        "registration": Registering("permanent", world.code("far"), gp_name="Dr Dunn"),
        **day,
    }
    return str(verb(**(given | change)))


def refused(world: World, basis: str = "moved_in", **change: object) -> dict[str, str]:
    """What is said when it is not kept; nothing is half-written."""
    before = Resident.with_removed.count()
    try:
        come(world, basis, **change)
    except Invalid as refusal:
        assert Resident.with_removed.count() == before
        return dict(refusal.problems)
    raise AssertionError("It was kept.")


def leave(world: World, ref: str, kind: str = "left", left_on: date = TODAY, **change: object) -> str:
    """They leave, or die, or are not coming."""
    given: dict[str, object] = {"by": world["nurse"], "at": LATER, "ref": ref, "kind": kind, "left_on": left_on}
    return record_departure(**(given | change))  # type: ignore[arg-type]


def same(ref: str, *, typed_is_right: bool = False) -> rules.Answered:
    """It is the same person."""
    return rules.Answered(same_as=ref, typed_is_right=typed_is_right)


def apart(*refs: str) -> rules.Answered:
    """It is none of these."""
    return rules.Answered(apart_from=refs)
