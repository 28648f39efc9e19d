"""How a row of the access table is written: an action, how it is done, and who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from homeround.accounts.viewer import Viewer
from homeround.ehch.residents.actions import Place, Somebody
from homeround.ehch.residents.actions.registering import Registering
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere
from tests.access.people import HOME, PCN, READS_HOME, SEES, SENIOR
from tests.world import AT, World

LATER = AT + timedelta(hours=1)

NOT_FOR_MOVES = (HOME - SENIOR) | PCN | {"community team member", "PCN manager", "IG lead", "ICB officer"}
"""Lines to whom the home can be theirs, and not who comes and goes."""

Doing = Callable[[World, dict[str, str], Viewer], object]


@dataclass(frozen=True)
class Row:
    """An action: how it is done, who may, to whom it is refused in words; to everybody else nothing is here.

    `alone`: it is about the actor's own body or self, so there is no other place to try it from.
    """

    do: Doing
    may: frozenset[str]
    refused: frozenset[str] = field(default=frozenset())
    alone: bool = False


def seen(do: Doing, *may: frozenset[str] | set[str]) -> Row:
    """Done by those who may, and refused in words to everybody else who sees the person."""
    those = frozenset[str]().union(*may)
    return Row(do, may=those, refused=SEES - those)


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
