"""A number in the row of a home opens a list on which everybody it counts stands, whatever happened meanwhile. H24,
H40.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.residents.queries import identities
from homeround.ehch.rounds.queries import what_waits
from homeround.ehch.rounds.rules import turn
from homeround.kernel.audit.noticed import Looks
from homeround.web.presenters.homes import COUNTED_WHEN_OPEN, LATE_COLUMNS
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.web.rounds.test_waits_lead_on import ANYWAY, CHANGES, LATER, PAIRS
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")

COLUMN_OF = {kind: column for column in LATE_COLUMNS for kind in column.kinds}
COUNTED = [(kind, change) for kind, change in PAIRS if kind in COLUMN_OF]


@pytest.mark.parametrize(("kind", "change"), COUNTED)
def test_it_opens_a_list_with_everybody_it_counts(
    world: World, looks: Looks, clock: time_machine.Traveller, kind: str, change: str
) -> None:
    OPEN_THINGS[kind].open(world)
    CHANGES[change](world)
    at = max(LATER, AT + OPEN_THINGS[kind].late_after + timedelta(minutes=1))
    clock.move_to(at, tick=False)
    viewer = world["tor_coordinator" if "another PCN" in change else "coordinator"]
    counted = [
        wait
        for wait in what_waits(viewer=viewer, at=at).everything
        if wait.kind in COLUMN_OF
        and wait.kind not in ANYWAY - {kind}
        and (wait.kind in COUNTED_WHEN_OPEN or turn.urgency_of(wait, at) is not turn.Urgency.WAITING)
    ]
    names = identities({wait.person for wait in counted if wait.person})
    client = sign_in(viewer, at=at)
    row = words_of(client.get(reverse("pcn_week", args=[viewer.body_code])))
    for wait in counted:
        column = COLUMN_OF[wait.kind]
        assert column.one in row or column.many in row, wait.kind
        assert names[wait.person or 0].called in words_of(
            client.get(reverse(column.page, args=[world.code("rose")]))
        ), wait.kind
