"""Where something stands, in words and a tone: what is late or in dispute stands out, also in grey print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from homeround.ehch.care_plans.queries import Clock
from homeround.ehch.care_plans.words import STATE_WORDS
from homeround.ehch.care_plans.words import State as ClockState
from homeround.ehch.decisions.words import ASK_STATES, AskState
from homeround.kernel.calendar.times import shown_date
from homeround.web.jinja import plural
from homeround.web.presenters.concerns import concern_status
from homeround.web.presenters.status import Status

__all__ = ["Status", "ask_status", "clock_status", "concern_status", "due_status", "late_words"]

ASK_TONES: Final[Mapping[AskState, str]] = {
    AskState.AWAITED: "wait",
    AskState.LATE: "late",
    AskState.NOBODY: "late",
    AskState.QUERIED: "wait",
    AskState.READ: "good",
    AskState.IN_DISPUTE: "bad",
    AskState.SETTLED: "plain",
    AskState.WITHDRAWN: "plain",
}
CLOCK_TONES: Final[Mapping[ClockState, str]] = {
    ClockState.OPEN: "wait",
    ClockState.OVERDUE: "late",
    ClockState.DONE: "good",
    ClockState.DONE_LATE: "plain",
    ClockState.OPEN_WHEN_THEY_LEFT: "plain",
    ClockState.OPEN_WHEN_THEY_DIED: "plain",
    ClockState.OVERDUE_WHEN_THEY_LEFT: "plain",
    ClockState.OVERDUE_WHEN_THEY_DIED: "plain",
    ClockState.RESTARTED: "plain",
}


def ask_status(state: AskState) -> Status:
    """Where a decision stands with the registered GP."""
    words = ASK_STATES[state]
    return Status(words[:1].upper() + words[1:], ASK_TONES[state])


def clock_status(clock: Clock) -> Status:
    """An obligation: how many working days are left, or how long it has been late."""
    left = clock.working_days_left
    if clock.state is ClockState.OPEN:
        words = "Due today" if left == 0 else f"{plural(left, 'working day')} left"
        return Status(words, "late" if left <= 1 else "wait")
    if clock.state is ClockState.OVERDUE:
        return Status(f"Overdue since {shown_date(clock.due_on)}", "late")
    if clock.done is not None:
        return Status(f"Done {shown_date(clock.done.done_on)}{late_words(clock)}", CLOCK_TONES[clock.state])
    words = STATE_WORDS[clock.state]
    return Status(words[:1].upper() + words[1:], CLOCK_TONES[clock.state])


def late_words(clock: Clock) -> str:
    """Says that it was done late."""
    return ", late" if clock.state is ClockState.DONE_LATE else ""


COULD_NOT: Final = Status("Could not be done: waits for those who asked", "late")
"""A follow-up that nobody could do, until those who asked go on with it."""


def due_status(due_on: date, today: date, *, is_done: bool = False) -> Status:
    """By when a follow-up is to be done."""
    if is_done:
        return Status("Done", "good")
    if due_on < today:
        return Status(f"Late, was due {shown_date(due_on)}", "late")
    if due_on == today:
        return Status("Due today", "late")
    return Status(f"Due {shown_date(due_on)}", "wait")
