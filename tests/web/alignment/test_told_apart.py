"""Homes of one name on the ICB's page are told apart by address and registration."""

import pytest

from homeround.directory.models import CareHome
from homeround.ehch.alignment.actions import align_home
from homeround.nonprod import building
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")


def test_homes_of_one_name_are_told_apart(world: World) -> None:
    with building.building():
        for code, street in (("1-990000091", "2 Lane"), ("1-990000092", "9 Hill")):
            provider = CareHome.objects.exclude(provider=None)[0].provider
            assert provider is not None
            building.make_home(
                building.NewHome(code, "The Lodge", 12, False, True, provider.body, street, "Testshire", "01632 960011")
            )
    for code in ("1-990000091", "1-990000092"):
        align_home(by=world["icb"], at=AT, code=code, pcn_code="U99901", from_on=AT.date(), agreed_with="all three")
    page = words_of(sign_in(world["icb"]).get(f"/icbs/{world.code('icb')}/cover"))
    assert "The Lodge Testshire 2 Lane" in page
    assert "CQC 1-990000091" in page
    assert "9 Hill" in page
    assert "1 Test Road" not in page
