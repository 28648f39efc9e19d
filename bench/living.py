"""Who lives in the homes of a world: names, birth dates, numbers, stays, rooms, registrations, and some arrivals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bench.places import LONG_AGO, Home, row
from homeround.ehch.care_plans.models import Completion
from homeround.ehch.residents import rules
from homeround.ehch.residents.models import Arrival, IdentityClaim, RegistrationStart, Resident, RoomStart, Stay
from homeround.ehch.residents.words import ArrivalKind, IdentityKind, PlaceKind, RegistrationKind, StayBasis, StayKind
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.record import nhs_number
from homeround.nonprod.demo_world.names import name_of

OLDEST_BORN: Final = date(1926, 1, 1)
WITHOUT_PRACTICE: Final = 10
"""One in so many is registered with no practice that anybody knows of."""


@dataclass(frozen=True)
class Person:
    """Somebody who lives in a home. `serial` counts everybody and decides what happens to them."""

    serial: int
    home: Home
    bed: int
    since: datetime
    is_new: bool
    resident: Resident

    @property
    def practice(self) -> int | None:
        """Which of the PCN's practices they are registered with."""
        if self.serial % WITHOUT_PRACTICE == WITHOUT_PRACTICE - 1:
            return None
        return self.serial % len(self.home.pcn.practices)


def move_in(homes: list[tuple[Home, int]], first: int, at: datetime) -> list[Person]:
    """Fill each home with so many people, numbered from `first`."""
    people: list[Person] = []
    for home, beds in homes:
        for bed in range(beds):
            serial = first + len(people)
            is_new = serial % 12 == 5
            since = at - timedelta(days=serial % 11, hours=2) if is_new else at - LONG_AGO / 2
            resident = Resident(**row(home.nurse, home.body_id, since))
            people.append(Person(serial, home, bed, since, is_new, resident))
    Resident.objects.bulk_create(person.resident for person in people)
    IdentityClaim.objects.bulk_create(claim for person in people for claim in _claims(person))
    RegistrationStart.objects.bulk_create(_registration(person) for person in people)
    stays = Stay.objects.bulk_create(_stay(person) for person in people)
    RoomStart.objects.bulk_create(_room(person, stay) for person, stay in zip(people, stays, strict=True))
    arrived = [(person, stay) for person, stay in zip(people, stays, strict=True) if person.is_new]
    arrivals = Arrival.objects.bulk_create(_arrival(person, stay) for person, stay in arrived)
    Completion.objects.bulk_create(
        _completion(person, arrival, at)
        for (person, _), arrival in zip(arrived, arrivals, strict=True)
        if person.serial % 24 == 5
    )
    return people


def _claims(person: Person) -> list[IdentityClaim]:
    given, family = name_of(person.bed, person.home.body_id)
    common = {
        "resident": person.resident,
        "source": "bench",
        "from_on": person.since.date(),
        **row(person.home.nurse, person.home.body_id, person.since),
    }
    born_on = OLDEST_BORN + timedelta(days=person.serial * 37 % 9000)
    return [
        IdentityClaim(kind=IdentityKind.NAME, given=given, family=family, **common),
        IdentityClaim(kind=IdentityKind.BIRTH_DATE, born_on=born_on, **common),
        IdentityClaim(kind=IdentityKind.NHS_NUMBER, number=nhs_number.made(person.serial), **common),
    ]


def _registration(person: Person) -> RegistrationStart:
    practice = person.practice
    return RegistrationStart(
        resident=person.resident,
        kind=RegistrationKind.NOT_KNOWN if practice is None else RegistrationKind.PERMANENT,
        practice_id=None if practice is None else person.home.pcn.practices[practice],
        source="bench",
        from_on=person.since.date(),
        **row(person.home.nurse, person.home.body_id, person.since),
    )


def _stay(person: Person) -> Stay:
    return Stay(
        resident=person.resident,
        home_id=person.home.body_id,
        kind=StayKind.PERMANENT,
        place=PlaceKind.RESIDENTIAL if person.serial % 3 else PlaceKind.NURSING,
        basis=StayBasis.MOVED_IN if person.is_new else StayBasis.LIVING_HERE,
        from_on=person.since.date(),
        **row(person.home.nurse, person.home.body_id, person.since),
    )


def _room(person: Person, stay: Stay) -> RoomStart:
    return RoomStart(
        resident=person.resident,
        stay=stay,
        room=str(person.bed + 1),
        unit="Ground floor" if person.bed < 30 else "First floor",
        from_at=person.since,
        **row(person.home.nurse, person.home.body_id, person.since),
    )


def _arrival(person: Person, stay: Stay) -> Arrival:
    due = rules.due_dates(person.since.date(), bank_holidays.ENGLAND)
    return Arrival(
        resident=person.resident,
        stay=stay,
        kind=ArrivalKind.MOVED_IN,
        arrived_on=person.since.date(),
        rule_set=due.rule_set,
        due_on=due.due_on,
        due_calendar_on=due.due_calendar_on,
        provisional=due.provisional,
        reasoning=due.reasoning,
        **row(person.home.nurse, person.home.body_id, person.since),
    )


def _completion(person: Person, arrival: Arrival, at: datetime) -> Completion:
    return Completion(
        resident=person.resident,
        arrival=arrival,
        obligation="assessment",
        done_on=at.date(),
        document="in the home's folder",
        took_part="nurse and family",
        person_took_part="said what matters to them",
        **row(person.home.pcn.clinician, person.home.pcn.body_id, at),
    )
