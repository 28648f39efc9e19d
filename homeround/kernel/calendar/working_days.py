"""Counting working days: Monday to Friday, without bank holidays. Arithmetic only: what is due is the service's.

Bank holidays are published about two years ahead and can be added at short notice. A Calendar therefore has a
*horizon*, the last day whose holidays are known, and begins with the first year it holds. Outside it
`is_working_day` refuses, and a due date says that it is provisional: it is then the earliest possible, since a
holiday still to be announced can only move it later. Serves REQ-67; control of H8.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class PastHorizon(Exception):  # noqa: N818 - the domain's word
    """Asked about a day whose bank holidays are not known. Nothing is guessed; newer holidays can be imported."""

    def __init__(self, on: date, calendar: "Calendar") -> None:
        super().__init__(
            f"The bank holidays of {on} are not known: the list covers {calendar.begins_on} to {calendar.horizon}. "
            "Import the newest list of bank holidays."
        )
        self.on = on


@dataclass(frozen=True)
class Calendar:
    """The bank holidays of one country, known up to and including the day `horizon`."""

    holidays: frozenset[date]
    horizon: date
    names: Mapping[date, str] = field(default_factory=dict, compare=False)

    @property
    def begins_on(self) -> date:
        """The first day whose holidays are known: 1 January of the first year that has one."""
        return date(min(self.holidays).year, 1, 1) if self.holidays else date.min

    def knows(self, on: date) -> bool:
        """Whether the bank holidays of that day are known."""
        return self.begins_on <= on <= self.horizon

    def name_of(self, on: date) -> str:
        """What the holiday on that day is called."""
        return self.names.get(on, "bank holiday")


@dataclass(frozen=True)
class Due:
    """Due by the end of the day `on`. Provisional: counted over days whose bank holidays are not known."""

    on: date
    provisional: bool


@dataclass(frozen=True)
class Count:
    """The days gone through to reach a due date, in order: counted, and left out as weekend or bank holiday."""

    counted: tuple[date, ...]
    weekend: tuple[date, ...]
    holidays: tuple[date, ...]
    provisional: bool


def is_working_day(on: date, calendar: Calendar) -> bool:
    """Whether the day is Monday to Friday and no bank holiday. Raises PastHorizon when nobody can know."""
    if not calendar.knows(on):
        raise PastHorizon(on, calendar)
    return _counts(on, calendar)


def count_after(arrived_on: date, *, days: int, calendar: Calendar) -> Count:
    """Go from the day of arrival, which is day 0 whatever day it is, until `days` working days are counted."""
    if days < 1:
        raise ValueError("At least one working day has to be counted.")
    counted: list[date] = []
    weekend: list[date] = []
    holidays: list[date] = []
    on = arrived_on
    while len(counted) < days:
        on += ONE_DAY
        if on.weekday() >= SATURDAY:
            weekend.append(on)
        elif on in calendar.holidays:
            holidays.append(on)
        else:
            counted.append(on)
    known = calendar.knows(arrived_on + ONE_DAY) and calendar.knows(on)
    return Count(tuple(counted), tuple(weekend), tuple(holidays), provisional=not known)


def due_after(arrived_on: date, *, days: int = 7, calendar: Calendar) -> Due:
    """The day by whose end something is due, `days` working days after an arrival on day 0."""
    count = count_after(arrived_on, days=days, calendar=calendar)
    return Due(count.counted[-1], count.provisional)


def working_days_until(today: date, due: date, calendar: Calendar) -> int:
    """How many working days are left after today, the day due included; negative when it has passed.

    Outside the calendar weekdays count as working days: a due date there is already marked provisional.
    """
    first, last = sorted((today, due))
    between = sum(_counts(first + ONE_DAY * n, calendar) for n in range(1, (last - first).days + 1))
    return between if due >= today else -between


def _counts(on: date, calendar: Calendar) -> bool:
    return on.weekday() < SATURDAY and on not in calendar.holidays
