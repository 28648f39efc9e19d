"""Who signs in at the demo, for every role; one of them in two capacities."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from homeround.accounts.rights import Role
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.actions import align_home, name_lead, place_on_mdt, set_hours
from homeround.kernel.calendar.times import london_date
from homeround.nonprod import building
from homeround.nonprod.demo_world.places import SINCE, Places
from homeround.nonprod.sign_ins import PASSWORD

NURSE = "Advanced nurse practitioner"
OFFICE = [[weekday, "09:00", "17:00"] for weekday in range(5)]
EVERY_DAY = [[weekday, "07:00", "19:00"] for weekday in range(7)]

PEOPLE = (
    # username, name, role, body, profession; whoever manages a body stands first, and says who else acts for it
    ("ines", "Ines Carvalho", Role.ICB_OFFICER, "icb", ""),
    ("ivo", "Ivo Lindqvist", Role.IG_LEAD, "icb", ""),
    ("eva", "Eva Brock", Role.PCN_MANAGER, "exe", ""),
    ("amina", "Amina Yusuf", Role.COORDINATOR, "exe", ""),
    ("priya", "Priya Shah", Role.ROUND_CLINICIAN, "exe", NURSE),
    ("piotr", "Piotr Nowak", Role.PHARMACIST, "exe", "Pharmacist"),
    ("ian", "Ian Frost", Role.IG_LEAD, "exe", ""),
    ("tom", "Tom Harker", Role.PCN_MANAGER, "tor", ""),
    ("tess", "Tess Coker", Role.COORDINATOR, "tor", ""),
    ("theo", "Theo Marsh", Role.ROUND_CLINICIAN, "tor", "GP"),
    ("tilda", "Tilda Vane", Role.CLINICAL_LEAD, "tor", NURSE),
    ("grace", "Grace Poole", Role.PRACTICE_CLINICIAN, "mill", "GP"),
    ("carl", "Carl Dunning", Role.PRACTICE_CLERK, "mill", ""),
    ("gil", "Gil Navarro", Role.PRACTICE_CLINICIAN, "quay", "GP"),
    ("olga", "Olga Dunn", Role.PRACTICE_CLINICIAN, "moor", "GP"),
    ("oona", "Oona Flynn", Role.PRACTICE_CLERK, "moor", ""),
    ("omar", "Omar Haddad", Role.PRACTICE_CLINICIAN, "ford", "GP"),
    ("maud", "Maud Keeper", Role.HOME_MANAGER, "large", ""),
    ("nell", "Nell Asante", Role.HOME_NURSE, "large", "Nurse"),
    ("saul", "Saul Prout", Role.HOME_SENIOR, "large", ""),
    ("cora", "Cora Bligh", Role.CARER, "large", ""),
    ("lee", "Lee Trott", Role.HOME_MANAGER, "small", ""),
    ("kai", "Kai Symons", Role.CARER, "small", ""),
    ("pat", "Pat Colyer", Role.HOME_MANAGER, "split", ""),
    ("cato", "Cato Reyes", Role.CARER, "split", ""),
    ("moss", "Moss Tully", Role.HOME_MANAGER, "middle", ""),
    ("sana", "Sana Iqbal", Role.HOME_SENIOR, "middle", ""),
    ("wes", "Wes Larkin", Role.CARER, "middle", ""),
    ("una", "Una Beer", Role.HOME_MANAGER, "lone", ""),
    ("kit", "Kit Morrow", Role.COMMUNITY_MEMBER, "team", "Speech and language therapist"),
    ("dora", "Dora Penn", Role.COMMUNITY_MEMBER, "team", "Dietitian"),
    ("rob", "Rob Sharland", Role.IG_LEAD, "provider", ""),
)
IN_TWO_CAPACITIES = ("grace", Role.CLINICAL_LEAD, "exe", "GP")
AGENCY = ("abe", "Abe Ruddock", Role.AGENCY_CARER, "large")
ALIGNED = (("large", "exe"), ("small", "exe"), ("split", "exe"), ("middle", "tor"))


@dataclass
class Staff:
    """Viewers by username; `lead` is the second capacity of one of them."""

    viewers: dict[str, Viewer] = field(default_factory=dict)

    def __getitem__(self, username: str) -> Viewer:
        return self.viewers[username]


def hire(places: Places, *, at: datetime) -> Staff:
    """Make the sign-ins, give everybody what they act as, and put cover in place."""
    began = at - SINCE
    staff = Staff()
    with building.building():
        admin = building.make_administrator(username="ada", name="Ada Winter", password=PASSWORD, at=began)
        for username, name, *_ in (*PEOPLE, AGENCY):
            building.make_user(username=username, name=name, password=PASSWORD)
    staff.viewers["ada"] = admin
    _give_roles(staff, places, admin, at=at)
    _cover(staff, places, at=began)
    return staff


def _give_roles(staff: Staff, places: Places, admin: Viewer, *, at: datetime) -> None:
    began = at - SINCE
    managers: dict[str, Viewer] = {}
    for username, _, role, key, profession in PEOPLE:
        by = managers.get(key, admin)
        viewer = building.member(
            by=by, at=began, username=username, role=role, body=places.named(key), profession=profession
        )
        managers.setdefault(key, viewer)
        staff.viewers[username] = viewer
    username, role, key, profession = IN_TWO_CAPACITIES
    staff.viewers["lead"] = building.member(
        by=managers[key], at=began, username=username, role=role, body=places.named(key), profession=profession
    )
    username, _, role, key = AGENCY
    staff.viewers[username] = building.member(
        by=managers[key],
        at=at - timedelta(days=1),
        username=username,
        role=role,
        body=places.named(key),
        until_at=at + timedelta(days=14),
    )


def _cover(staff: Staff, places: Places, *, at: datetime) -> None:
    on = london_date(at)
    for home, pcn in ALIGNED:
        align_home(
            by=staff["ines"],
            at=at,
            code=places.named(home).code,
            pcn_code=places.named(pcn).code,
            from_on=on,
            agreed_with="the home, the PCN and the ICB",
        )
    for home, manager, lead in (("large", "eva", "lead"), ("small", "eva", "lead"), ("middle", "tom", "tilda")):
        by_exception = lead == "tilda"
        name_lead(
            by=staff[manager],
            at=at,
            code=places.named(home).code,
            lead=staff[lead].membership_id,
            from_on=on,
            exception_because="No GP of the PCN has sessions free for this home." if by_exception else "",
            skills_evidence="Twelve years of nursing older people; independent prescriber." if by_exception else "",
        )
    _hours(staff, places, at=at)


def _hours(staff: Staff, places: Places, *, at: datetime) -> None:
    """The home aligned to none has no hours recorded, as happens."""
    on = london_date(at)
    for manager, role, week, phone in (
        ("eva", Role.COORDINATOR, OFFICE, "01632 960211"),
        ("tom", Role.COORDINATOR, OFFICE, "01632 960212"),
        ("maud", "", EVERY_DAY, "01632 960301"),
    ):
        set_hours(
            by=staff[manager],
            at=at,
            role=role,
            week=week,
            works_bank_holidays=role == "",
            phone=phone,
            otherwise="NHS 111",
            otherwise_phone="111",
            from_on=on,
        )
    for member, core in (("kit", False), ("nell", True)):
        place_on_mdt(by=staff["eva"], at=at, code=places.large.code, member=staff[member].membership_id, core=core)
