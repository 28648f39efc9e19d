"""Which days a form may say about a person: what cannot be is refused, what is unlikely is asked. One rule for all.

A person is born, arrives, lives somewhere, is registered and leaves, in an order that no form can turn round.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from homeround.kernel.calendar.times import shown_date
from homeround.kernel.reviewed import Reviewed, register

OLDEST_YEARS: Final = 120
ADULT_YEARS: Final = 18
MONTH: Final = timedelta(days=30)
YEAR: Final = timedelta(days=366)


IF_RIGHT: Final = "If that is right, tick “I am sure”. If not, correct it above."


@dataclass(frozen=True)
class Limits:
    """What one kind of day may be. `asked_back`, `asked_ahead`: how far from today it is kept only from somebody who
    says they are sure; None: however far.
    """

    past: bool
    future: bool
    if_future: str = ""
    if_past: str = ""
    asked_back: timedelta | None = None
    asked_ahead: timedelta | None = None


DAYS: Final[dict[str, Limits]] = {
    "arrived": Limits(
        past=True,
        future=False,
        if_future="This day has not come yet. Enter the day they arrived, or record them as expected.",
        asked_back=MONTH,
    ),
    "expected": Limits(
        past=False,
        future=True,
        if_past="This day has passed. Enter the day they are expected, or say that they moved in.",
        asked_ahead=YEAR,
    ),
    "living since": Limits(
        past=True,
        future=False,
        if_future="This day has not come yet. Enter since when they live here, or record them as expected.",
    ),
    "left": Limits(
        past=True, future=False, if_future="This day has not come yet. Enter the day it ended.", asked_back=MONTH
    ),
    "went to hospital": Limits(
        past=True, future=False, if_future="This day has not come yet. Enter the day they went.", asked_back=MONTH
    ),
    "back": Limits(
        past=True, future=False, if_future="This day has not come yet. Enter the day they came back.", asked_back=MONTH
    ),
    "planned end": Limits(
        past=False,
        future=True,
        if_past="This day has passed. Enter the day the stay is planned to end, or leave it empty.",
        asked_ahead=YEAR,
    ),
    "registered from": Limits(
        past=True,
        future=False,
        if_future="This day has not come yet. Enter from which day they are registered there.",
        asked_back=YEAR,
    ),
    "registered until": Limits(
        past=False,
        future=True,
        if_past="Enter the last day of the temporary registration, today or later.",
        asked_ahead=YEAR,
    ),
    "confirmed": Limits(
        past=True,
        future=False,
        if_future="This day has not come yet. Enter when it was last confirmed.",
        asked_back=YEAR,
    ),
    "seen": Limits(past=True, future=False, if_future="This day has not come yet."),
}
"""The kinds of day that forms about people ask for."""

DAYS_REVIEWED: Final = register(
    "days that are refused or asked about",
    Reviewed(
        source="our own choice: a month back, a year ahead, 18 and 120 years old",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 26),
        next_review_on=date(2027, 11, 30),
    ),
)


@dataclass(frozen=True)
class Day:
    """A day as a form gives it: the field, the kind (a key of `DAYS`), the day, and between which days it must be."""

    field: str
    kind: str
    on: date | None
    not_before: date | None = None
    if_before: str = ""
    not_after: date | None = None
    if_after: str = ""


def age_on(born_on: date, on: date) -> int:
    """Whole years on a day; somebody born on 29 February has a birthday on 1 March of other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def problems_of_days(
    days: Iterable[Day], *, today: date, born_on: date | None = None, sure: bool = False
) -> dict[str, str]:
    """What stands against these days, field by field; what is only unlikely comes as `sure`, once nothing is refused.

    No day of a person comes before their birth. Empty days are the form's to ask for.
    """
    given = [day for day in days if day.on is not None]
    refused = {day.field: words for day in given if (words := _refused(day, today, born_on))}
    if refused or sure:
        return refused
    return asked(words for day in given if (words := _asked(day, today)))


def problems_of_birth(born_on: date, *, today: date) -> dict[str, str]:
    """What stands against a date of birth: the future, and more than 120 years ago."""
    if born_on > today:
        return {"born_on": "This date of birth is in the future. Check the year."}
    if born_on.year < today.year - OLDEST_YEARS:
        return {"born_on": f"This date of birth is more than {OLDEST_YEARS} years ago. Check the year."}
    return {}


def unlikely_birth(born_on: date, *, today: date) -> str:
    """The question about somebody under 18; nothing for an adult."""
    if born_on <= today and age_on(born_on, today) < ADULT_YEARS:
        return f"Born {shown_date(born_on)} they are {age_on(born_on, today)} years old."
    return ""


def asked(questions: Iterable[str]) -> dict[str, str]:
    """Questions as one problem, under `sure`: the form shows a box to tick. Nothing to ask is no problem."""
    found = list(questions)
    return {"sure": " ".join([*found, IF_RIGHT])} if found else {}


def together(*found: Mapping[str, str]) -> dict[str, str]:
    """Problems of several rules as one: what each asks stands together under `sure`, and only once nothing is
    refused.
    """
    problems = {field: words for each in found for field, words in each.items() if field != "sure"}
    questions = [each["sure"].removesuffix(IF_RIGHT).strip() for each in found if "sure" in each]
    return problems or asked(questions)


def _refused(day: Day, today: date, born_on: date | None) -> str:
    limits, on = DAYS[day.kind], day.on
    if on is None:
        return ""
    if born_on is not None and on < born_on:
        return f"This day is before they were born ({shown_date(born_on)}). Check the year."
    if day.not_before is not None and on < day.not_before:
        return day.if_before or f"This day is before {shown_date(day.not_before)}. Check it."
    if day.not_after is not None and on > day.not_after:
        return day.if_after or f"This day is after {shown_date(day.not_after)}. Check it."
    if on > today and not limits.future:
        return limits.if_future
    if on < today and not limits.past:
        return limits.if_past
    return ""


def _asked(day: Day, today: date) -> str:
    limits, on = DAYS[day.kind], day.on
    if on is None:
        return ""
    if limits.asked_back is not None and on < today - limits.asked_back:
        return f"{shown_date(on)} is {_length(today - on)} ago."
    if limits.asked_ahead is not None and on > today + limits.asked_ahead:
        return f"{shown_date(on)} is {_length(on - today)} from now."
    return ""


def _length(distance: timedelta) -> str:
    years, days = divmod(distance.days, 365)
    return f"more than {years} year{'s' if years > 1 else ''}" if years else f"{days} days"
