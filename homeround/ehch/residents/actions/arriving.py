"""How somebody comes to live in a home: expected, moved in (which starts the clock), or already living here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.directory.models import CareHome
from homeround.ehch.alignment.access import HomeInSight, see_home
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import living_in, see_resident
from homeround.ehch.residents.actions.registering import Registering, as_start, problems_of
from homeround.ehch.residents.models import (
    Arrival,
    ArrivalKind,
    IdentityClaim,
    IdentityKind,
    RegistrationStart,
    Resident,
    RoomStart,
    Stay,
    StayBasis,
)
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record import nhs_number
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid, NotHere
from homeround.kernel.stamp import check_nhs_number


@dataclass(frozen=True)
class Somebody:
    """Who somebody is, as the home was told. Without an NHS number the reason why is needed."""

    given: str
    family: str
    born_on: date | None
    known_as: str = ""
    nhs_number: str = ""
    no_number_because: str = ""


@dataclass(frozen=True)
class Place:
    """The stay somebody comes for: its kind, whether nursing or residential, when it is planned to end, which room."""

    kind: str
    place: str
    room: str
    unit: str = ""
    planned_end_on: date | None = None


@action
def move_in(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    code: str,
    who: Somebody,
    stay: Place,
    registration: Registering,
    arrived_on: date,
    expected_ref: str = "",
) -> str:
    """Somebody moved into the home with this `code` on `arrived_on`, day 0 of the 7-working-day clock (REQ-67).

    An `expected_ref` is the person who was expected; their expected stay ends. Returns the person's ref. Raises
    NotHere,
    NotAllowed, or Invalid naming every field that cannot be kept.
    """
    home = _home_for_moves(by, code, at)
    _refuse(_problems(home, who, stay, registration, at) | _arrival_problems(arrived_on, at))
    resident = _expected(by, expected_ref, home, at) or _person(by, at, home, who)
    row = _stay(by, at, home, resident, stay, basis=StayBasis.MOVED_IN, from_on=arrived_on)
    _start_clock(by, at, row)
    _register(by, at, row, registration)
    return resident.ref


@action
def expect_resident(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    code: str,
    who: Somebody,
    stay: Place,
    registration: Registering,
    expected_on: date,
) -> str:
    """Somebody is expected in the home on a day. No clock starts. Returns the person's ref; raises as `move_in`."""
    home = _home_for_moves(by, code, at)
    _refuse(_problems(home, who, stay, registration, at))
    resident = _person(by, at, home, who)
    row = _stay(by, at, home, resident, stay, basis=StayBasis.EXPECTED, from_on=expected_on)
    _register(by, at, row, registration)
    return resident.ref


@action
def record_living_here(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    code: str,
    who: Somebody,
    stay: Place,
    registration: Registering,
    living_since: date | None,
) -> str:
    """Somebody lives in the home already, since a day or since nobody knows when. No clock starts. Returns the ref."""
    home = _home_for_moves(by, code, at)
    _refuse(_problems(home, who, stay, registration, at))
    resident = _person(by, at, home, who)
    row = _stay(by, at, home, resident, stay, basis=StayBasis.LIVING_HERE, from_on=living_since)
    _register(by, at, row, registration)
    return resident.ref


def _home_for_moves(by: Viewer, code: str, at: datetime) -> HomeInSight:
    home = see_home(viewer=by, code=code, at=at, kind=Kind.IDENTITY)
    home.must_have(Right.MOVES)
    return home


def _problems(home: HomeInSight, who: Somebody, stay: Place, registration: Registering, at: datetime) -> dict[str, str]:
    today = london_date(at)
    problems = rules.problems_of_identity(
        who.given, who.family, who.born_on, who.nhs_number, who.no_number_because, today
    )
    problems |= rules.problems_of_stay(stay.kind, stay.place, stay.room, stay.planned_end_on, today)
    problems |= problems_of(registration, today)
    if "place" not in problems and not _provides(home.home_id, stay.place):
        problems["place"] = f"{home.name} is not registered with CQC for {stay.place} care. Choose the other kind."
    if who.nhs_number and "nhs_number" not in problems:
        problems |= _number_problems(home, nhs_number.parse(who.nhs_number))
    return problems


def _arrival_problems(arrived_on: date, at: datetime) -> dict[str, str]:
    if arrived_on > london_date(at):
        return {"arrived_on": "This day has not come yet. Enter the day they arrived, or record them as expected."}
    return {}


