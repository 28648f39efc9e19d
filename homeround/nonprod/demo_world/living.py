"""Who lives in the demo's homes: arrivals of every kind, practices inside and outside the PCN, and none."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from homeround.directory.models import CareHome
from homeround.ehch.care_plans.actions import mark_done
from homeround.ehch.residents.actions import (
    Place,
    Somebody,
    expect_resident,
    move_in,
    record_departure,
    record_living_here,
)
from homeround.ehch.residents.actions.registering import Registering
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record import nhs_number
from homeround.nonprod.demo_world.names import name_of
from homeround.nonprod.demo_world.places import SINCE, Places
from homeround.nonprod.demo_world.staff import Staff
from homeround.nonprod.demo_world.timeline import Event, Timeline

SIZES = {"large": 60, "small": 6, "split": 20, "middle": 28, "lone": 12}
KEEPERS = {"large": "maud", "small": "lee", "split": "pat", "middle": "moss", "lone": "una"}
PRACTICES = {
    "large": ("mill", "mill", "quay", "mill", "moor", "mill", "quay", "mill", "mill", "quay"),
    "small": ("mill",),
    "split": ("mill", "quay", "moor", "ford"),
    "middle": ("moor", "moor", "ford", "quay"),
    "lone": ("mill", "ford"),
}
UNUSUAL = {
    ("large", 7): Registering("not_known"),
    ("large", 19): Registering("applied_for"),
    ("split", 9): Registering("none"),
    ("lone", 4): Registering("not_known"),
}
"""People whose GP nobody knows, by home and number."""
CALLED = {("large", 4): "Gwen", ("large", 6): "Peggy", ("small", 0): "Jo", ("middle", 3): "Win"}
NAMED = {("large", 0): ("Margaret", "Hill"), ("large", 1): ("Margaret", "Hall"), ("split", 2): ("Joan", "Pearce")}


@dataclass(frozen=True)
class Newcomer:
    """Somebody who moved in some days ago: which of the two obligations was met how many days after."""

    days_ago: int
    kind: str = "permanent"
    planned_days: int | None = None
    assessment_after: int | None = None
    plan_after: int | None = None


NEWCOMERS = {
    ("large", 59): Newcomer(1),
    ("large", 58): Newcomer(8, assessment_after=5),
    ("large", 57): Newcomer(16, assessment_after=6),
    ("large", 56): Newcomer(30, assessment_after=4, plan_after=7),
    ("split", 19): Newcomer(12, "discharge_to_assess", planned_days=30, assessment_after=3, plan_after=6),
    ("middle", 27): Newcomer(3, "respite", planned_days=14),
    ("lone", 11): Newcomer(20),
}


@dataclass
class People:
    """The refs of people by home and number there, and each one's practice ("" for none)."""

    ref: dict[tuple[str, int], str] = field(default_factory=dict)
    practice: dict[str, str] = field(default_factory=dict)

    def add(self, key: tuple[str, int], ref: str, practice: str) -> None:
        """Somebody who lives in a home now."""
        self.ref[key] = ref
        self.practice[ref] = practice


def let_live(timeline: Timeline, places: Places, staff: Staff) -> People:
    """Let everybody live in their home, or move in when they did; one has left and one is expected."""
    people = People()
    serial = 0
    for number, (home, size) in enumerate(SIZES.items()):
        care_home = CareHome.objects.get(pk=places.named(home).pk)
        for number_there in range(size):
            _settle(timeline, places, staff, people, _Arriving(care_home, home, number, number_there, serial))
            serial += 1
    _one_expected(timeline, places, staff, serial)
    timeline.put(
        timeline.days_ago(20, hour=16),
        lambda at: record_departure(
            by=staff["moss"], at=at, ref=people.ref.pop(("middle", 5)), kind="died", left_on=london_date(at)
        ),
    )
    return people


