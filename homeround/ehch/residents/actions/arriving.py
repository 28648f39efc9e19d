"""How somebody comes to live in a home: expected, moved in (which starts the clock), or already living here.

Before anybody is written down anew the people of the home are looked through: one person has one record (H10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.directory.models import CareHome
from homeround.ehch.alignment.access import HomeInSight, see_home
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions.instants import instant_of
from homeround.ehch.residents.actions.registering import Registering, problems_of, start_registration
from homeround.ehch.residents.actions.who import (
    Somebody,
    amend_identity,
    complete_identity,
    new_resident,
    problems_of_who,
    the_same_person,
)
from homeround.ehch.residents.models import Arrival, Resident, RoomStart, Stay
from homeround.ehch.residents.words import EXPECTED_ENDED, ArrivalKind, PlaceKind, StayBasis
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid, NotHere


@dataclass(frozen=True)
class Place:
    """The stay somebody comes for: its kind, whether nursing or residential, when it is planned to end, which room."""

    kind: str
    place: str
    room: str
    unit: str = ""
    planned_end_on: date | None = None


@dataclass(frozen=True)
class _Coming:
    """One way of coming: its basis, and which day it asks for."""

    basis: StayBasis
    field: str
    day: str


MOVED_IN = _Coming(StayBasis.MOVED_IN, "arrived_on", "arrived")
EXPECTED = _Coming(StayBasis.EXPECTED, "expected_on", "expected")
LIVING_HERE = _Coming(StayBasis.LIVING_HERE, "living_since", "living since")


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
    same: rules.Answered | None = None,
    sure: bool = False,
) -> str:
    """Somebody moved into the home with this `code` on `arrived_on`, day 0 of the 7-working-day clock (REQ-67).

    An `expected_ref` is the person who was expected; their expected stay ends. `same` answers whether it is somebody
    who is here already. Returns the person's ref. Raises NotHere, NotAllowed, or Invalid naming every field that cannot
    be kept; `same_person` while that is not answered.
    """
    home = _home_for_moves(by, code, at)
    is_new = not expected_ref
    _refuse(_problems(home, MOVED_IN, who, stay, registration, arrived_on, sure=sure, is_new=is_new))
    expected = _expected(by, expected_ref, home, at)
    resident = expected or _person(by, home, who, same, MOVED_IN)
    row = _stay(by, home, resident, stay, MOVED_IN, arrived_on)
    start_clock(by, at, row, arrived_on)
    _register(by, row, registration, at)
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
    same: rules.Answered | None = None,
    sure: bool = False,
) -> str:
    """Somebody is expected in the home on a day. No clock starts. Returns the person's ref; raises as `move_in`."""
    home = _home_for_moves(by, code, at)
    _refuse(_problems(home, EXPECTED, who, stay, registration, expected_on, sure=sure))
    resident = _person(by, home, who, same, EXPECTED)
    row = _stay(by, home, resident, stay, EXPECTED, expected_on)
    _register(by, row, registration, at)
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
    same: rules.Answered | None = None,
    sure: bool = False,
) -> str:
    """Somebody lives in the home already, since a day or since nobody knows when. No clock starts. Returns the ref."""
    home = _home_for_moves(by, code, at)
    _refuse(_problems(home, LIVING_HERE, who, stay, registration, living_since, sure=sure))
    resident = _person(by, home, who, same, LIVING_HERE)
    row = _stay(by, home, resident, stay, LIVING_HERE, living_since)
    _register(by, row, registration, at)
    return resident.ref


def provides(home_id: int, place: str) -> bool:
    """Whether a home is registered with CQC for nursing or residential care; one that states neither may be either."""
    home = CareHome.objects.only("with_nursing", "without_nursing").get(pk=home_id)
    if not (home.with_nursing or home.without_nursing):
        return True
    return home.with_nursing if place == PlaceKind.NURSING else home.without_nursing


