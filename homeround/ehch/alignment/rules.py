"""What is true of cover: why somebody may see a home, who may lead, and when somebody is next at work.

Pure: instants come in. Serves REQ-01, 16, 17; control of hazard H3.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from homeround.ehch.alignment.words import WEEKDAYS
from homeround.kernel.calendar.times import Which, end_of_day, from_london, london_date, shown_date
from homeround.kernel.calendar.working_days import Calendar
from homeround.kernel.record.words import problems_in, what_is_wrong
from homeround.kernel.refusals import Invalid
from homeround.kernel.reviewed import Reviewed, register

LOOK_AHEAD: Final = timedelta(days=21)
"""How far ahead the next hour at work is looked for: longer than any run of bank holidays and weekends."""

FIRST_DAY: Final = date(2016, 1, 1)
"""No alignment, lead or hours began before: enhanced health in care homes was first tried in these years."""

FURTHEST_AHEAD: Final = timedelta(days=731)
"""A start further ahead is taken for a wrong year."""

GENERAL_PRACTITIONER: Final = frozenset({"gp", "general practitioner"})
"""Professions that may lead without an exception (REQ-17), as a membership writes them."""

REVIEWED: Final = register(
    "who may lead, and who to call when nothing is recorded",
    Reviewed(
        source="lead by exception no GP: NHS England on the Network Contract DES; the rest is our choice",
        licence="facts only; no text of the sources is shipped",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 11, 30),
    ),
)

MIDNIGHT: Final = time(0)
AFTER_THE_LOST_HOUR: Final = time(2)
"""What the clock shows next in the night in March when 01:00 to 02:00 does not exist."""

_STRETCH: Final = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:to|until|-|–)\s*(\d{1,2})[:.](\d{2})")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()]{1,28}[0-9]")


@dataclass(frozen=True)
class Shift:
    """A stretch of a week: weekday 0 (Monday) to 6, London times, ending the same day, at midnight at the latest."""

    weekday: int
    begins: time
    ends: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("A weekday is 0 (Monday) to 6 (Sunday).")
        if self.ends != MIDNIGHT and self.ends <= self.begins:
            raise ValueError("A shift ends later on the day it begins.")

    def overlaps(self, other: Shift) -> bool:
        """Whether both cover some minute of the same weekday."""
        first, second = sorted((self, other), key=lambda shift: shift.begins)
        return self.weekday == other.weekday and (first.ends == MIDNIGHT or second.begins < first.ends)


@dataclass(frozen=True)
class Hours:
    """When somebody is at work, and who to call in those hours and outside them."""

    shifts: tuple[Shift, ...]
    works_bank_holidays: bool
    phone: str
    otherwise: str
    otherwise_phone: str


@dataclass(frozen=True)
class Contact:
    """Who to call, and on which number."""

    who: str
    phone: str


LAST_RESORT: Final = Contact("NHS 111", "111")
"""Who to call when no number is recorded: always open. Somebody in danger now: 999, which pages always say."""


@dataclass(frozen=True)
class Readers:
    """Who reads what a home writes, when they are next at work, and who to call at this hour.

    `next_at` is now when `is_now`, and None when nobody is at work within three weeks, or nobody reads (`why_nobody`).
    `at_home` is the home's own nurse or manager at this hour, None where the home has said no numbers.
    """

    who: str
    next_at: datetime | None
    is_now: bool
    call: Contact
    why_nobody: str = ""
    at_home: Contact | None = None


CORE_HOURS: Final = tuple(Shift(weekday, time(8), time(18, 30)) for weekday in range(5))
"""When a GP practice is open that has said no hours: Monday to Friday, 08:00 to 18:30, no bank holidays."""

CORE_HOURS_REVIEWED: Final = register(
    "core hours of GP practices",
    Reviewed(
        source="NHS (General Medical Services Contracts) Regulations 2015, regulation 3: core hours",
        licence="facts only; no text of the source is shipped",
        mode="shipped",
        evidence="K",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 26),
        next_review_on=date(2027, 11, 30),
    ),
)


def practice_at(name: str, phone: str, hours: Hours | None, at: datetime, calendar: Calendar) -> Contact | None:
    """A practice's number while it is open, by its own hours or the core hours; None when it is closed or has none."""
    kept = hours or Hours(CORE_HOURS, works_bank_holidays=False, phone=phone, otherwise="", otherwise_phone="")
    return Contact(name, kept.phone) if kept.phone and is_at_work(kept, at, calendar) else None


