"""Who is medically responsible: the rule and its reading in SQL say the same of every kind of registration. REQ-19."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from homeround.directory.models import Body
from homeround.ehch.residents.access import practice_of, see_resident
from homeround.ehch.residents.models import RegistrationStart, Resident
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.words import RegistrationKind
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.audit.noticed import Looks
from tests.world import AT, World

TODAY = AT.date()
YESTERDAY = TODAY - timedelta(days=1)
WITH_PRACTICE = {RegistrationKind.PERMANENT, RegistrationKind.TEMPORARY}


@pytest.mark.parametrize("closed_on", [None, YESTERDAY, TODAY, TODAY + timedelta(days=1)])
@pytest.mark.parametrize(
    ("kind", "until_on"),
    [
        *((kind, None) for kind in RegistrationKind if kind is not RegistrationKind.TEMPORARY),
        *((RegistrationKind.TEMPORARY, on) for on in (YESTERDAY, TODAY, TODAY + timedelta(days=1))),
    ],
)
def test_the_database_says_what_the_rule_says(
    world: World, looks: Looks, kind: RegistrationKind, until_on: date | None, closed_on: date | None
) -> None:
    ref, mill = world.residents["margaret"], world.bodies["mill"].pk
    start = RegistrationStart.objects.get(resident__ref=ref)
    start.pk, start.kind, start.until_on, start.from_on = None, kind, until_on, TODAY
    start.practice_id, start.gp_name = mill if kind in WITH_PRACTICE else None, ""
    with acting(SystemActor("test", "")):
        start.save()
        Body.objects.filter(pk=mill).update(closed_on=closed_on)
    found = Resident.objects.annotate(now=practice_of("pk", AT)).get(ref=ref).now
    shown = banner_of(see_resident(viewer=world["nurse"], ref=ref, at=AT)).responsible
    assert found == shown.practice_id
    is_over = until_on == YESTERDAY or closed_on in {YESTERDAY, TODAY}
    assert (found == mill) is (kind in WITH_PRACTICE and not is_over)