def start_clock(
    by: Viewer,
    at: datetime,
    stay: Stay,
    arrived_on: date,
    *,
    first: Arrival | None = None,
    kind: ArrivalKind = ArrivalKind.MOVED_IN,
) -> Arrival:
    """The arrival of a stay, with the due dates that follow from its day; `first` when the day is corrected."""
    due = rules.due_dates(arrived_on, bank_holidays.ENGLAND)
    return Arrival.objects.create(
        resident_id=stay.resident_id,
        stay=stay,
        kind=kind.value,
        arrived_on=arrived_on,
        rule_set=due.rule_set,
        due_on=due.due_on,
        due_calendar_on=due.due_calendar_on,
        provisional=due.provisional,
        reasoning=due.reasoning,
        first=first,
        **written(by=by, at=at, held_for=stay.home_id, happened_at=instant_of(arrived_on, at, first_of_day=True)),
    )


def _home_for_moves(by: Viewer, code: str, at: datetime) -> HomeInSight:
    home = see_home(viewer=by, code=code, at=at, kind=Kind.IDENTITY)
    home.must_have(Right.MOVES)
    return home


def _problems(
    home: HomeInSight,
    coming: _Coming,
    who: Somebody,
    stay: Place,
    registration: Registering,
    first_on: date | None,
    *,
    sure: bool,
    is_new: bool = True,
) -> dict[str, str]:
    """Field by field; who somebody is was looked at already when they were expected (`is_new` is False then)."""
    today = london_date(home.at)
    problems = rules.problems_of_stay(stay.kind, stay.place, stay.room)
    problems |= rules.problems_of_texts(room=stay.room, unit=stay.unit)
    if "place" not in problems and not provides(home.home_id, stay.place):
        problems["place"] = f"{home.name} is not registered with CQC for {stay.place} care. Choose the other kind."
    first = rules.Day(coming.field, coming.day, first_on)
    asking = [
        problems_of_who(who, today, sure=sure) if is_new else {},
        rules.problems_of_stay_days(first, stay.planned_end_on, today=today, born_on=who.born_on, sure=sure),
        problems_of(registration, today, born_on=who.born_on, sure=sure),
    ]
    return rules.together(problems, *asking)


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)


def _person(by: Viewer, home: HomeInSight, who: Somebody, same: rules.Answered | None, coming: _Coming) -> Resident:
    """The one record of this person: continued when it is known here, else new."""
    answered = same or rules.Answered()
    known = the_same_person(home, who, answered, basis=coming.basis)
    if known is None:
        return new_resident(by, home.at, home, who, answered.apart_from)
    if answered.typed_is_right:
        because = "what was typed when they came is right"
        amend_identity(
            known.resident_id, known.identity, who, held_for=home.home_id, because=because, by=by, at=home.at
        )
    else:
        complete_identity(known, who, held_for=home.home_id, by=by, at=home.at)
    if known.is_expected:
        _end_expected(by, known.resident_id, home)
    return Resident.objects.get(pk=known.resident_id)


def _expected(by: Viewer, ref: str, home: HomeInSight, at: datetime) -> Resident | None:
    """The person who was expected here, their expected stay ended; None without a ref."""
    if not ref:
        return None
    person = see_resident(viewer=by, ref=ref, at=at)
    _end_expected(by, person.resident_id, home)
    return Resident.objects.get(pk=person.resident_id)


def _end_expected(by: Viewer, resident_id: int, home: HomeInSight) -> None:
    expected = Stay.objects.open().filter(resident=resident_id, home=home.home_id, basis=StayBasis.EXPECTED.value)
    if not expected.update(**ended(by=by, at=home.at, how=EXPECTED_ENDED)):
        raise NotHere


def _stay(
    by: Viewer, home: HomeInSight, resident: Resident, stay: Place, coming: _Coming, from_on: date | None
) -> Stay:
    columns = written(by=by, at=home.at, held_for=home.home_id)
    row = Stay.objects.create(
        resident=resident,
        home_id=home.home_id,
        kind=stay.kind,
        place=stay.place,
        basis=coming.basis.value,
        from_on=from_on,
        planned_end_on=stay.planned_end_on,
        follows=Stay.objects.filter(resident=resident).exclude(ended_at=None).order_by("-id").first(),
        **columns,
    )
    RoomStart.objects.create(resident=resident, stay=row, room=stay.room, unit=stay.unit, from_at=home.at, **columns)
    return row


def _register(by: Viewer, stay: Stay, registration: Registering, at: datetime) -> None:
    """What the form says, from today; what was said before about the same day no longer stands (C02)."""
    start_registration(
        resident_id=stay.resident_id,
        held_for=stay.home_id,
        by=by,
        at=at,
        registration=registration,
        because="said otherwise on the day they came",
    )
