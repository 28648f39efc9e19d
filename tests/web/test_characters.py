"""NUL in an address, a query, a form or a header: answered alike on both databases, never a fault (H35)."""

import pytest
from django.test import Client

from tests.web.signing_in import sign_in
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/residents/%00", "/homes/1-99%000", "/rounds/x%00/closing", "/icbs/%00/cover", "/%00"]
)
def test_an_address_with_nul_is_no_address(world: World, address: str) -> None:
    assert sign_in(world["coordinator"]).get(address).status_code == 404
    assert Client().get(address).status_code in {303, 302, 404}


@pytest.mark.parametrize("query", ["reason=%00", "saved=%00", "gap=%00", "area=%00x", "page=%00", "%00=1", "kept=%00"])
def test_a_query_with_nul_is_read_without_it(world: World, query: str) -> None:
    rose = world.code("rose")
    for who, address in (("coordinator", f"/homes/{rose}/worklist"), ("icb", f"/icbs/{world.code('icb')}/cover")):
        assert sign_in(world[who]).get(f"{address}?{query}").status_code == 200, address
    assert Client().get(f"/sign-in?next=/&{query}").status_code in {200, 302, 404}


def test_a_form_signed_out_may_hold_nul(world: World) -> None:
    sent = {"words": "not\x00working", "page": "x\x00", "reference": "\x00"}
    assert Client().post("/something-is-wrong", sent).status_code in {200, 303, 422}
