"""How a row of the access table is written: an action, how it is done, and who may."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

import homeround
from homeround.accounts.viewer import Viewer
from homeround.ehch.residents import actions as residents
from homeround.ehch.residents.actions import Place, Somebody
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.rounds import actions as rounds
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere
from tests.access.people import HOME, PCN, READS_HOME, SEES, SENIOR, Line
from tests.world import AT, World

LATER = AT + timedelta(hours=1)

NOT_FOR_MOVES = (HOME - SENIOR) | PCN | {"community team member", "PCN manager", "IG lead", "ICB officer"}
"""Lines to whom the home can be theirs, and not who comes and goes."""

Doing = Callable[[World, dict[str, str], Viewer], object]


@dataclass(frozen=True)
class Row:
    """An action: how it is done, who may, to whom it is refused in words; to everybody else nothing is here.

    `alone`: it is about the actor's own body or self, so there is no other place to try it from. `of_a_thing`: it is
    done to something of the person, which whoever was co-opted for somebody else does not see.
    """

    do: Doing
    may: frozenset[str]
    refused: frozenset[str] = field(default=frozenset())
    alone: bool = False
    of_a_thing: bool = False


def seen(do: Doing, *may: frozenset[str] | set[str], of_a_thing: bool = False) -> Row:
    """Done by those who may, and refused in words to everybody else who sees the person."""
    those = frozenset[str]().union(*may)
    return Row(do, may=those, refused=SEES - those, of_a_thing=of_a_thing)


WHO = Somebody("New", "Person", date(1940, 1, 1), no_number_because="not told yet")
STAY = Place(kind="permanent", place="residential", room="40")
UNKNOWN = Registering("not_known")


def arrival(verb: Callable[..., object], **day: date | None) -> Row:
    def do(world: World, things: dict[str, str], by: Viewer) -> object:
        return verb(by=by, at=LATER, code=world.code("rose"), who=WHO, stay=STAY, registration=UNKNOWN, **day)

    return Row(do, may=SENIOR, refused=NOT_FOR_MOVES)


def in_rose(verb: Callable[..., object], thing: str, **content: object) -> Row:
    """An action of the home on one of the things."""
    return Row(
        lambda world, things, by: verb(by=by, at=LATER, code=world.code("rose"), ref=things[thing], **content),
        may=SENIOR,
        refused=NOT_FOR_MOVES,
    )


def about(verb: Callable[..., object], **content: object) -> Doing:
    """An action on the person."""
    return lambda world, things, by: verb(by=by, at=LATER, ref=things["person"], **content)


def on(thing: str, verb: Callable[..., object], **content: object) -> Callable[[World, dict[str, str], Viewer], object]:
    """An action on one of the things."""
    return lambda world, things, by: verb(by=by, at=LATER, ref=things[thing], **content)


def membership_of(world: World, username: str) -> int:
    return world[username].membership_id


def cover(do: Doing, may: str) -> Row:
    return Row(do, may=frozenset({may}), refused=READS_HOME - {may})


NO_CLERK = SEES - {"registered practice, clerk"}


class Undone(Exception):  # noqa: N818 - no error
    """Takes back what was done, so that the next person finds the same."""


def tried(row: Row, world: World, things: dict[str, str], by: Viewer) -> str:
    """What came of it, and then it did not happen."""
    try:
        with transaction.atomic():
            row.do(world, things, by)
            raise Undone
    except Undone:
        return "done"
    except NotAllowed:
        return "not allowed"
    except NotHere:
        return "not here"
    except Invalid as refusal:
        return f"invalid: {refusal}"


def ready(name: str, world: World, things: dict[str, str]) -> None:
    """Does what has to come before this action, for everybody alike."""
    if name in {"rounds.record_review", "rounds.close_round", "rounds.cancel_round", "rounds.amend_round"}:
        things["round"] = _opened(world)
    if name == "rounds.reopen_round":
        things["cancelled round"] = rounds.cancel_round(
            by=world["clinician"], at=AT, ref=_opened(world), because="Wrong home"
        )
    if name == "residents.end_co_option":
        residents.co_opt(
            by=world["nurse"], at=AT, ref=things["person"], member=membership_of(world, "gp_colleague"), because="x"
        )
    if name in {"rounds.close_round", "rounds.amend_round"}:
        review = rounds.Reviewing(how="", outcome="not_reached")
        rounds.record_review(
            by=world["clinician"], at=AT, ref=things["round"], person=world.residents["margaret"], review=review
        )
    if name == "rounds.amend_round":
        rounds.close_round(by=world["clinician"], at=AT, ref=things["round"])


def _opened(world: World) -> str:
    return rounds.open_round(
        by=world["clinician"],
        at=AT,
        code=world.code("rose"),
        mode="in_person",
        home_representative="Nell Nurse",
        medical_input="Dr Hart",
    )


def about_whom(line: Line, world: World, things: dict[str, str]) -> dict[str, str]:
    """The co-opted act on the person they were co-opted for, where the thing is the person."""
    return things if line.about == "margaret" else {**things, "person": world.residents[line.about]}


@functools.cache
def every_action() -> dict[str, Callable[..., object]]:
    """Every action of the code, by slice and name, as in `rounds.open_round`."""
    found: dict[str, Callable[..., object]] = {}
    for module in pkgutil.walk_packages(homeround.__path__, "homeround."):
        if ".actions" not in module.name or ".kernel." in module.name:
            continue
        slice_name = module.name.split(".actions")[0].rsplit(".", 1)[1]
        things = vars(importlib.import_module(module.name))
        of_it = {name: thing for name, thing in things.items() if hasattr(thing, "is_action")}
        found |= {f"{slice_name}.{name}": thing for name, thing in of_it.items() if thing.__module__ == module.name}
    return found
