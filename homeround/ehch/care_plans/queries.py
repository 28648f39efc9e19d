"""What can be read about the obligations of an arrival: those of a person, the open ones of a home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from homeround.accounts.rights import ROLE_WORDS, Kind, Role
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.care_plans import rules
from homeround.ehch.care_plans.access import may_mark_met
from homeround.ehch.care_plans.models import Met, met_of_arrival, newest_arrivals, with_stay_facts
from homeround.ehch.residents.access import PersonInSight, living_stays
from homeround.ehch.residents.models import Arrival
from homeround.ehch.residents.queries import Identity, entry_rows, identities, last_recorded
from homeround.ehch.residents.words import ArrivalKind
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Meeting:
    """How an obligation was met: who says so (and who wrote it down for them), when, and with whom."""

    met_on: date
    who: str
    written_by: str
    document: str
    took_part: str
    person_took_part: str
    late_because: str


@dataclass(frozen=True)
class Clock:
    """One obligation of an arrival. `working_days_left` counts the due date itself: 0 on that day, negative when
    overdue.

    Both due dates are shown: `due_on` is the rule's, `due_calendar_on` stands beside it; `reasoning` can be followed by
    hand. `provisional`: some bank holidays of the time are not published, so it may come later.
    """

    resident_id: int
    obligation: str
    words: str
    state: rules.State
    arrived_on: date
    arrival: str
    due_on: date
    due_calendar_on: date
    provisional: bool
    reasoning: str
    working_days_left: int
    met: Meeting | None
    may_mark_met: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return rules.is_open(self.state)


@dataclass(frozen=True)
class OpenClock:
    """An open obligation on a home's list, with the person it is about."""

    clock: Clock
    person_ref: str
    identity: Identity


def clocks_of(person: PersonInSight) -> list[Clock]:
    """The obligations of the stay in sight, those of the newest arrival first; one statement."""
    person.must_read(Kind.LIVING)
    on = london_date(person.at)
    return [
        _clock(row, obligation, on, offered=may_mark_met(person))
        for row in _arrivals_of(stay=person.stay_id)
        for obligation in rules.OBLIGATIONS
    ]


def clocks_in(home: HomeInSight) -> list[OpenClock]:
    """The open obligations of everybody who lives in a home, the first due first; two statements."""
    home.must_read(Kind.LIVING)
    rows = _arrivals_in(home=home.home_id)
    on = london_date(home.at)
    clocks = [(row, _clock(row, obligation, on)) for row in rows for obligation in rules.OBLIGATIONS]
    open_now = [(row, clock) for row, clock in clocks if clock.is_open]
    people = identities({row.resident_id for row, _ in open_now})
    notice_list(home.viewer, place_id=home.home_id, subject_ids=sorted(people), ground=home.ground.name)
    found = [OpenClock(clock, row.resident.ref, people.get(row.resident_id, Identity())) for row, clock in open_now]
    return sorted(found, key=lambda one: (one.clock.due_on, one.identity.family, one.person_ref))


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """What was written about obligations as a sign: `recorded`. Open ones wait: `care_plans.waits`."""
    return [last_recorded(Met.objects.filter(stands=True, arrival__stay__home__in=homes, recorded_at__lte=at))]


def entries(resident_id: int) -> list[Any]:
    """What was met, as a branch of the timeline: `met`; the state says which obligation, the day when."""
    met = Met.objects.filter(resident=resident_id, stands=True)
    return [entry_rows(met, kind="met", words="document", state="obligation", on="met_on")]


@prepared
def _arrivals_in(*, home: int) -> QuerySet[Any]:
    """The newest arrivals of everybody who lives in a home, each with its person."""
    living = living_stays().filter(home=home).values("pk")
    rows: QuerySet[Any] = _with_meetings(newest_arrivals().filter(stay__in=living)).select_related("resident")
    return rows


@prepared
def _arrivals_of(*, stay: int | None) -> QuerySet[Any, Any]:
    """The arrivals of a stay with all that `_clock` reads, the newest first."""
    arrivals = _with_meetings(with_stay_facts(Arrival.objects.filter(stay=stay, stands=True)))
    rows: QuerySet[Any, Any] = arrivals.order_by("-arrived_on", "-pk").values_list(
        "resident_id",
        "kind",
        "arrived_on",
        "due_on",
        "due_calendar_on",
        "provisional",
        "reasoning",
        "left_on",
        "again_on",
        *(f"met_{obligation}" for obligation in rules.OBLIGATIONS),
        named=True,
    )
    return rows


def _with_meetings(arrivals: QuerySet[Any]) -> Any:
    """Arrivals with how each obligation was met, as `met_assessment` and `met_plan`, in the same statement."""
    return arrivals.annotate(**{f"met_{obligation}": _meeting(obligation) for obligation in rules.OBLIGATIONS})


def _meeting(obligation: str) -> Subquery:
    met = met_of_arrival(obligation)
    found = JSONObject(
        met_on=Cast("met_on", CharField()),
        document="document",
        took_part="took_part",
        person_took_part="person_took_part",
        late_because="late_because",
        by_name="by__user__name",
        by_role="by__role",
        by_body="by__body__name",
        for_name="for_whom__user__name",
        for_role="for_whom__role",
        for_body="for_whom__body__name",
    )
    return Subquery(met.values(found=found)[:1])


def _clock(row: Any, obligation: str, on: date, *, offered: bool = False) -> Clock:
    found: Mapping[str, Any] | None = getattr(row, f"met_{obligation}")
    met = _met(found) if found else None
    facts = rules.ClockFacts(row.due_on, met.met_on if met else None, row.left_on, row.again_on)
    state = rules.state_of(facts, on)
    could_be_completed = met is None and row.again_on is None
    return Clock(
        resident_id=row.resident_id,
        obligation=obligation,
        words=rules.OBLIGATIONS[obligation],
        state=state,
        arrived_on=row.arrived_on,
        arrival=ArrivalKind(row.kind).label,
        due_on=row.due_on,
        due_calendar_on=row.due_calendar_on,
        provisional=row.provisional,
        reasoning=row.reasoning,
        working_days_left=rules.working_days_left(row.due_on, on, bank_holidays.ENGLAND),
        met=met,
        may_mark_met=offered and could_be_completed,
    )


def _met(found: Mapping[str, Any]) -> Meeting:
    wrote, answers = _member(found, "by"), _member(found, "for")
    return Meeting(
        met_on=date.fromisoformat(found["met_on"]),
        who=answers or wrote,
        written_by=wrote if answers else "",
        document=found["document"],
        took_part=found["took_part"],
        person_took_part=found["person_took_part"],
        late_because=found["late_because"],
    )


def _member(found: Mapping[str, Any], which: str) -> str:
    if not found[f"{which}_name"]:
        return ""
    return f"{found[f'{which}_name']}, {ROLE_WORDS[Role(found[f'{which}_role'])]}, {found[f'{which}_body']}"
