"""The fields that ask when: a day, a time of day, and both together as an instant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final, Self, overload

from homeround.kernel.calendar.times import LONDON, Which, from_london, is_twice, shown, shown_date
from homeround.kernel.refusals import Invalid
from homeround.web.forms.fields import Field, Typed, Unanswerable

if TYPE_CHECKING:
    from homeround.web.forms.form import Form

DAY_PARTS = ("day", "month", "year")
FIRST_YEAR: Final = 1850
LAST_YEAR: Final = 2150
"""Beyond these a year is a slip of the hand, whatever is asked; each rule of the service is narrower."""
_ONE_OR_TWO_DIGITS: Final = re.compile("[0-9]{1,2}")
_FOUR_DIGITS: Final = re.compile("[0-9]{4}")
_MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTHS: Final[Mapping[str, str]] = {
    **{name: str(number) for number, name in enumerate(_MONTH_NAMES, start=1)},
    **{name[:3]: str(number) for number, name in enumerate(_MONTH_NAMES, start=1)},
    "sept": "9",
}
"""What people write for a month, in small letters, and its number."""


class MaybeDay(Field[date | None]):
    """A day, in three boxes; may stay empty."""

    kind = "day"

    @property
    def nothing(self) -> date | None:
        """Nothing."""
        return None

    def read(self, typed: Typed) -> date | None:
        """The day; None when all three boxes are empty."""
        day, month, year = (self.one(typed, f"{self.name}-{part}") for part in DAY_PARTS)
        if not (day or month or year):
            if self.needed:
                raise Unanswerable(self.needed)
            return None
        missing = [part for part, text in zip(DAY_PARTS, (day, month, year), strict=True) if not text]
        if missing:
            raise Unanswerable(f"Add the {' and the '.join(missing)}.")
        return read_day(day, month, year)

    def in_words(self, kept: str) -> str:
        """The day as pages write it."""
        return shown_date(date.fromisoformat(kept))

    def written(self, value: date | None) -> dict[str, list[str]]:
        """The three boxes."""
        filled = ("", "", "") if value is None else (str(value.day), str(value.month), str(value.year))
        return {f"{self.name}-{part}": [text] for part, text in zip(DAY_PARTS, filled, strict=True)}

    @property
    def first_id(self) -> str:
        """The box of the day."""
        return f"{self.name}-day"

    @property
    def parts(self) -> tuple[str, ...]:
        """The three boxes."""
        return tuple(f"{self.name}-{part}" for part in DAY_PARTS)


class Day(MaybeDay):
    """A day that must be given: `needed` is the sentence when it is not."""

    if TYPE_CHECKING:

        @overload
        def __get__(self, form: None, owner: type) -> Self: ...
        @overload
        def __get__(self, form: Form, owner: type) -> date: ...
        def __get__(self, form: Form | None, owner: type) -> Self | date: ...

    def __init__(self, label: str, *, needed: str, hint: str = "", large: bool = False) -> None:
        super().__init__(label, hint=hint, needed=needed, large=large)


class MaybeClock(Field[time | None]):
    """A time of day, 24 hours; may stay empty. Reads 14:02, 14.02, 1402 and 9:05."""

    kind = "clock"

    @property
    def nothing(self) -> time | None:
        """Nothing."""
        return None

    def read(self, typed: Typed) -> time | None:
        """The time; None when the box is empty."""
        text = self.one(typed)
        if not text:
            if self.needed:
                raise Unanswerable(self.needed)
            return None
        return read_clock(text)

    def written(self, value: time | None) -> dict[str, list[str]]:
        """The box."""
        return {self.name: ["" if value is None else f"{value:%H:%M}"]}


class MaybeMoment(Field[datetime | None]):
    """A day and a time in London, kept as an instant (UTC); None only when it was not asked.

    Asks which when the clocks made the time exist twice.
    """

    kind = "moment"

    def __init__(self, label: str, *, needed: str, hint: str = "", large: bool = False) -> None:
        super().__init__(label, hint=hint, needed=needed, large=large)
        self._day = MaybeDay(label, needed=needed)

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self._day.name = name

    @property
    def nothing(self) -> datetime | None:
        """Nothing."""
        return None

    def read(self, typed: Typed) -> datetime | None:
        """The instant."""
        on = self._day.read(typed)
        text = self.one(typed, f"{self.name}-time")
        if on is None or not text:
            raise Unanswerable(self.needed if on is None else "Add the time, for example 14:02.")
        sent = self.one(typed, f"{self.name}-which")
        which: Which | None = "first" if sent == "first" else "second" if sent == "second" else None
        try:
            return from_london(on, read_clock(text), which)
        except Invalid as refusal:
            raise Unanswerable(refusal.words) from refusal

    def asks_which(self, typed: Typed) -> bool:
        """Whether the time typed exists twice on that day, so that the page must ask which was meant."""
        try:
            on = self._day.read(typed)
            return on is not None and is_twice(on, read_clock(self.one(typed, f"{self.name}-time")))
        except Unanswerable:
            return False

    def in_words(self, kept: str) -> str:
        """The instant as pages write it."""
        return shown(datetime.fromisoformat(kept))

    def written(self, value: datetime | None) -> dict[str, list[str]]:
        """Day, time, and which of two when there are two."""
        if value is None:
            return {}
        there = value.astimezone(LONDON)
        boxes = {**self._day.written(there.date()), f"{self.name}-time": [f"{there:%H:%M}"]}
        if is_twice(there.date(), there.time()):
            boxes[f"{self.name}-which"] = ["second" if there.fold else "first"]
        return boxes

    @property
    def first_id(self) -> str:
        """The box of the day."""
        return f"{self.name}-day"

    @property
    def parts(self) -> tuple[str, ...]:
        """The boxes."""
        return (*self._day.parts, f"{self.name}-time", f"{self.name}-which")


class Moment(MaybeMoment):
    """A moment that is always asked for and must be given."""

    if TYPE_CHECKING:

        @overload
        def __get__(self, form: None, owner: type) -> Self: ...
        @overload
        def __get__(self, form: Form, owner: type) -> datetime: ...
        def __get__(self, form: Form | None, owner: type) -> Self | datetime: ...


def read_day(day: str, month: str, year: str) -> date:
    """A day as people write it, the month as a number or by its name; raises Unanswerable."""
    month_number = MONTHS.get(month.casefold().rstrip("."), month)
    if not (_ONE_OR_TWO_DIGITS.fullmatch(day) and _ONE_OR_TWO_DIGITS.fullmatch(month_number)):
        raise Unanswerable("Write the day as a number and the month as a number or its name, for example 27 3 2026.")
    if not _FOUR_DIGITS.fullmatch(year):
        raise Unanswerable("Write the year with four numbers, for example 2026.")
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise Unanswerable(f"Check the year: {year} is too far from today.")
    try:
        return date(int(year), int(month_number), int(day))
    except ValueError:
        raise Unanswerable("There is no such day. Check the day and the month.") from None


def read_clock(text: str) -> time:
    """A time of day as people write it; raises Unanswerable."""
    found = re.fullmatch(r"(\d{1,2})[:.]?(\d{2})", text, re.ASCII)
    try:
        if found is None:
            raise ValueError
        return time(int(found[1]), int(found[2]))
    except ValueError:
        raise Unanswerable("Write the time with 24 hours, for example 14:02.") from None