def shifts_of(week: Sequence[Sequence[object]]) -> tuple[Shift, ...]:
    """The shifts of rows `[weekday, "HH:MM", "HH:MM"]`; "24:00" ends a day. Raises ValueError for any other row."""
    return tuple(
        Shift(int(str(weekday)), time.fromisoformat(str(begins)), _end(str(ends))) for weekday, begins, ends in week
    )


def is_at_work(hours: Hours, at: datetime, calendar: Calendar) -> bool:
    """Whether somebody is at work at that instant."""
    return any(begins <= at < ends for begins, ends in _stretches(hours, at, calendar, timedelta(0)))


def next_at_work(hours: Hours, at: datetime, calendar: Calendar) -> datetime | None:
    """When somebody is next at work: `at` itself when they are now, None when nobody is within three weeks."""
    for begins, ends in _stretches(hours, at, calendar, LOOK_AHEAD):
        if ends > at:
            return max(begins, at)
    return None


def who_to_call(hours: Hours, who: str, at: datetime, calendar: Calendar) -> Contact:
    """Who to call at that instant: `who` while they are at work, else the number for other hours."""
    if is_at_work(hours, at, calendar):
        return Contact(who, hours.phone)
    return Contact(hours.otherwise, hours.otherwise_phone)


def readers_at(
    who: str, hours: Hours | None, at: datetime, calendar: Calendar, *, why_nobody: str = "", phone: str = ""
) -> Readers:
    """Who reads at that instant, from their hours. Without hours `phone` is rung, else the last resort (H3)."""
    if hours is None:
        call = Contact(who, phone) if phone else LAST_RESORT
        return Readers(who, None, is_now=False, call=call, why_nobody=why_nobody or f"no hours recorded for {who}")
    call = who_to_call(hours, who, at, calendar)
    if why_nobody:
        return Readers(who, None, is_now=False, call=call, why_nobody=why_nobody)
    next_at = next_at_work(hours, at, calendar)
    why_nobody = "" if next_at else f"nobody is at work within {LOOK_AHEAD.days} days"
    return Readers(who, next_at, is_now=next_at == at, call=call, why_nobody=why_nobody)


def is_gp(profession: str) -> bool:
    """Whether a profession, as a membership writes it, is that of a GP."""
    return profession.strip().casefold() in GENERAL_PRACTITIONER


def problems_of_lead(profession: str | None, exception_because: str, skills_evidence: str) -> dict[str, str]:
    """What stands against naming a lead: one who is no GP needs the exception and what shows the skills (REQ-17).

    Without a profession nobody is named.
    """
    by_exception = profession is not None and not is_gp(profession)
    why = "This lead is no GP: say why an exception is made."
    skills = "This lead is no GP: say what shows their skills and experience."
    return problems_in(
        exception_because=what_is_wrong(exception_because, most=400, needed=why if by_exception else ""),
        skills_evidence=what_is_wrong(skills_evidence, most=400, needed=skills if by_exception else ""),
    )


def problem_of_start(from_on: date, written: Collection[date], today: date) -> str:
    """Why a start on that day cannot be added to those `written` down, or nothing. What has begun is not rewritten."""
    begun = [day for day in written if day <= today]
    if from_on < FIRST_DAY or from_on > today + FURTHEST_AHEAD:
        return f"{shown_date(from_on)} cannot be right. Check the year."
    if from_on in written:
        return already_begins(from_on)
    if begun and from_on < max(begun):
        return (
            f"What holds now began on {shown_date(max(begun))}. Choose a later day; a mistake in the past is corrected."
        )
    return ""


