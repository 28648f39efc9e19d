"""What a follow-up's page offers can be done by those it is offered to, also when the person has moved away. REQ-46."""

from __future__ import annotations

import re

import pytest
import time_machine

from homeround.ehch.decisions.actions import Asking, ask_follow_up, cannot_follow_up, leave_follow_up
from homeround.ehch.residents.actions import record_departure
from homeround.kernel.audit.noticed import Looks
from tests.ehch.decisions.deciding import lives_in_ivy_lodge_now
from tests.web.signing_in import sign_in
from tests.web.walking import send, text_of
from tests.world import AT, World

ACTS = re.compile(r'href="(/follow-ups/[^"/]+/[a-z-]+)"')
TODAY = AT.date()


@pytest.fixture
def asked(world: World, looks: Looks, clock: time_machine.Traveller) -> str:
    person = world.residents["margaret"]
    return ask_follow_up(by=world["clinician"], at=AT, ref=person, asking=Asking("Weigh her", "home", TODAY))


def offered(world: World, who: str, ref: str) -> list[str]:
    """The acts that a person's page of the follow-up leads to, each of which opens."""
    client = sign_in(world[who])
    acts = ACTS.findall(text_of(client.get(f"/follow-ups/{ref}")))
    assert {act: client.get(act).status_code for act in acts} == dict.fromkeys(acts, 200), who
    return [act.rsplit("/", 1)[1] for act in acts]


EVERYBODY = ("nurse", "clinician", "ivy_nurse", "tor_clinician")


@pytest.mark.parametrize("where", ["here", "away", "another home"])
@pytest.mark.parametrize("state", ["open", "came back", "left"])
def test_what_is_offered_opens(world: World, asked: str, where: str, state: str) -> None:
    if state != "open":
        cannot_follow_up(by=world["nurse"], at=AT, ref=asked, words="No scales.")
    if state == "left":
        leave_follow_up(by=world["clinician"], at=AT, ref=asked, words="She gains.")
    if where == "away":
        person = world.residents["margaret"]
        record_departure(by=world["nurse"], at=AT, ref=person, kind="moved_home", left_on=TODAY)
    if where == "another home":
        lives_in_ivy_lodge_now(world, world.residents["margaret"], AT)
    acts = {who: offered(world, who, asked) for who in EVERYBODY}
    home, pcn = ("ivy_nurse", "tor_clinician") if where == "another home" else ("nurse", "clinician")
    if state == "open":
        assert {"cannot", "passed-on"} <= set(acts[home])
        assert "not-needed" in acts[pcn]
    if state == "came back":
        assert "left" in acts[pcn]
        assert ("again" in acts[pcn]) is (where != "away")
    if state == "left":
        assert ("again" in acts[pcn]) is (where != "away")


def test_whoever_had_them_says_why_it_cannot_be_done_and_leaves_it(world: World, asked: str) -> None:
    person = world.residents["margaret"]
    record_departure(by=world["nurse"], at=AT, ref=person, kind="moved_home", left_on=TODAY)
    home = sign_in(world["nurse"])
    assert send(home, f"/follow-ups/{asked}/cannot", words="She lives elsewhere.").status_code == 303
    pcn = sign_in(world["clinician"])
    assert send(pcn, f"/follow-ups/{asked}/left", words="Told the new home by phone.").status_code == 303
