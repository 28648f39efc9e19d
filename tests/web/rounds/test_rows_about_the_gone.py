"""A row about somebody who died, left or moved says so beside the name, whatever waits, on every list that names them;
and what it asks makes sense about somebody who is gone. H9, H32.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.alignment.access import see_home
from homeround.ehch.decisions.models import FollowUp
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.residents.models import Stay
from homeround.ehch.rounds.queries import Waiting, what_waits
from homeround.ehch.rounds.queries.waiting import waits_here
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.person import SEE_THAT_THEY_ARE_TOLD, TELL_THE_NEW_HOME
from homeround.web.presenters.waits import WaitLine, lines_behind, wait_list
from tests.ehch.decisions.deciding import lives_in_ivy_lodge_now
from tests.ehch.rounds.open_things import OPEN_THINGS, OpenThing
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

WENT = {"died": "Died", "left": "Left", "moved_home": "Moved to another home"}
READ_NAMES = ("coordinator", "clinician", "lead", "nurse", "carer", "gp")
STAYS_OPEN = {
    "died": {"dispute", "gp_question", "silence", "settled_since", "withdrawn_since", "to_confirm"},
    "left": {"dispute", "gp_question", "silence", "settled_since", "withdrawn_since", "to_confirm", "handover"},
    "moved_home": {"dispute", "gp_question", "silence", "follow_up", "follow_up_pcn", "came_back", "still_needed"},
}
"""Some of what waits about somebody who is gone: the table below is not empty."""


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


def goes(world: World, how: str) -> str:
    """Winifred goes, unless what was opened has made her go; the words that say how."""
    ref = world.residents["winifred"]
    if Stay.objects.filter(resident__ref=ref, ended_at=None).exists():
        record_departure(by=world["nurse"], at=AT, ref=ref, kind=how, left_on=AT.date())
    return f"{WENT[Stay.objects.get(resident__ref=ref).ended_how]} Mon 16 Nov 2026"


def late(thing: OpenThing) -> datetime:
    """When it is late, and everybody has it on their list who ever has."""
    return AT + thing.late_after + timedelta(minutes=1)


def lines_about(world: World, at: datetime) -> Iterator[tuple[str, WaitLine]]:
    """Every line about her on the lists of everybody who reads names, and on the lists behind the home's numbers."""
    ref, today = world.residents["winifred"], london_date(at)
    for who in READ_NAMES:
        mine = [row for row in what_waits(viewer=world[who], at=at).mine if row.wait.person_ref == ref]
        waiting = Waiting(mine=tuple(mine), by_rank={}, late=0, everything=())
        yield from ((who, line) for line in wait_list(waiting, today).lines)
    home = see_home(viewer=world["coordinator"], code=world.code("rose"), at=at)
    rows = list(waits_here(home, lambda wait: wait.person_ref == ref))
    yield from (("numbers", line) for line in lines_behind(rows, today, {}))


@pytest.mark.parametrize("how", WENT)
@pytest.mark.parametrize("kind", sorted(set(OPEN_THINGS) - {"expected"}))
def test_each_says_how_they_went(world: World, kind: str, how: str) -> None:
    thing = OPEN_THINGS[kind]
    thing.open(world)
    said, at = goes(world, how), late(thing)
    lines = list(lines_about(world, at))
    assert lines or kind not in STAYS_OPEN[how]
    for who, line in lines:
        assert line.person is not None
        assert (line.person.gone, line.person.away) == (said, ""), (who, line)


@pytest.mark.parametrize("kind", ["dispute", "silence", "follow_up", "gp_question"])
def test_of_whoever_lives_there_nothing_is_said(world: World, kind: str) -> None:
    thing = OPEN_THINGS[kind]
    thing.open(world)
    lines = list(lines_about(world, late(thing)))
    assert lines
    assert [line.person.gone for _, line in lines if line.person] == [""] * len(lines)


@pytest.mark.parametrize("how", ["died", "left"])
def test_a_silence_about_who_is_gone_is_not_chased(world: World, how: str) -> None:
    OPEN_THINGS["silence"].open(world)
    goes(world, how)
    for _, line in lines_about(world, late(OPEN_THINGS["silence"])):
        assert line.status.words == f"Decided before they {how}: the GP is still asked to read it"
        assert line.whose == "Mill Practice"


def test_a_dispute_about_who_is_gone_orders_nothing(world: World) -> None:
    OPEN_THINGS["dispute"].open(world)
    goes(world, "died")
    said = {line.status.words for _, line in lines_about(world, AT)}
    assert said == {"In dispute when they died: to be settled, nobody does anything of it meanwhile"}


def test_a_home_reads_of_who_lives_elsewhere_that_they_moved_and_the_practice_that_they_live_there(
    world: World,
) -> None:
    OPEN_THINGS["to_confirm"].open(world)
    OPEN_THINGS["withdrawn_since"].open(world)
    lives_in_ivy_lodge_now(world, world.residents["winifred"], AT)
    said = {(who, line.person.gone) for who, line in lines_about(world, AT) if line.person}
    assert ("gp", "") in said
    assert ("clinician", "Moved to another home Mon 16 Nov 2026") in said


@pytest.mark.parametrize(
    ("kind", "who", "page"),
    [
        ("follow_up", "nurse", "/homes/{code}/follow-ups"),
        ("follow_up", "carer", "/homes/{code}"),
        ("follow_up", "carer", "/waiting"),
        ("follow_up_pcn", "coordinator", "/asked"),
        ("came_back", "clinician", "/asked"),
        ("gp_question", "nurse", "/homes/{code}/replies"),
        ("gp_question", "clinician", "/waiting"),
        ("dispute", "gp", "/replies"),
    ],
)
def test_the_pages_say_it(world: World, kind: str, who: str, page: str) -> None:
    OPEN_THINGS[kind].open(world)
    said = goes(world, "moved_home")
    assert said in words_of(sign_in(world[who]).get(page.format(code=world.code("rose"))))


@pytest.mark.parametrize("how", WENT)
@pytest.mark.parametrize(
    ("who", "told"),
    [("nurse", TELL_THE_NEW_HOME), ("clinician", SEE_THAT_THEY_ARE_TOLD), ("carer", ""), ("gp", "")],
)
def test_who_moved_is_told_of_by_those_they_moved_from(world: World, who: str, told: str, how: str) -> None:
    """After the departure is saved, and on what is still to be done for them."""
    OPEN_THINGS["follow_up"].open(world)
    goes(world, how)
    client = sign_in(world[who])
    pages = {
        "person": words_of(client.get(reverse("resident", args=[world.residents["winifred"]]))),
        "follow-up": words_of(client.get(reverse("follow_up", args=[FollowUp.objects.get().ref]))),
    }
    for name, page in pages.items():
        for words in (TELL_THE_NEW_HOME, SEE_THAT_THEY_ARE_TOLD):
            assert (words in page) is (how == "moved_home" and words == told), name