def round_is_open(opened: str, *, day_can_be_chosen: bool = True) -> str:
    """The sentence for whoever changes which PCN serves a home while a round is open there (C19). What was entered in
    error is taken back for good, without a day.
    """
    wait = "Choose a later day" if day_can_be_chosen else "Wait until it is closed"
    return f"{opened}. {wait}, or say that it is finished today by the clinician who leads it."


def already_begins(from_on: date) -> str:
    """The sentence for a second start on one day."""
    return f"Something else already begins on {shown_date(from_on)}. Choose another day, or have that entry corrected."


def problems_of_hours(
    week: Sequence[Sequence[object]], phone: str, otherwise: str, otherwise_phone: str
) -> dict[str, str]:
    """What stands against keeping hours, field by field."""
    outside = "Say who to call outside these hours."
    return problems_in(
        week=_problem_of_week(week),
        phone=_problem_of_phone(phone),
        otherwise=what_is_wrong(otherwise, most=120, needed=outside),
        otherwise_phone=_problem_of_phone(otherwise_phone),
    )


def week_of(days: Mapping[str, str]) -> tuple[list[list[object]], dict[str, str]]:
    """The week as it is kept, of what was typed for each day by its name (`09:00 to 17:00, 18:00 to 20:00`; nothing:
    nobody is at work), and what is wrong by day.
    """
    week: list[list[object]] = []
    problems: dict[str, str] = {}
    for number, name in enumerate(WEEKDAYS):
        typed = days.get(name.lower(), "").strip()
        for stretch in filter(None, (part.strip() for part in typed.split(","))):
            times = _STRETCH.fullmatch(stretch)
            if times is None:
                problems[name.lower()] = f"Write {name} as 09:00 to 17:00, with a comma between two stretches."
                break
            week.append([number, *(f"{int(times[hour]):02}:{times[minute]}" for hour, minute in ((1, 2), (3, 4)))])
    return week, problems


def day_in_words(week: Sequence[Sequence[object]], weekday: int) -> str:
    """One day of a week that is kept, as it is typed."""
    return ", ".join(f"{begins} to {ends}" for day, begins, ends in week if day == weekday)


def _end(text: str) -> time:
    return MIDNIGHT if text == "24:00" else time.fromisoformat(text)


def _problem_of_week(week: Sequence[Sequence[object]]) -> str:
    shifts: list[Shift] = []
    for number, row in enumerate(week, 1):
        try:
            (shift,) = shifts_of([row])
        except (TypeError, ValueError):
            return f"Line {number} is no stretch of work: give a weekday, and two times, the later one second."
        if any(shift.overlaps(other) for other in shifts):
            return f"Line {number} overlaps another one on {WEEKDAYS[shift.weekday]}."
        shifts.append(shift)
    return ""


def _problem_of_phone(phone: str) -> str:
    return (
        "" if _PHONE.fullmatch(phone.strip()) else "Enter a telephone number: digits and blanks, such as 01632 960 001."
    )


def _stretches(hours: Hours, at: datetime, calendar: Calendar, ahead: timedelta) -> list[tuple[datetime, datetime]]:
    """Stretches at work from the day of `at`, in order. Past the calendar's horizon weekdays count as ordinary days."""
    first = london_date(at)
    days = (first + timedelta(days=n) for n in range(ahead.days + 1))
    return sorted(
        (_instant(day, shift.begins, "first"), _end_of(day, shift))
        for day in days
        if hours.works_bank_holidays or day not in calendar.holidays
        for shift in hours.shifts
        if shift.weekday == day.weekday()
    )


def _end_of(day: date, shift: Shift) -> datetime:
    return end_of_day(day) if shift.ends == MIDNIGHT else _instant(day, shift.ends, "second")


def _instant(day: date, clock: time, which: Which) -> datetime:
    """When London's clocks show a time of a rota; a time that does not exist that night is when it is over."""
    try:
        return from_london(day, clock, which)
    except Invalid:
        return from_london(day, AFTER_THE_LOST_HOUR)
