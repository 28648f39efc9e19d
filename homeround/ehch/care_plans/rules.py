"""What is true of the two obligations of an arrival: when each is due, whether it was done, late, or ended with the
stay.

Serves REQ-67 and REQ-69; control of hazard H8. The due date itself is counted in `residents.rules`. Pure: dates come
in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from homeround.ehch.care_plans.words import OPEN, State
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.calendar.working_days import Calendar, working_days_until
from homeround.kernel.record.words import problems_in, what_is_wrong


@dataclass(frozen=True)
class ClockFacts:
    """What has happened to an obligation of an arrival. `left_on` is the day the stay ended and `left_how` a kind of
    departure; `again_on` is the day of a later arrival of the same stay (back from hospital), which starts the clock
    anew.
    """

    due_on: date
    done_on: date | None
    left_on: date | None
    again_on: date | None = None
    left_how: str = ""


def state_of(clock: ClockFacts, on: date) -> State:
    """Its state on a day. Due by the end of the due date; a stay that ended before is not late (REQ-67)."""
    if clock.done_on is not None:
        return State.DONE_LATE if is_late(clock.done_on, clock.due_on) else State.DONE
    if clock.left_on is not None:
        return _state_when_it_ended(clock, was_overdue=clock.left_on > clock.due_on)
    if clock.again_on is not None:
        return State.RESTARTED
    return State.OVERDUE if on > clock.due_on else State.OPEN


def is_open(state: State) -> bool:
    """Whether it still has to be done."""
    return state in OPEN


def _state_when_it_ended(clock: ClockFacts, *, was_overdue: bool) -> State:
    if clock.left_how == "died":
        return State.OVERDUE_WHEN_THEY_DIED if was_overdue else State.OPEN_WHEN_THEY_DIED
    return State.OVERDUE_WHEN_THEY_LEFT if was_overdue else State.OPEN_WHEN_THEY_LEFT


def is_late(done_on: date, due_on: date) -> bool:
    """Whether something met on a day came after its due date."""
    return done_on > due_on


def working_days_left(due_on: date, on: date, calendar: Calendar) -> int:
    """Working days until the due date, that day included; 0 on the day itself, negative afterwards."""
    return working_days_until(on, due_on, calendar)


def problems_of_day(done_on: date, arrived_on: date, left_on: date | None, today: date) -> dict[str, str]:
    """What stands against something being met on a day."""
    if done_on > today:
        return {"done_on": f"{shown_date(done_on)} has not come yet. Enter the day it was done."}
    if done_on < arrived_on:
        return {"done_on": f"They arrived on {shown_date(arrived_on)}: enter that day or a later one."}
    if left_on is not None and done_on > left_on:
        return {"done_on": f"Their stay ended on {shown_date(left_on)}: enter that day or an earlier one."}
    return {}


def problems_of_completion(document: str, took_part: str, person_took_part: str, late_because: str) -> dict[str, str]:
    """What stands against the words; how the person took part, or why not, is always needed (REQ-69)."""
    how = "Say how they took part in it, or why they did not."
    return problems_in(
        document=what_is_wrong(document, most=200, needed="Say where the document is kept."),
        took_part=what_is_wrong(took_part, most=300, needed="Say who of the team took part."),
        person_took_part=what_is_wrong(person_took_part, most=300, needed=how),
        late_because=what_is_wrong(late_because, most=300),
    )


def problem_of_lateness(done_on: date, due_on: date, provisional: bool, late_because: str) -> dict[str, str]:  # noqa: FBT001 - a fact of the date
    """What came after its due date needs the reason. A provisional date may turn out later: the words say so."""
    if not is_late(done_on, due_on) or late_because.strip():
        return {}
    perhaps = " That date is provisional: if it only looks late, say so." if provisional else ""
    return {"late_because": f"It was due on {shown_date(due_on)}: say why it came later.{perhaps}"}


def problems_of_undoing(because: str) -> dict[str, str]:
    """What stands against saying that it is not done after all."""
    needed = "Say why it is not done after all."
    return problems_in(because=what_is_wrong(because, most=300, needed=needed))
