"""What can be read about the obligations of an arrival: those of a person, the open ones of a home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import CharField, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from homeround.accounts.author import Author, author_columns, author_in
from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.care_plans import rules
from homeround.ehch.care_plans.access import may_mark_done
from homeround.ehch.care_plans.models import (
    Completion,
    done_of_arrival,
    newest_arrivals,
    of_standing_clock,
    with_stay_facts,
)
from homeround.ehch.care_plans.words import OBLIGATIONS, State
from homeround.ehch.residents.access import PersonInSight, living_stays
from homeround.ehch.residents.models import Arrival, Correction
from homeround.ehch.residents.queries import Identity, entry_rows, identities, last_recorded, with_taken_back
from homeround.ehch.residents.words import ArrivalKind
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared

COMPLETIONS: Final = "care_plans_completion"
"""The table that a correction of a completion names."""


@dataclass(frozen=True)
class Completed:
    """How an obligation was done: who says so (and who wrote it down for them), when, and with whom."""

    done_on: date
    author: Author
    typed_by: Author | None
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
    state: State
    arrived_on: date
    arrival: str
    due_on: date
    due_calendar_on: date
    provisional: bool
    reasoning: str
    working_days_left: int
    done: Completed | None
    may_mark_done: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return rules.is_open(self.state)

    @property
    def is_over(self) -> bool:
        """Whether the stay ended before it was done: nobody is asked for it any more."""
        return self.done is None and not self.is_open and self.state is not State.RESTARTED


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
        _clock(row, obligation, on, offered=may_mark_done(person))
        for row in _arrivals_of(stay=person.stay_id)
        for obligation in OBLIGATIONS
    ]


def clocks_in(home: HomeInSight) -> list[OpenClock]:
    """The open obligations of everybody who lives in a home, the first due first; two statements."""
    home.must_read(Kind.LIVING)
    rows = _arrivals_in(home=home.home_id)
    on = london_date(home.at)
    clocks = [(row, _clock(row, obligation, on)) for row in rows for obligation in OBLIGATIONS]
    open_now = [(row, clock) for row, clock in clocks if clock.is_open]
    people = identities({row.resident_id for row, _ in open_now})
    notice_list(home.viewer, place_id=home.home_id, subject_ids=sorted(people), ground=home.ground.name)
    found = [OpenClock(clock, row.resident.ref, people.get(row.resident_id, Identity())) for row, clock in open_now]
    return sorted(found, key=lambda line: (line.clock.due_on, line.identity.family, line.person_ref))


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """What was written about obligations as a sign: `recorded`, while the clock stands that it ended. Open ones wait:
    `care_plans.waits`.
    """
    done = Completion.objects.filter(of_standing_clock(), arrival__stay__home__in=homes, recorded_at__lte=at)
    return [last_recorded(done)]


def entries(resident_id: int) -> list[Any]:
    """What was done, as branches of the timeline: `obligation_done` (state: which obligation, on: the day), and
    `obligation_undone` for what was taken back, with why.
    """
    done = with_taken_back(Completion, resident_id)
    undone = Correction.objects.filter(resident=resident_id, table=COMPLETIONS)
    return [
        entry_rows(done, kind="obligation_done", words="document", state="obligation", on="done_on"),
        entry_rows(undone, kind="obligation_undone", words="because"),
    ]


@prepared
def _arrivals_in(*, home: int) -> QuerySet[Any]:
    """The newest arrivals of everybody who lives in a home, each with its person."""
    living = living_stays().filter(home=home).values("pk")
    rows: QuerySet[Any] = _with_completions(newest_arrivals().filter(stay__in=living)).select_related("resident")
    return rows


@prepared
def _arrivals_of(*, stay: int | None) -> QuerySet[Any, Any]:
    """The arrivals of a stay with all that `_clock` reads, the newest first."""
    arrivals = _with_completions(with_stay_facts(Arrival.objects.filter(stay=stay)))
    rows: QuerySet[Any, Any] = arrivals.order_by("-arrived_on", "-pk").values_list(
        "resident_id",
        "kind",
        "arrived_on",
        "due_on",
        "due_calendar_on",
        "provisional",
        "reasoning",
        "left_on",
        "left_how",
        "again_on",
        *(f"done_{obligation}" for obligation in OBLIGATIONS),
        named=True,
    )
    return rows


def _with_completions(arrivals: QuerySet[Any]) -> Any:
    """Arrivals with how each obligation was done, as `done_assessment` and `done_plan`, in the same statement."""
    return arrivals.annotate(**{f"done_{obligation}": _completion(obligation) for obligation in OBLIGATIONS})


def _completion(obligation: str) -> Subquery:
    done = done_of_arrival(obligation)
    found = JSONObject(
        done_on=Cast("done_on", CharField()),
        document="document",
        took_part="took_part",
        person_took_part="person_took_part",
        late_because="late_because",
        **author_columns("by"),
        **{f"for_{name}": column for name, column in author_columns("for_whom").items()},
    )
    return Subquery(done.values(found=found)[:1])


def _clock(row: Any, obligation: str, on: date, *, offered: bool = False) -> Clock:
    found: Mapping[str, Any] | None = getattr(row, f"done_{obligation}")
    done = _completed(found) if found else None
    facts = rules.ClockFacts(row.due_on, done.done_on if done else None, row.left_on, row.again_on, row.left_how or "")
    state = rules.state_of(facts, on)
    is_offered = offered and rules.is_open(state)
    return Clock(
        resident_id=row.resident_id,
        obligation=obligation,
        words=OBLIGATIONS[obligation],
        state=state,
        arrived_on=row.arrived_on,
        arrival=ArrivalKind(row.kind).label,
        due_on=row.due_on,
        due_calendar_on=row.due_calendar_on,
        provisional=row.provisional,
        reasoning=row.reasoning,
        working_days_left=rules.working_days_left(row.due_on, on, bank_holidays.ENGLAND),
        done=done,
        may_mark_done=is_offered,
    )


def _completed(found: Mapping[str, Any]) -> Completed:
    wrote = author_in(found)
    answers = {name.removeprefix("for_"): value for name, value in found.items() if name.startswith("for_")}
    is_typed = bool(answers["membership_id"])
    return Completed(
        done_on=date.fromisoformat(found["done_on"]),
        author=author_in(answers) if is_typed else wrote,
        typed_by=wrote if is_typed else None,
        document=found["document"],
        took_part=found["took_part"],
        person_took_part=found["person_took_part"],
        late_because=found["late_because"],
    )
