"""The worklist on the screen: reasons with strength, evidence and age, the order stated, the others below."""

import pytest
import time_machine

from homeround.ehch.deterioration.actions import raise_concern
from tests.web.residents.full_home import cost, fill
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def address(world: World) -> str:
    return f"/homes/{world.code('rose')}/worklist"


def test_reasons_come_with_strength_evidence_kind_and_age(world: World) -> None:
    raise_concern(by=world["carer"], at=AT, ref=world.residents["albert"], words="Red heel.", help_now=False)
    page = words_of(sign_in(world["coordinator"]).get(address(world)))
    assert "Albert Okafor Room 3 Must Somebody is worried: Mon 16 Nov 2026, 10:00: Red heel. staff say, today" in page
    assert page.index("Albert Okafor") < page.index("Should New here, not yet reviewed")
    assert "Whoever needs help now comes first. People with a reason: must, then should, then consider" in page


def test_one_reason_alone_leaves_the_others_out(world: World) -> None:
    raise_concern(by=world["carer"], at=AT, ref=world.residents["albert"], words="Red heel.", help_now=False)
    client = sign_in(world["nurse"])
    page = words_of(client.get(f"{address(world)}?reason=concern"))
    assert "Albert Okafor" in page
    assert "Margaret Hill" not in page
    assert "Margaret Hill" in words_of(client.get(f"{address(world)}?reason=nonsense"))


@pytest.mark.parametrize(
    ("who", "status"),
    [("carer", 200), ("clinician", 200), ("lead", 200), ("gp", 404), ("exe_manager", 403), ("tor_clinician", 404),
     ("community", 403)],
)  # fmt: skip
def test_who_may_see_it(world: World, who: str, status: int) -> None:
    assert sign_in(world[who]).get(address(world)).status_code == status


def test_it_costs_at_most_ten_statements_at_any_size(world: World) -> None:
    client = sign_in(world["coordinator"])
    few = cost(client, address(world))
    assert len(few) <= 10, few
    fill(world, 195)
    assert len(cost(client, address(world))) == len(few)
