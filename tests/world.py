"""One small named world, built through the actions: two PCNs, three homes, eight residents, and the people who may and
the people who may not.

Everybody's password is `PASSWORD`. It is Monday 16 November 2026, 10:00 in London.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from homeround.accounts.rights import Role
from homeround.accounts.viewer import Viewer
from homeround.directory.models import Body
from homeround.ehch.alignment.actions import align_home, name_lead, place_on_mdt, set_hours
from homeround.ehch.residents.actions import Place, Somebody, co_opt, move_in, record_living_here
from homeround.ehch.residents.actions.registering import Registering
from homeround.kernel import stamp
from homeround.kernel.models import Outbox
from homeround.kernel.record import nhs_number
from homeround.nonprod import building
from tests import snapshot

AT = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
BEFORE = AT - timedelta(days=60)
PASSWORD = "a long enough password"
OFFICE = [[weekday, "09:00", "17:00"] for weekday in range(5)]


@dataclass
class World:
    """Bodies, viewers and the refs of residents, by name."""

    bodies: dict[str, Body] = field(default_factory=dict)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    residents: dict[str, str] = field(default_factory=dict)

    def code(self, body: str) -> str:
        """A body's code."""
        return self.bodies[body].code

    def __getitem__(self, username: str) -> Viewer:
        return self.viewers[username]


PEOPLE = (
    # username, name, role, body; a manager comes before whom they grant
    ("icb", "Ines Officer", Role.ICB_OFFICER, "icb"),
    ("icb_ig", "Ivy Guardian", Role.IG_LEAD, "icb"),
    ("other_icb", "Otto Officer", Role.ICB_OFFICER, "other_icb"),
    ("exe_manager", "Eva Manager", Role.PCN_MANAGER, "exe"),
    ("coordinator", "Amina Yusuf", Role.COORDINATOR, "exe"),
    ("clinician", "Priya Shah", Role.ROUND_CLINICIAN, "exe"),
    ("pharmacist", "Piotr Nowak", Role.PHARMACIST, "exe"),
    ("lead", "Lena Hart", Role.CLINICAL_LEAD, "exe"),
    ("exe_ig", "Ian Guardian", Role.IG_LEAD, "exe"),
    ("tor_manager", "Tom Manager", Role.PCN_MANAGER, "tor"),
    ("tor_coordinator", "Tess Caller", Role.COORDINATOR, "tor"),
    ("tor_clinician", "Theo Rounds", Role.ROUND_CLINICIAN, "tor"),
    ("tor_pharmacist", "Tara Pharma", Role.PHARMACIST, "tor"),
    ("tor_lead", "Tilda Lead", Role.CLINICAL_LEAD, "tor"),
    ("gp", "Grace Poole", Role.PRACTICE_CLINICIAN, "mill"),
    ("gp_colleague", "Gil Poole", Role.PRACTICE_CLINICIAN, "mill"),
    ("clerk", "Carl Clerk", Role.PRACTICE_CLERK, "mill"),
    ("outside_gp", "Olga Dunn", Role.PRACTICE_CLINICIAN, "far"),
    ("outside_clerk", "Oona Clerk", Role.PRACTICE_CLERK, "far"),
    ("manager", "Maud Keeper", Role.HOME_MANAGER, "rose"),
    ("nurse", "Nell Nurse", Role.HOME_NURSE, "rose"),
    ("senior", "Saul Senior", Role.HOME_SENIOR, "rose"),
    ("carer", "Cora Carer", Role.CARER, "rose"),
    ("agency", "Abe Agency", Role.AGENCY_CARER, "rose"),
    ("rose_ig", "Rob Guardian", Role.IG_LEAD, "rose"),
    ("ivy_manager", "Moss Keeper", Role.HOME_MANAGER, "ivy"),
    ("ivy_ig", "Una Guardian", Role.IG_LEAD, "ivy"),
    ("ivy_nurse", "Nils Nurse", Role.HOME_NURSE, "ivy"),
    ("ivy_senior", "Sana Senior", Role.HOME_SENIOR, "ivy"),
    ("ivy_carer", "Cato Carer", Role.CARER, "ivy"),
    ("ivy_agency", "Alva Agency", Role.AGENCY_CARER, "ivy"),
    ("community", "Kit Speech", Role.COMMUNITY_MEMBER, "team"),
    ("co_opted", "Dora Diet", Role.COMMUNITY_MEMBER, "team"),
    ("stranger", "Stig Stranger", Role.COMMUNITY_MEMBER, "team"),
)

RESIDENTS = (
    # key, given, family, born, home, practice, moved in days ago (None: already living here)
    ("margaret", "Margaret", "Hill", date(1938, 3, 27), "rose", "mill", 5),
    ("margaret_h", "Margaret", "Hall", date(1941, 7, 2), "rose", "mill", None),
    ("albert", "Albert", "Okafor", date(1935, 1, 15), "rose", "far", None),
    ("winifred", "Winifred", "Achterberg-Featherstonehaugh", date(1929, 2, 28), "rose", "mill", None),
    ("nobody", "Norman", "Unregistered", date(1944, 5, 5), "rose", "", None),
    ("ivan", "Ivan", "Petrov", date(1950, 9, 9), "ivy", "far", None),
    ("joan", "Joan", "Smith", date(1932, 12, 31), "ivy", "mill", None),
    ("leap", "Lea", "Pearce", date(1936, 2, 29), "elm", "far", None),
)


