"""What can be read about who somebody is, where they live and who is medically responsible.

A query takes a proof that a door gave; a list starts from the people a door let in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Max, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, JSONObject

from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.alignment.models import lead_of, pcn_of
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight, living_stays
from homeround.ehch.residents.models import (
    Arrival,
    Departure,
    IdentityClaim,
    RegistrationStart,
    Resident,
    RoomStart,
    Stay,
)
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared
from homeround.kernel.record import nhs_number


@dataclass(frozen=True)
class Identity:
    """Who somebody is, from the newest standing claims. Empty text and None mean: not recorded here."""

    given: str = ""
    family: str = ""
    known_as: str = ""
    born_on: date | None = None
    number: str = ""
    number_absent_because: str = ""
    number_is_checked: bool = False

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}".strip() or "Name not recorded here"

    @property
    def called(self) -> str:
        """What they are called, with the family name in full: never initials alone (H1)."""
        return f"{self.known_as or self.given} {self.family}".strip() or self.name

    @property
    def nhs_number(self) -> str:
        """The NHS number in groups of 3 3 4, or why it is not known."""
        if self.number:
            return nhs_number.shown(self.number)
        return f"not known: {self.number_absent_because}" if self.number_absent_because else "not recorded here"

    def age(self, on: date) -> int | None:
        """Whole years on a day; somebody born on 29 February has a birthday on 1 March of other years."""
        if self.born_on is None:
            return None
        before_birthday = (on.month, on.day) < (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - before_birthday


@dataclass(frozen=True)
class Banner:
    """What stands on top of every page about a person, in the order of the screens' design."""

    ref: str
    identity: Identity
    age: int | None
    home_code: str
    home: str
    room: str
    unit: str
    stay_kind: str
    place: str
    stay_basis: str
    planned_end_on: date | None
    left: str
    left_at: datetime | None
    alike: tuple[str, ...]
    responsible: rules.Responsible
    lead: str
    pcn: str
    relationship: rules.Relationship


@dataclass(frozen=True)
class Living:
    """One person of a home's list."""

    resident_id: int
    ref: str
    identity: Identity
    room: str
    unit: str
    stay_kind: str
    from_on: date | None
    is_alike: bool


def numbers_for_tests() -> int:
    """How many NHS numbers of the range for tests are in the record: none may be in a live one (H24)."""
    return IdentityClaim.objects.filter(number__startswith=nhs_number.TEST_PREFIX).count()


def identities(resident_ids: Iterable[int]) -> dict[int, Identity]:
    """Who these people are, in one statement; none for nobody."""
    asked = list(resident_ids)
    return _identities(_claims().filter(resident__in=asked)) if asked else {}


def banner_of(person: PersonInSight) -> Banner:
    """The banner of a person in sight, in two statements whatever the home's size."""
    stay = _stay_facts(person)
    found = _identities(_claims_beside(resident=person.resident_id, home=stay.get("home_id")))
    identity = found.pop(person.resident_id, Identity())
    on = london_date(person.as_of)
    return Banner(
        ref=person.ref,
        identity=identity,
        age=identity.age(on),
        home_code=stay.get("home__body__code") or "",
        home=stay.get("home__body__name") or "",
        room=(stay.get("room_now") or {}).get("room", ""),
        unit=(stay.get("room_now") or {}).get("unit", ""),
        stay_kind=stay.get("kind") or "",
        place=stay.get("place") or "",
        stay_basis=stay.get("basis") or "",
        planned_end_on=stay.get("planned_end_on"),
        left=stay.get("ended_how") or "",
        left_at=stay.get("ended_at"),
        alike=tuple(sorted(other.name for other in found.values() if rules.are_alike(identity.name, other.name))),
        responsible=rules.responsible_for(_registration(stay.get("registration")), on),
        lead=stay.get("lead_name") or "",
        pcn=stay.get("pcn_name") or "",
        relationship=person.relationship,
    )


