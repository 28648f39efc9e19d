"""The fields that ask when: a day, a time of day, and both together as an instant."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Self, overload

from homeround.kernel.calendar.times import LONDON, Which, from_london, is_twice, shown, shown_date
from homeround.kernel.refusals import Invalid
from homeround.web.forms.fields import Field, Typed, Unanswerable

if TYPE_CHECKING:
    from homeround.web.forms.form import Form

DAY_PARTS = ("day", "month", "year")


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
        if not all(text.isascii() and text.isdigit() for text in (day, month, year)) or len(year) != len("2026"):
            raise Unanswerable("Write the day in numbers, the year with four, for example 27 3 2026.")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise Unanswerable("There is no such day. Check the day and the month.") from None

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


def read_clock(text: str) -> time:
    """A time of day as people write it; raises Unanswerable."""
    found = re.fullmatch(r"(\d{1,2})[:.]?(\d{2})", text, re.ASCII)
    try:
        if found is None:
            raise ValueError
        return time(int(found[1]), int(found[2]))
    except ValueError:
        raise Unanswerable("Write the time with 24 hours, for example 14:02.") from None