def _number_problems(home: HomeInSight, number: str) -> dict[str, str]:
    """Within the viewer's own reach only: about anybody elsewhere nothing is said, and nothing is
    delayed (trust.md).
    """
    try:
        check_nhs_number(number)
    except Invalid as refusal:
        return dict(refusal.problems)
    holders = IdentityClaim.objects.filter(kind=IdentityKind.NHS_NUMBER, number=number, stands=True, ended_at=None)
    if holders.filter(resident__in=living_in(home=home).values("resident")).exists():
        return {"nhs_number": "Somebody who lives here already has this NHS number. Check it, or open their page."}
    return {}


def _provides(home_id: int, place: str) -> bool:
    home = CareHome.objects.only("with_nursing", "without_nursing").get(pk=home_id)
    if not (home.with_nursing or home.without_nursing):
        return True
    return home.with_nursing if place == "nursing" else home.without_nursing


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)


def _person(by: Viewer, at: datetime, home: HomeInSight, who: Somebody) -> Resident:
    columns = written(by=by, at=at, held_for=home.home_id)
    resident = Resident.objects.create(**columns)
    claim = {**columns, "resident": resident, "source": f"told to {home.name}"[:120], "from_on": london_date(at)}
    number = nhs_number.parse(who.nhs_number) if who.nhs_number else ""
    IdentityClaim.objects.bulk_create(
        [
            IdentityClaim(
                kind=IdentityKind.NAME,
                given=who.given.strip(),
                family=who.family.strip(),
                known_as=who.known_as.strip(),
                **claim,
            ),
            IdentityClaim(kind=IdentityKind.BIRTH_DATE, born_on=who.born_on, **claim),
            IdentityClaim(
                kind=IdentityKind.NHS_NUMBER,
                number=number,
                absent_because="" if number else who.no_number_because.strip(),
                **claim,
            ),
        ]
    )
    return resident


def _expected(by: Viewer, ref: str, home: HomeInSight, at: datetime) -> Resident | None:
    """The person who was expected here, their expected stay ended; None without a ref."""
    if not ref:
        return None
    person = see_resident(viewer=by, ref=ref, at=at)
    expected = Stay.objects.filter(
        resident=person.resident_id, home=home.home_id, basis=StayBasis.EXPECTED, stands=True, ended_at=None
    )
    if not expected.update(**ended(by=by, at=at, how="moved in")):
        raise NotHere
    return Resident.objects.get(pk=person.resident_id)


def _stay(
    by: Viewer, at: datetime, home: HomeInSight, resident: Resident, stay: Place, *, basis: str, from_on: date | None
) -> Stay:
    columns = written(by=by, at=at, held_for=home.home_id)
    row = Stay.objects.create(
        resident=resident,
        home_id=home.home_id,
        kind=stay.kind,
        place=stay.place,
        basis=basis,
        from_on=from_on,
        planned_end_on=stay.planned_end_on,
        follows=Stay.objects.filter(resident=resident, stands=True).exclude(ended_at=None).order_by("-id").first(),
        **columns,
    )
    RoomStart.objects.create(
        resident=resident, stay=row, room=stay.room.strip(), unit=stay.unit.strip(), from_at=at, **columns
    )
    return row


def _start_clock(by: Viewer, at: datetime, stay: Stay) -> None:
    if stay.from_on is None:
        raise ValueError("An arrival has a day.")
    due = rules.due_dates(stay.from_on, bank_holidays.ENGLAND)
    Arrival.objects.create(
        resident_id=stay.resident_id,
        stay=stay,
        kind=ArrivalKind.MOVED_IN,
        arrived_on=stay.from_on,
        rule_set=due.rule_set,
        due_on=due.due_on,
        due_calendar_on=due.due_calendar_on,
        provisional=due.provisional,
        reasoning=due.reasoning,
        **written(by=by, at=at, held_for=stay.home_id),
    )


def _register(by: Viewer, at: datetime, stay: Stay, registration: Registering) -> None:
    if not RegistrationStart.objects.filter(resident=stay.resident_id, stands=True, from_on=london_date(at)).exists():
        as_start(registration, resident_id=stay.resident_id, by=by, at=at, held_for=stay.home_id).save(
            force_insert=True
        )
