"""By when a person who moved in, or came back from hospital, has been assessed and has a plan.

The wording changed from days to working days, so the rule sets are dated data and both due dates are always shown.
Serves REQ-67 and REQ-68; control of hazard H8. Pure: dates come in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from homeround.kernel.calendar.times import shown_date
from homeround.kernel.calendar.working_days import Calendar, Count, count_after
from homeround.kernel.reviewed import Evidence, Reviewed, register


@dataclass(frozen=True)
class RuleSet:
    """By when after an arrival the assessment and the plan are due, counted in one of two ways, and who says so."""

    code: str
    words: str
    working_days: int | None
    calendar_days: int | None
    from_on: date
    source: str
    evidence: Evidence


@dataclass(frozen=True)
class DueDates:
    """Both due dates of an arrival, each by the end of that day; `due_on` is the one that the rule set asks for.

    `provisional` is about the working days: some bank holidays of the period are not known; it may come later.
    """

    due_working_on: date
    due_calendar_on: date
    provisional: bool
    rule_set: str
    due_on: date
    reasoning: str


WITHIN_CALENDAR_DAYS: Final = 7
WITHIN_WORKING_DAYS: Final = 7

RULE_SETS: Final = (
    RuleSet(
        code="7-days-2020",
        words="within 7 days of admission or re-admission",
        working_days=None,
        calendar_days=WITHIN_CALENDAR_DAYS,
        from_on=date(2020, 10, 1),
        source="guide to EHCH for care home managers, March 2021, on the Network Contract DES 2020/21",
        evidence="V",
    ),
    RuleSet(
        code="7-working-days-2023",
        words="within 7 working days of admission or re-admission",
        working_days=WITHIN_WORKING_DAYS,
        calendar_days=None,
        from_on=date(2023, 4, 1),
        source="NHS England's EHCH page, on the Network Contract DES 2023/24",
        evidence="V",
    ),
)
"""In order of their first day. That day 0 is the day of arrival is our reading of both."""

REVIEWED: Final = register(
    "due dates after an arrival",
    Reviewed(
        source="; ".join(rules.source for rules in RULE_SETS),
        licence="facts only; no text of the sources is shipped",
        mode="shipped",
        evidence="V",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 4, 30),
    ),
)


def rule_set_on(day: date) -> RuleSet:
    """The rules for an arrival on that day: the last set that had begun, or the first for a day before any."""
    begun = [rules for rules in RULE_SETS if rules.from_on <= day]
    return begun[-1] if begun else RULE_SETS[0]


def due_dates(arrived_on: date, calendar: Calendar) -> DueDates:
    """When assessment and plan of somebody who arrived on that day (day 0) are due, and how that was counted."""
    rules = rule_set_on(arrived_on)
    count = count_after(arrived_on, days=rules.working_days or WITHIN_WORKING_DAYS, calendar=calendar)
    calendar_days = rules.calendar_days or WITHIN_CALENDAR_DAYS
    due_working_on = count.counted[-1]
    due_calendar_on = arrived_on + timedelta(days=calendar_days)
    return DueDates(
        due_working_on=due_working_on,
        due_calendar_on=due_calendar_on,
        provisional=count.provisional,
        rule_set=rules.code,
        due_on=due_working_on if rules.working_days else due_calendar_on,
        reasoning=" ".join(
            [
                f"Day 0 is the day of arrival, {shown_date(arrived_on)}.",
                *_working_day_sentences(count, calendar),
                f"In calendar days, day {calendar_days} is {shown_date(due_calendar_on)}.",
                f"The rule for this arrival is: {rules.words}.",
            ]
        ),
    )


def _working_day_sentences(count: Count, calendar: Calendar) -> list[str]:
    first, last = shown_date(count.counted[0]), shown_date(count.counted[-1])
    sentences = [f"Working day 1 is {first} and working day {len(count.counted)} is {last}."]
    if count.weekend:
        sentences.append(f"Not counted as weekend: {', '.join(map(shown_date, count.weekend))}.")
    if count.holidays:
        named = (f"{shown_date(on)} ({calendar.name_of(on)})" for on in count.holidays)
        sentences.append(f"Not counted as bank holiday: {', '.join(named)}.")
    if count.provisional:
        sentences.append(
            f"Provisional: bank holidays are known only from {shown_date(calendar.begins_on)} "
            f"to {shown_date(calendar.horizon)}, so this may come later."
        )
    return sentences
