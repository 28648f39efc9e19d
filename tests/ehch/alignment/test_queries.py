"""Who covers a home, who reads what it writes and when, and where cover is missing. REQ-01, 16, 19; H3."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homeround.accounts.actions import end_membership
from homeround.accounts.rights import Role
from homeround.directory.models import CareHome
from homeround.ehch.alignment.access import homes_of
from homeround.ehch.alignment.actions import align_home, set_hours
from homeround.ehch.alignment.queries import cover_of, who_reads
from homeround.ehch.alignment.rules import Contact
from homeround.nonprod import building
from tests.statements import statements
from tests.world import AT, OFFICE, World

TODAY = AT.date()
CHRISTMAS_NIGHT = datetime(2026, 12, 25, 2, tzinfo=UTC)
COORDINATORS = "the care coordinators of Exe PCN"


def rose(world: World) -> int:
    return world.bodies["rose"].pk


def test_cover_names_pcn_and_lead(world: World) -> None:
    with statements() as asked:
        cover = cover_of(rose(world), AT)
    assert (cover.pcn_name, cover.pcn_code) == ("Exe PCN", "U99901")
    assert (cover.lead_name, cover.lead_profession, cover.why_no_lead) == ("Lena Hart", "GP", "")
    assert len(asked) == 2, asked


def test_the_coordinators_read_and_are_there_now(world: World) -> None:
    readers = who_reads(rose(world), AT)
    assert (readers.who, readers.is_now, readers.next_at) == (COORDINATORS, True, AT)
    assert readers.call == Contact(COORDINATORS, "01632 960100")


def test_at_two_in_the_night_of_a_bank_holiday_a_number_is_shown(world: World) -> None:
    readers = who_reads(rose(world), CHRISTMAS_NIGHT)
    assert (readers.is_now, readers.next_at) == (False, datetime(2026, 12, 29, 9, tzinfo=UTC))
    assert readers.call == Contact("NHS 111", "111")


def test_a_pcn_without_a_coordinator_promises_nobody(world: World) -> None:
    end_membership(by=world["exe_manager"], at=AT, membership_id=world["coordinator"].membership_id, how="left")
    readers = who_reads(rose(world), AT + timedelta(minutes=1))
    assert (readers.is_now, readers.next_at) == (False, None)
    assert readers.why_nobody == "Exe PCN has no care coordinator here"
    assert readers.call == Contact(COORDINATORS, "01632 960100")


def test_without_a_pcn_the_homes_manager_reads_under_its_own_number(world: World) -> None:
    readers = who_reads(world.bodies["elm"].pk, AT)
    assert readers.who == "the manager of Elm Court"
    assert readers.call == Contact("the manager of Elm Court", "01632 960010")
    assert cover_of(world.bodies["elm"].pk, AT).why_no_lead == "this home is aligned to no PCN"


def test_the_hours_of_the_body_stand_in_for_those_of_a_role(world: World) -> None:
    align_home(by=world["icb"], at=AT, code=world.code("rose"), pcn_code=None, from_on=TODAY, agreed_with="everybody")
    set_hours(
        by=world["manager"], at=AT, role="", week=OFFICE, works_bank_holidays=False, phone="01632 960111",
        otherwise="the senior on duty", otherwise_phone="01632 960112", from_on=TODAY,
    )  # fmt: skip
    assert who_reads(rose(world), AT).call == Contact("the manager of Rose House", "01632 960111")
    set_hours(
        by=world["manager"], at=AT, role=Role.HOME_MANAGER, week=[], works_bank_holidays=False, phone="01632 960113",
        otherwise="the deputy", otherwise_phone="01632 960114", from_on=TODAY,
    )  # fmt: skip
    assert who_reads(rose(world), AT).call == Contact("the deputy", "01632 960114")


def test_a_lead_whose_role_has_ended_leads_no_longer(world: World) -> None:
    end_membership(by=world["exe_manager"], at=AT, membership_id=world["lead"].membership_id, how="left")
    cover = cover_of(rose(world), AT + timedelta(minutes=1))
    assert (cover.lead_name, cover.lead_profession, cover.why_no_lead) == ("", "", "Lena Hart leads no longer")


def test_a_lead_stays_with_their_pcn_when_the_home_goes_elsewhere(world: World) -> None:
    """The other ICB takes the home once it is aligned to none; its lead of before is nobody there."""
    for officer, pcn, days in (("icb", None, 0), ("other_icb", "tor", 1)):
        align_home(
            by=world[officer], at=AT + timedelta(days=days), code=world.code("rose"),
            pcn_code=world.code(pcn) if pcn else None, from_on=TODAY + timedelta(days=days), agreed_with="everybody",
        )  # fmt: skip
    cover = cover_of(rose(world), AT + timedelta(days=1))
    assert (cover.pcn_name, cover.lead_name) == ("Tor PCN", "")
    assert cover.why_no_lead == "Lena Hart belongs to another PCN"


@pytest.mark.parametrize(
    ("lies_in", "aligned", "whose"),
    [
        ("99Z", False, {"icb"}),
        ("98Z", False, {"other_icb"}),
        ("", False, {"icb", "other_icb"}),  # nobody knows: it must not be nobody's
        ("98Z", True, {"icb"}),  # the area of the PCN that serves it counts before the home's own
    ],
)
def test_an_icb_sees_its_own_areas_homes(world: World, lies_in: str, aligned: bool, whose: set[str]) -> None:
    code = world.code("elm")
    if aligned:
        align_home(by=world["icb"], at=AT, code=code, pcn_code="U99901", from_on=TODAY, agreed_with="the home")
    area = building.ons_code_of(lies_in) if lies_in else ""
    with building.building():
        CareHome.objects.filter(pk=world.bodies["elm"].pk).update(area_ons_code=area)
    sees = {who for who in ("icb", "other_icb") if homes_of(viewer=world[who], at=AT).filter(body__code=code).exists()}
    assert sees == whose