def living_here(home: HomeInSight) -> list[Living]:
    """Everybody who lives in a home, by unit and room; two statements."""
    home.must_read(Kind.IDENTITY)
    open_stays = _stays_in(home=home.home_id, at=home.at)
    found = _identities(_claims_in(home=home.home_id, at=home.at))
    stays = [(stay, found.get(stay.resident_id, Identity())) for stay in open_stays]
    alike = rules.alike_among([identity.name for _, identity in stays])
    people = [
        Living(
            resident_id=stay.resident_id,
            ref=stay.resident__ref,
            identity=identity,
            room=(stay.room_now or {}).get("room", ""),
            unit=(stay.room_now or {}).get("unit", ""),
            stay_kind=stay.kind,
            from_on=stay.from_on,
            is_alike=identity.name in alike,
        )
        for stay, identity in stays
    ]
    return sorted(people, key=lambda one: (one.unit, rules.room_order(one.room), one.identity.family))


def list_of(home: HomeInSight) -> list[Living]:
    """Everybody who lives in a home, to be shown as a list: the look is noticed. Two statements."""
    people = living_here(home)
    notice_list(
        home.viewer, place_id=home.home_id, subject_ids=(one.resident_id for one in people), ground=home.ground.name
    )
    return people


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """Arrivals as signs: `arrived` with its day, and `lives` since when a stay has been written down here."""
    arrivals = Arrival.objects.filter(stands=True, stay__home__in=homes, stay__ended_at=None, stay__stands=True)
    stays = living_stays().filter(home__in=homes, recorded_at__lte=at)
    return [
        sign_rows(arrivals, code="arrived", since="recorded_at", words="arrived_on"),
        sign_rows(stays, code="lives", since="recorded_at", words="kind"),
    ]


def sign_rows(rows: QuerySet[Any], *, code: str, since: str, words: Any) -> Any:
    """Rows about people in the shape of `rules.Sign`, ready for one UNION ALL on both databases."""
    return rows.order_by().values_list(
        "resident_id",
        Value(code, output_field=CharField()),
        since,
        "pk",
        Cast(words, TextField()),
        named=False,
    )


def last_recorded(rows: QuerySet[Any], *, code: str = "recorded") -> Any:
    """When each person in these rows was last written about, in the shape of `rules.Sign`: one row each."""
    return (
        rows.order_by()
        .values("resident_id")
        .annotate(
            code=Value(code, output_field=CharField()),
            since=Max("happened_at"),
            source=Max("pk"),
            words=Value("", output_field=TextField()),
        )
        .values_list("resident_id", "code", "since", "source", "words")
    )


def entry_rows(
    rows: QuerySet[Any],
    *,
    kind: str,
    words: Any,
    ref: Any = "",
    state: Any = "",
    on: Any = "",
    ended: Any = "ended_at",
) -> Any:
    """Rows about one person in the shape of `rules.Entry`, ready for one UNION ALL on both databases."""
    return rows.order_by().values_list(
        Value(kind, output_field=CharField()),
        "happened_at",
        "pk",
        _text(ref),
        _text(words),
        _text(state),
        _text(on),
        ended,
        "by__user__name",
        "by__role",
        "by__body__name",
    )


def _text(what: Any) -> Any:
    return Value("", output_field=TextField()) if what == "" else Cast(what, TextField())


@prepared
def _stays_in(*, home: int, at: datetime) -> QuerySet[Any, Any]:
    stays = living_stays().filter(home=home).annotate(room_now=_room("pk", at))
    return stays.values_list("resident_id", "resident__ref", "kind", "from_on", "room_now", named=True)


@prepared
def _claims_in(*, home: int, at: datetime) -> QuerySet[Any, Any]:
    """Who they are who live in a home, with whoever leaves between `at` and now: they may be on a list already."""
    stays = Stay.objects.filter(Q(ended_at=None) | Q(ended_at__gte=at), home=home, stands=True)
    return _claims().filter(resident__in=stays.values("resident"))


@prepared
def _claims_beside(*, resident: int, home: int | None) -> QuerySet[Any, Any]:
    """Everything about one person, and the names of everybody in the home, to mark the same or like ones (H1)."""
    names = _claims().filter(kind="name", resident__in=living_stays().filter(home=home).values("resident"))
    return _claims().filter(resident=resident).union(names, all=True)


