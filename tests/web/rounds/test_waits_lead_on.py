"""Whatever waits for somebody leads to a page that they may open, and nothing that is open ends up with nobody: also
when the round is closed, the home has another PCN, or the person or the owner has gone. REQ-46; H24, H38.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from homeround.accounts.actions import end_membership
from homeround.accounts.queries import open_memberships
from homeround.ehch.alignment.actions import align_home
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.rounds.actions import Reviewing, close_round, record_review
from homeround.ehch.rounds.models import Round
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.audit.noticed import Looks
from homeround.web.presenters.waits import wait_list
from tests.ehch.decisions.deciding import lives_in_ivy_lodge_now
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.ehch.rounds.test_turn import EVERYBODY
from tests.web.signing_in import sign_in
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")

LATER = AT + timedelta(days=4)


def _close_the_round(world: World) -> None:
    for ref in Round.objects.open().values_list("ref", flat=True):
        for name in ("margaret", "winifred", "albert"):
            record_review(
                by=world["pharmacist"], at=AT + timedelta(hours=1), ref=ref, person=world.residents[name],
                review=Reviewing(how="in_person", outcome="no_change"),
            )  # fmt: skip
        close_round(by=world["clinician"], at=AT + timedelta(hours=2), ref=ref)


def _another_pcn(world: World) -> None:
    for officer, pcn, days in (("icb", None, 1), ("other_icb", "tor", 2)):
        at = AT + timedelta(days=days)
        align_home(
            by=world[officer], at=at, code=world.code("rose"), pcn_code=world.code(pcn) if pcn else None,
            from_on=at.date(), agreed_with="all", despite_round=True,
        )  # fmt: skip


def _leaves(world: World, kind: str) -> None:
    record_departure(
        by=world["nurse"], at=AT + timedelta(days=1), ref=world.residents["winifred"], kind=kind,
        left_on=(AT + timedelta(days=1)).date(),
    )  # fmt: skip


def _the_practice_closed(world: World) -> None:
    world.bodies["mill"].closed_on = (AT + timedelta(days=1)).date()
    with acting(SystemActor("tests", "tests")):
        world.bodies["mill"].save(update_fields=["closed_on"])


def _owner_leaves(world: World) -> None:
    end_membership(
        by=world["exe_manager"], at=AT + timedelta(days=1), membership_id=world["clinician"].membership_id, how="left"
    )


def _in_turn(*changes: Callable[[World], None]) -> Callable[[World], None]:
    def change(world: World) -> None:
        for one in changes:
            one(world)

    return change


CHANGES: Mapping[str, Callable[[World], None]] = {
    "nothing": lambda world: None,
    "the round was closed": _close_the_round,
    "another PCN": _another_pcn,
    "closed, and another PCN": _in_turn(_close_the_round, _another_pcn),
    "moved home": lambda world: _leaves(world, "moved_home"),
    "died": lambda world: _leaves(world, "died"),
    "another home": lambda world: lives_in_ivy_lodge_now(world, world.residents["winifred"], AT + timedelta(days=1)),
    "the practice closed": _the_practice_closed,
    "the owner left": _owner_leaves,
    "closed, and the owner left": _in_turn(_close_the_round, _owner_leaves),
}
"""What may happen between the day on which something begins to wait and the day on which somebody sees to it."""


ANYWAY = {"assessment", "plan", "nobody_responsible", "round_missed"}
"""What waits in the world of the tests whatever is opened: its pages are asked for where its own kind is tested."""


def refused(world: World, kind: str, at: datetime) -> Iterator[tuple[str, str, str, int]]:
    """Whose list leads where they may not go: who, what, where, and the answer."""
    for name in EVERYBODY:
        viewer = world[name]
        if name == "clinician" and not _is_member(world):
            continue
        waiting = what_waits(viewer=viewer, at=at)
        lines = zip(waiting.mine, wait_list(waiting, at.date()).lines, strict=True)
        leading = [(row, line) for row, line in lines if line.href and row.wait.kind not in ANYWAY - {kind}]
        client = sign_in(viewer, at=at) if leading else Client()
        for row, line in leading:
            answer = client.get(line.href).status_code
            if answer != 200:
                yield name, row.wait.kind, line.href, answer


def _is_member(world: World) -> bool:
    return open_memberships(LATER).filter(pk=world["clinician"].membership_id).exists()


LEAVING = {"moved home", "died", "another home"}
PAIRS = [(kind, change) for kind in OPEN_THINGS for change in CHANGES if kind != "handover" or change not in LEAVING]
"""Every kind with every change; whoever has left already does not leave again."""


MONTHS_LATER = AT + timedelta(days=91)
"""Long after a home and its PCN have ceased to see somebody who left."""

TRIED = [(kind, change, LATER) for kind, change in PAIRS]
TRIED += [(kind, change, MONTHS_LATER) for kind, change in PAIRS if change in LEAVING]


@pytest.mark.parametrize(("kind", "change", "at"), TRIED)
def test_what_waits_leads_to_a_page_of_theirs(
    world: World, looks: Looks, clock: time_machine.Traveller, kind: str, change: str, at: datetime
) -> None:
    OPEN_THINGS[kind].open(world)
    CHANGES[change](world)
    clock.move_to(at, tick=False)
    assert not list(refused(world, kind, at))


_BY_LEAVING = frozenset({"to_be_phoned", "phoned", "unread", "unanswered", "answer_gone", "not_reached"})
ENDED_BY: Mapping[str, frozenset[str]] = {
    "the round was closed": frozenset({"round_open", "not_reached", "decide_again"}),
    "moved home": _BY_LEAVING,
    "another home": _BY_LEAVING,
    "died": _BY_LEAVING | {"follow_up", "follow_up_pcn", "came_back"},
    "the practice closed": frozenset({"silence", "withdrawn_since", "settled_since"}),
}
"""What each change ends: everybody was seen in the round that was closed; a departure closes as its table says, and
what nobody answered is to be handed over; nobody is left in a practice that closed, and its people have nobody
responsible.
"""


def _is_ended(kind: str, change: str) -> bool:
    ended = {"the round was closed", change} if change.startswith("closed") else {change}
    return any(kind in ENDED_BY.get(one, ()) for one in ended)


@pytest.mark.parametrize(("kind", "change"), PAIRS)
def test_nothing_that_is_open_is_left_with_nobody(world: World, looks: Looks, kind: str, change: str) -> None:
    OPEN_THINGS[kind].open(world)
    CHANGES[change](world)
    at = max(LATER, AT + OPEN_THINGS[kind].late_after + timedelta(minutes=1))
    names = [name for name in EVERYBODY if name != "clinician" or _is_member(world)]
    theirs = {name for name in names if kind in {row.wait.kind for row in what_waits(viewer=world[name], at=at).mine}}
    assert bool(theirs) is not _is_ended(kind, change)
