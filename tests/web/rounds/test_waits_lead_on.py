"""Whatever waits for somebody leads to a page that they may open, and nothing that is open ends up with nobody: also
when the round is closed, the home has another PCN, or the person or the owner has gone. REQ-46; H24, H38.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from homeround.accounts.actions import end_membership
from homeround.accounts.queries import open_memberships
from homeround.ehch.alignment.actions import align_home
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.residents.queries import identities
from homeround.ehch.rounds.actions import Reviewing, close_round, record_review
from homeround.ehch.rounds.models import Round
from homeround.ehch.rounds.queries import Waiting, what_waits
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.audit.noticed import Looks
from homeround.web.presenters.homes import LATE_COLUMNS
from homeround.web.presenters.waits import wait_list
from tests.ehch.decisions.deciding import lives_in_ivy_lodge_now
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.ehch.rounds.test_turn import EVERYBODY
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")

LATER = AT + timedelta(days=8)
"""When what opened is late, whatever it is."""


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
    "moved home, then another PCN": _in_turn(lambda world: _leaves(world, "moved_home"), _another_pcn),
    "died, then another PCN": _in_turn(lambda world: _leaves(world, "died"), _another_pcn),
    "another home": lambda world: lives_in_ivy_lodge_now(world, world.residents["winifred"], AT + timedelta(days=1)),
    "the practice closed": _the_practice_closed,
    "the owner left": _owner_leaves,
    "closed, and the owner left": _in_turn(_close_the_round, _owner_leaves),
}
"""What may happen between the day on which something begins to wait and the day on which somebody sees to it."""


ANYWAY = {"assessment", "plan", "nobody_responsible", "round_missed"}
"""What waits in the world of the tests whatever is opened: its pages are asked for where its own kind is tested."""

Waited = Mapping[str, Waiting]
"""What waits for each person of the world, by name."""


def waited(world: World, at: datetime) -> Waited:
    """What waits at an instant, for everybody who still acts for somebody."""
    is_member = open_memberships(at).filter(pk=world["clinician"].membership_id).exists()
    return {name: what_waits(viewer=world[name], at=at) for name in EVERYBODY if name != "clinician" or is_member}


def refused(world: World, waits: Waited, kind: str, at: datetime) -> Iterator[tuple[str, str, str, int]]:
    """Whose list leads where they may not go: who, what, where, and the answer."""
    for name, waiting in waits.items():
        lines = zip(waiting.mine, wait_list(waiting, at.date()).lines, strict=True)
        leading = [(row, line) for row, line in lines if line.href and row.wait.kind not in ANYWAY - {kind}]
        client = sign_in(world[name], at=at) if leading else Client()
        for row, line in leading:
            answer = client.get(line.href).status_code
            if answer != 200:
                yield name, row.wait.kind, line.href, answer


ASKED = frozenset({"asked_by_clinician", "asked_by_person", "asked_by_staff"})
_BY_LEAVING = ASKED | {
    "see_again",
    "decision_ends",
    "to_be_phoned",
    "phoned",
    "unread",
    "unanswered",
    "answer_gone",
    "not_reached",
    "in_hospital",
}
_OF_OTHERS = frozenset({"withdrawn_since", "settled_since", "dispute", "round_open", "round_missed"}) | {
    "answer_not_so", "nobody_responsible", "assessment", "plan", "expected", "decide_again",
}  # fmt: skip
"""What waits for the practice, is of the home itself, or is about others than whoever left."""
ENDED_BY: Mapping[str, frozenset[str]] = {
    "the round was closed": frozenset({"round_open", "not_reached", "decide_again"}),
    "moved home": _BY_LEAVING,
    "another home": _BY_LEAVING - {"decision_ends"},
    "died": _BY_LEAVING | {"follow_up", "follow_up_pcn", "came_back", "still_needed"},
    "another PCN": frozenset({"handover_pcn"}),
    "the practice closed": frozenset({"silence", "withdrawn_since", "settled_since", "answer_not_so"}),
    "moved home, then another PCN": frozenset(OPEN_THINGS) - _OF_OTHERS,
    "died, then another PCN": frozenset(OPEN_THINGS) - _OF_OTHERS,
}
"""What each change ends: everybody was seen in the round that was closed; a departure closes as its table says, and
what nobody answered is to be handed over; a decision that ends is looked at where they live now; nobody is left in a
practice that closed, and its people have nobody responsible.
"""


def is_ended(kind: str, change: str) -> bool:
    """Whether a change ends what is open of a kind."""
    ended = {"the round was closed", change} if change.startswith("closed") else {change}
    return any(kind in ENDED_BY.get(one, ()) for one in ended)


COLUMN_OF = {kind: column for column in LATE_COLUMNS for kind in column.kinds}


def not_on_its_list(world: World, pcn: str, waits: Waited, kind: str, at: datetime) -> Iterator[tuple[str, str]]:
    """Whom a number in the row of the home counts and the list behind it does not show: of what kind, and who."""
    viewer = world[pcn]
    counted = [
        wait
        for wait in waits[pcn].everything
        if wait.kind in COLUMN_OF.keys() - (ANYWAY - {kind}) and COLUMN_OF[wait.kind].counts(wait, at)
    ]
    names = identities({wait.person for wait in counted if wait.person})
    client = sign_in(viewer, at=at)
    row = words_of(client.get(reverse("pcn_week", args=[viewer.body_code]))) if counted else ""
    for wait in counted:
        column, name = COLUMN_OF[wait.kind], names[wait.person or 0].called
        assert column.one in row or column.many in row, wait.kind
        if name not in words_of(client.get(reverse("home_waits", args=[world.code("rose"), column.code]))):
            yield wait.kind, name


LEAVING = {"moved home", "died", "another home", "moved home, then another PCN", "died, then another PCN"}
OF_ROUNDS = ASKED | {
    "see_again",
    "decision_ends",
    "round_open",
    "round_missed",
    "not_reached",
    "to_confirm",
    "decision_to_confirm",
    "decide_again",
}
PAIRS = [
    (kind, change)
    for kind in OPEN_THINGS
    for change in CHANGES
    if (kind not in {"handover", "handover_pcn"} or change not in LEAVING)
    and (kind in OF_ROUNDS or not change.startswith("closed"))
]
"""Every kind with every change; whoever has left already does not leave again, and two changes in turn are for what is
opened in a round.
"""


@pytest.mark.parametrize(("kind", "change"), PAIRS)
def test_what_waits_is_somebodys_and_leads_to_a_page_of_theirs(
    world: World, looks: Looks, clock: time_machine.Traveller, kind: str, change: str
) -> None:
    """And a number in the row of the home opens a list on which everybody stands whom it counts."""
    OPEN_THINGS[kind].open(world)
    CHANGES[change](world)
    clock.move_to(LATER, tick=False)
    waits = waited(world, LATER)
    theirs = [name for name, waiting in waits.items() if kind in {row.wait.kind for row in waiting.mine}]
    assert bool(theirs) is not is_ended(kind, change)
    assert not list(refused(world, waits, kind, LATER))
    pcn = "tor_coordinator" if "another PCN" in change else "coordinator"
    assert not list(not_on_its_list(world, pcn, waits, kind, LATER))


MONTHS_LATER = AT + timedelta(days=91)
"""Long after a home and its PCN have ceased to see somebody who left."""


@pytest.mark.parametrize(("kind", "change"), [pair for pair in PAIRS if pair[1] in LEAVING])
def test_months_later_nothing_waits_behind_a_closed_door(
    world: World, looks: Looks, clock: time_machine.Traveller, kind: str, change: str
) -> None:
    OPEN_THINGS[kind].open(world)
    CHANGES[change](world)
    clock.move_to(MONTHS_LATER, tick=False)
    assert not list(refused(world, waited(world, MONTHS_LATER), kind, MONTHS_LATER))
