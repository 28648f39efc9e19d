"""What the tests of concerns share: what a carer sends, and what the pages read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from homeround.accounts.rights import Kind
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import record_call
from homeround.ehch.deterioration.queries import ConcernPage, concern_page, concerns_of
from homeround.ehch.residents.access import see_resident
from homeround.kernel.audit.noticed import looking
from homeround.kernel.refusals import Invalid
from tests.world import AT, World

LATER = AT + timedelta(hours=1)


def raising(world: World, **other: Any) -> dict[str, Any]:
    """What a carer sends."""
    sent = {
        "by": world["carer"],
        "at": AT,
        "ref": world.residents["margaret"],
        "words": "Not herself since breakfast.",
        "help_now": False,
    }
    return sent | other


def page(world: World, ref: str, who: str = "carer", at: Any = LATER) -> ConcernPage:
    with looking():
        return concern_page(see_concern(viewer=world[who], ref=ref, at=at))


def lines(world: World, person: str, who: str = "carer") -> list[Any]:
    with looking():
        return concerns_of(see_resident(viewer=world[who], ref=world.residents[person], at=LATER, kind=Kind.LIVING))


def problems(action: Any, **sent: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        action(**sent)
    return dict(refused.value.problems)


def call(world: World, ref: str, **other: Any) -> str:
    sent: dict[str, Any] = {"by": world["carer"], "at": LATER, "ref": ref}
    return record_call(
        **sent | {"service": "NHS 111", "spoke_to": "Sam, call handler", "words": "Ambulance on its way."} | other
    )