def _claims() -> QuerySet[IdentityClaim, Any]:
    return (
        IdentityClaim.objects.filter(stands=True, ended_at=None)
        .order_by()
        .values_list(
            "resident_id",
            "kind",
            "from_on",
            "pk",
            "given",
            "family",
            "known_as",
            "born_on",
            "number",
            "absent_because",
            "status",
        )
    )


def _identities(claims: Iterable[tuple[Any, ...]]) -> dict[int, Identity]:
    """The newest claim of each kind wins; the order is that of the day stated, then of writing down."""
    found: dict[int, dict[str, Any]] = {}
    for claim in sorted(claims, key=lambda row: (row[2], row[3])):
        resident_id, kind, _, _, given, family, known_as, born_on, number, absent, status = claim
        facts = found.setdefault(resident_id, {})
        if kind == "name":
            facts |= {"given": given, "family": family, "known_as": known_as}
        elif kind == "birth_date":
            facts |= {"born_on": born_on}
        else:
            facts |= {
                "number": number,
                "number_absent_because": absent,
                "number_is_checked": status == "verified",
            }
    return {resident_id: Identity(**facts) for resident_id, facts in found.items()}


def _stay_facts(person: PersonInSight) -> dict[str, Any]:
    """Where the person lives, who covers it and who is medically responsible, in one statement."""
    on = london_date(person.as_of)
    for row in _stay(stay=person.stay_id or 0, at=person.as_of, on=on):
        return dict(row._asdict())
    resident = Resident.objects.filter(pk=person.resident_id)
    facts = resident.annotate(registration=_registration_of("pk", on)).values("registration").first()
    return dict(facts) if facts else {}


@prepared
def _stay(*, stay: int, at: datetime, on: date) -> QuerySet[Any, Any]:
    return (
        Stay.objects.filter(pk=stay)
        .annotate(
            room_now=_room("pk", at),
            registration=_registration_of("resident_id", on),
            lead_name=lead_of("home_id", at, "lead__user__name"),
            pcn_name=pcn_of("home_id", on, "pcn__body__name"),
        )
        .values_list(
            "home_id",
            "home__body__code",
            "home__body__name",
            "kind",
            "place",
            "basis",
            "planned_end_on",
            "ended_how",
            "ended_at",
            "room_now",
            "registration",
            "lead_name",
            "pcn_name",
            named=True,
        )
    )


def _room(stay: str, at: datetime) -> Subquery:
    starts = RoomStart.objects.filter(stay=OuterRef(stay), stands=True, from_at__lte=at)
    return Subquery(starts.order_by("-from_at").values(found=JSONObject(room="room", unit="unit"))[:1])


def _registration_of(resident: str, on: date) -> Subquery:
    starts = RegistrationStart.objects.filter(resident=OuterRef(resident), stands=True, from_on__lte=on)
    return Subquery(
        starts.order_by("-from_on").values(
            found=JSONObject(
                kind="kind",
                practice_id="practice_id",
                practice="practice__body__name",
                phone="practice__phone",
                gp_name="gp_name",
                until_on=Cast("until_on", CharField()),
                last_confirmed_on=Cast("last_confirmed_on", CharField()),
                source="source",
            )
        )[:1]
    )


def _registration(found: Mapping[str, Any] | None) -> rules.Registration | None:
    if not found:
        return None
    days = {
        name: date.fromisoformat(found[name]) if found[name] else None for name in ("until_on", "last_confirmed_on")
    }
    return rules.Registration(
        kind=found["kind"],
        practice_id=found["practice_id"],
        practice=found["practice"] or "",
        gp_name=found["gp_name"],
        phone=found["phone"] or "",
        source=found["source"],
        **days,
    )


def entries(resident_id: int) -> list[Any]:
    """Arrivals and departures of a person as branches of the timeline: `arrival` (until when), `departure` (how)."""
    return [
        entry_rows(
            Arrival.objects.filter(resident=resident_id, stands=True),
            kind="arrival",
            words="stay__home__body__name",
            state="kind",
            on="due_on",
        ),
        entry_rows(
            Departure.objects.filter(resident=resident_id, stands=True),
            kind="departure",
            words="stay__home__body__name",
            state="kind",
            on="left_on",
        ),
    ]
