"""What is refused about somebody who died meanwhile is refused for that reason, to whoever else might do it. H32."""

from __future__ import annotations

import pytest
import time_machine

from homeround.ehch.decisions.actions import Deciding, decide
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.actions import record_departure
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("coordinator", "/concerns/{concern}/answer"),
        ("clinician", "/concerns/{concern}/answer"),
        ("carer", "/concerns/{concern}/removal"),
        ("carer", "/concerns/{concern}/words"),
        ("carer", "/concerns/{concern}/calls/new"),
        ("clinician", "/decisions/{decision}/withdrawal"),
        ("clinician", "/decisions/{decision}/correction"),
        ("nurse", "/residents/{person}/room"),
        ("nurse", "/residents/{person}/co-options"),
    ],
)
def test_nobody_is_told_that_it_is_for_others(world: World, who: str, page: str) -> None:
    ref = world.residents["margaret"]
    concern = raise_concern(by=world["carer"], at=AT, ref=ref, words="Tired", help_now=True)
    decision = Deciding("plan", "Thicken.", "Coughs.", "nothing", AT.date(), replaces=NEW)
    decided = decide(by=world["clinician"], at=AT, ref=ref, decision=decision)
    to = page.format(concern=concern, decision=decided, person=ref)
    client = sign_in(world[who])
    assert client.get(to).status_code == 200
    record_departure(by=world["nurse"], at=AT, ref=ref, kind="died", left_on=AT.date())
    answer = client.get(to)
    assert answer.status_code == 403
    assert "They do not live here any more." in words_of(answer)
