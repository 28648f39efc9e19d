"""A demo and a live database cannot be mistaken for one another. H17."""

import pytest
from django.db import IntegrityError, connection

from homeround.kernel import stamp
from homeround.kernel.audit import triggers
from homeround.kernel.audit.actor import acting
from homeround.kernel.models import Stamp
from homeround.kernel.refusals import Invalid
from tests.kernel.somebody import AT, CARER, actor, entries

pytestmark = pytest.mark.django_db

OF_NO_TEST_RANGE = "1000000000"  # and nobody's: its check digit is wrong
TEST = "9990000018"


@pytest.fixture
def _unstamped() -> None:
    """Take the stamp off, as only a database without our triggers lets one."""
    triggers.drop(connection)
    Stamp.objects.all().delete()
    triggers.install(connection)
    stamp.forget()


@pytest.fixture(autouse=True)
def _ask_again() -> object:
    yield
    stamp.forget()


@pytest.mark.usefixtures("_unstamped")
def test_an_unstamped_database_is_neither() -> None:
    for question in (stamp.is_demo, stamp.is_live, stamp.installation):
        with pytest.raises(stamp.Unstamped, match="migrate"):
            question()


@pytest.mark.usefixtures("_unstamped")
def test_the_first_stamp_stands_for_ever() -> None:
    assert stamp.put(stamp.LIVE, AT) == stamp.LIVE
    installation = stamp.installation()
    assert stamp.put(stamp.DEMO, AT) == stamp.LIVE
    assert (stamp.is_live(), stamp.installation(), stamp.stamped_at()) == (True, installation, AT)
    assert actor(entries("kernel_stamp")[-1])["system"] == "migrate"


def test_a_demo_takes_only_test_numbers() -> None:
    stamp.check_nhs_number(TEST)
    with pytest.raises(Invalid) as refusal:
        stamp.check_nhs_number(OF_NO_TEST_RANGE)
    assert "nhs_number" in refusal.value.problems


@pytest.mark.usefixtures("_unstamped")
def test_a_live_database_refuses_test_numbers_and_demo_data() -> None:
    stamp.put(stamp.LIVE, AT)
    stamp.check_nhs_number(OF_NO_TEST_RANGE)
    with pytest.raises(Invalid):
        stamp.check_nhs_number(TEST)
    with pytest.raises(stamp.LiveDatabase, match="Demo data"):
        stamp.refuse_live("Demo data")


def test_a_demo_lets_demo_data_in() -> None:
    stamp.refuse_live("Demo data")


def test_there_is_one_stamp_only() -> None:
    with pytest.raises(IntegrityError, match="stamp_one_row"), acting(CARER):
        Stamp.objects.create(id=2, kind="demo", installation="x", stamped_at=AT)