@dataclass(frozen=True)
class _Arriving:
    """One person to come: home and its number, the person's number there and among all."""

    care_home: CareHome
    home: str
    home_number: int
    number_there: int
    serial: int

    @property
    def key(self) -> tuple[str, int]:
        return self.home, self.number_there

    def who(self, on: date) -> Somebody:
        given, family = NAMED.get(self.key) or name_of(self.number_there, self.home_number)
        age = 33 + 4 * self.number_there if self.home == "small" else 72 + self.serial * 7 % 27
        has_number = self.key != ("lone", 6)
        return Somebody(
            given,
            family,
            date(on.year - age, 1 + self.serial * 5 % 12, 1 + self.serial * 11 % 28),
            known_as=CALLED.get(self.key, ""),
            nhs_number=nhs_number.made(self.serial) if has_number else "",
            no_number_because="" if has_number else "came from abroad; applied for, not yet given",
        )

    def stay(self, at: datetime) -> Place:
        newcomer = NEWCOMERS.get(self.key, Newcomer(0))
        planned = newcomer.planned_days
        unit = ""
        if self.home == "large":
            unit = "Garden unit" if self.number_there < 30 else "Harbour unit"
        return Place(
            kind=newcomer.kind,
            place="nursing" if self._is_nursed() else "residential",
            room=str(self.number_there + 1),
            unit=unit,
            planned_end_on=london_date(at) + timedelta(days=planned) if planned else None,
        )

    def _is_nursed(self) -> bool:
        """Three in four where a home offers both."""
        both = self.care_home.with_nursing and self.care_home.without_nursing
        return self.number_there % 4 < 3 if both else self.care_home.with_nursing

    def practice(self) -> str:
        if self.key in UNUSUAL:
            return ""
        cycle = PRACTICES[self.home]
        return cycle[self.number_there % len(cycle)]


def _settle(timeline: Timeline, places: Places, staff: Staff, people: People, arriving: _Arriving) -> None:
    newcomer = NEWCOMERS.get(arriving.key)
    keeper, code, practice = staff[KEEPERS[arriving.home]], places.named(arriving.home).code, arriving.practice()
    registration = UNUSUAL.get(arriving.key) or Registering("permanent", places.named(practice).code)

    def lives_here(at: datetime) -> None:
        since = london_date(at) - timedelta(days=60 + arriving.serial * 13 % 1500)
        ref = record_living_here(
            by=keeper,
            at=at,
            code=code,
            who=arriving.who(london_date(at)),
            stay=arriving.stay(at),
            registration=registration,
            living_since=None if arriving.number_there == 12 else since,
        )
        people.add(arriving.key, ref, practice)

    def moves_in(at: datetime) -> None:
        ref = move_in(
            by=keeper,
            at=at,
            code=code,
            who=arriving.who(london_date(at)),
            stay=arriving.stay(at),
            registration=registration,
            arrived_on=london_date(at),
        )
        people.add(arriving.key, ref, practice)

    if newcomer is None:
        timeline.put(timeline.now - SINCE + timedelta(hours=1), lives_here)
        return
    timeline.put(timeline.days_ago(newcomer.days_ago, hour=14), moves_in)
    met = {"assessment": newcomer.assessment_after, "plan": newcomer.plan_after}
    for obligation, after in met.items():
        if after is not None:
            at = timeline.days_ago(newcomer.days_ago - after, hour=15)
            timeline.put(at, _meets(staff, people, arriving, obligation))


def _meets(staff: Staff, people: People, arriving: _Arriving, obligation: str) -> Event:
    def marks(at: datetime) -> None:
        mark_done(
            by=staff[KEEPERS[arriving.home]],
            at=at,
            ref=people.ref[arriving.key],
            obligation=obligation,
            done_on=london_date(at),
            document="care record of the home",
            took_part="home manager, clinician of the PCN",
            person_took_part="yes, with family",
        )

    return marks


def _one_expected(timeline: Timeline, places: Places, staff: Staff, serial: int) -> None:
    on = london_date(timeline.now)
    timeline.put(
        timeline.days_ago(1, hour=11),
        lambda at: expect_resident(
            by=staff["maud"],
            at=at,
            code=places.large.code,
            who=Somebody("Hyacinth", "Trevanion", date(on.year - 84, 4, 17), nhs_number=nhs_number.made(serial)),
            stay=Place(kind="permanent", place="nursing", room="61", unit="Harbour unit"),
            registration=Registering("not_known"),
            expected_on=on + timedelta(days=3),
        ),
    )