_taken: tuple[World, list[snapshot.Table]] | None = None


def lay() -> World:
    """The world in an empty database: built through the actions the first time, its rows laid again afterwards."""
    global _taken  # noqa: PLW0603 - once for a process
    if _taken is None:
        world = build()
        _taken = (world, snapshot.take())
    else:
        snapshot.lay(_taken[1])
    return copy.deepcopy(_taken[0])


def build() -> World:
    """Build the world in an empty, migrated database that is stamped demo."""
    stamp.put(stamp.DEMO, BEFORE)
    world = World()
    with building.building():
        _bodies(world)
        admin = building.make_administrator(username="admin", name="Ada Admin", password=PASSWORD, at=BEFORE)
        for username, name, _, _ in PEOPLE:
            building.make_user(username=username, name=name, password=PASSWORD)
    world.viewers["admin"] = admin
    _memberships(world, admin)
    _cover(world)
    _residents(world)
    with building.building():
        Outbox.objects.all().delete()  # nobody is waiting for what they were told long ago
    return world


def _bodies(world: World) -> None:
    icb, sub_icb = building.make_area(region="Y99 Test Region", icb="QZ9 Test ICB", sub_icb="99Z Test Place")
    other, other_sub = building.make_area(region="Y98 Other Region", icb="QZ8 Other ICB", sub_icb="98Z Other Place")
    exe = building.make_pcn("U99901 Exe PCN", sub_icb=sub_icb)
    tor = building.make_pcn("U99902 Tor PCN", sub_icb=other_sub)
    mill = building.make_practice(
        "Y99901 Mill Practice", pcn=exe, sub_icb=sub_icb, phone="01632 960001", from_at=BEFORE
    )
    far = building.make_practice(
        "Y99902 Far Practice", pcn=tor, sub_icb=other_sub, phone="01632 960002", from_at=BEFORE
    )
    provider = building.make_provider("1-990000001 Test Care Limited")
    homes = {
        key: building.make_home(
            building.NewHome(code, name, 40, True, True, provider, "1 Test Road", "Testshire", "01632 960010")
        )
        for key, code, name in (
            ("rose", "1-990000010", "Rose House"),
            ("ivy", "1-990000020", "Ivy Lodge"),
            ("elm", "1-990000030", "Elm Court"),
        )
    }
    team = building.make_team("TEAM1 Speech and Diet Team")
    world.bodies |= {
        "icb": icb, "other_icb": other, "exe": exe, "tor": tor, "mill": mill, "far": far, "team": team, **homes,
    }  # fmt: skip


def _memberships(world: World, admin: Viewer) -> None:
    first: dict[str, Viewer] = {}
    for username, _, role, body in PEOPLE:
        granted = building.member(
            by=first.get(body, admin),
            at=BEFORE,
            username=username,
            role=role,
            body=world.bodies[body],
            profession="GP" if role in {Role.CLINICAL_LEAD, Role.PRACTICE_CLINICIAN} else "",
        )
        first.setdefault(body, granted)
        world.viewers[username] = granted


def _cover(world: World) -> None:
    day = BEFORE.date()
    for home, pcn, officer, manager, lead in (
        ("rose", "exe", "icb", "exe_manager", "lead"),
        ("ivy", "tor", "other_icb", "tor_manager", "tor_lead"),
    ):
        align_home(
            by=world[officer], at=BEFORE, code=world.code(home), pcn_code=world.code(pcn), from_on=day,
            agreed_with="home, PCN and ICB",
        )  # fmt: skip
        name_lead(by=world[manager], at=BEFORE, code=world.code(home), lead=world[lead].membership_id, from_on=day)
        set_hours(
            by=world[manager], at=BEFORE, role=Role.COORDINATOR, week=OFFICE, works_bank_holidays=False,
            phone="01632 960100", otherwise="NHS 111", otherwise_phone="111", from_on=day,
        )  # fmt: skip
    place_on_mdt(
        by=world["exe_manager"], at=BEFORE, code=world.code("rose"), member=world["community"].membership_id, core=False
    )


def _residents(world: World) -> None:
    keepers = {"rose": world["manager"], "ivy": world["ivy_manager"]}
    for serial, (key, given, family, born_on, home, practice, days) in enumerate(RESIDENTS):
        if home not in keepers:
            continue
        who = Somebody(given, family, born_on, nhs_number=nhs_number.made(serial))
        stay = Place(kind="permanent", place="residential", room=str(serial + 1))
        registration = (
            Registering("permanent", world.code(practice), gp_name="") if practice else Registering("not_known")
        )
        common: dict[str, Any] = {
            "by": keepers[home],
            "code": world.code(home),
            "who": who,
            "stay": stay,
            "registration": registration,
        }
        if days is None:
            ref = record_living_here(at=BEFORE, living_since=date(2025, 1, 1), **common)
        else:
            arrived_at = AT - timedelta(days=days)
            ref = move_in(at=arrived_at, arrived_on=arrived_at.date(), **common)
        world.residents[key] = ref
    co_opt(
        by=world["nurse"], at=AT - timedelta(hours=1), ref=world.residents["albert"],
        member=world["co_opted"].membership_id, because="swallowing assessed by video",
    )  # fmt: skip
