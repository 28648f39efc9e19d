"""The fields a form is made of: what each asks, how an answer is read, and what is said when it cannot be.

A field stands on a form class; on a form that was read it gives the answer, typed: `form.words` is a `str`,
`form.noticed_on` a `date`. `needed` is the sentence shown when nothing was answered; without it the field may stay
empty, and the label says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar, Generic, Self, TypeVar, overload

from homeround.kernel.refusals import Invalid
from homeround.kernel.times import LONDON, Which, from_london, is_twice, shown, shown_date
from homeround.kernel.words import what_is_wrong

if TYPE_CHECKING:
    from homeround.web.forms.form import Form

T = TypeVar("T")
Typed = Mapping[str, Sequence[str]]

DAY_PARTS = ("day", "month", "year")


class Unanswerable(Exception):  # noqa: N818 - the sentence a person reads
    """What was typed cannot be read; the words say what is wrong and what to do."""


@dataclass(frozen=True)
class Option:
    """One answer to choose: what is sent, what is read, and the field that it opens."""

    value: str
    label: str
    hint: str = ""
    reveals: str = ""


class Field(Generic[T]):
    """A question. `kind` names the macro that shows it."""

    kind: ClassVar[str] = "text"
    name: str = ""

    def __init__(self, label: str, *, hint: str = "", needed: str = "", large: bool = False) -> None:
        self.label = label
        self.hint = hint
        self.needed = needed
        self.large = large

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, form: None, owner: type) -> Self: ...
    @overload
    def __get__(self, form: Form, owner: type) -> T: ...
    def __get__(self, form: Form | None, owner: type) -> Self | T:
        if form is None:
            return self
        return form.answer_to(self)

    def read(self, typed: Typed) -> T:
        """The answer; raises Unanswerable."""
        raise NotImplementedError

    @property
    def nothing(self) -> T:
        """The answer to a question that was not asked."""
        raise NotImplementedError

    def written(self, value: T) -> dict[str, list[str]]:
        """A value as the form would have been filled in with it."""
        return {self.name: [str(value)]}

    def in_words(self, kept: str) -> str:
        """What is kept elsewhere under this name (text, or ISO 8601), as a person reads it."""
        return kept

    @property
    def first_id(self) -> str:
        """The id of the element that the error summary leads to."""
        return self.name

    @property
    def parts(self) -> tuple[str, ...]:
        """The names under which the answer is sent."""
        return (self.name,)

    def one(self, typed: Typed, name: str = "") -> str:
        """The text sent under a name, without blanks around it."""
        sent = typed.get(name or self.name) or [""]
        return sent[-1].replace("\r\n", "\n").strip()


class Text(Field[str]):
    """A line of text. `most` is the number of characters kept. `width` is the design system's, in characters."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        needed: str = "",
        large: bool = False,
        most: int = 200,
        width: int = 0,
        inputmode: str = "",
        autocomplete: str = "off",
    ) -> None:
        super().__init__(label, hint=hint, needed=needed, large=large)
        self.most = most
        self.width = width
        self.inputmode = inputmode
        self.autocomplete = autocomplete

    @property
    def nothing(self) -> str:
        """Nothing."""
        return ""

    def read(self, typed: Typed) -> str:
        """The text; what cannot be kept is said, never cut."""
        text = self.one(typed)
        if problem := what_is_wrong(text, most=self.most, needed=self.needed):
            raise Unanswerable(problem)
        return text


class LongText(Text):
    """Several lines of text, in a box that grows."""

    kind = "long_text"

    def __init__(
        self, label: str, *, hint: str = "", needed: str = "", large: bool = False, most: int = 4000, rows: int = 5
    ) -> None:
        super().__init__(label, hint=hint, needed=needed, large=large, most=most)
        self.rows = rows


class Choice(Field[str]):
    """One of several answers: radio buttons, or a list to choose from (`as_list`). Options may come with the form."""

    kind = "radios"

    def __init__(
        self,
        label: str,
        options: Sequence[Option] = (),
        *,
        hint: str = "",
        needed: str = "",
        large: bool = False,
        inline: bool = False,
        as_list: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, needed=needed, large=large)
        self.options = tuple(options)
        self.inline = inline
        self.as_list = as_list

    @property
    def nothing(self) -> str:
        """Nothing."""
        return ""

    def read(self, typed: Typed) -> str:
        """The value chosen; the form checks that it was on offer."""
        chosen = self.one(typed)
        if self.needed and not chosen:
            raise Unanswerable(self.needed)
        return chosen


class Choices(Field[tuple[str, ...]]):
    """Any number of several answers: checkboxes."""

    kind = "checkboxes"

    def __init__(
        self, label: str, options: Sequence[Option] = (), *, hint: str = "", needed: str = "", large: bool = False
    ) -> None:
        super().__init__(label, hint=hint, needed=needed, large=large)
        self.options = tuple(options)

    @property
    def nothing(self) -> tuple[str, ...]:
        """Nothing."""
        return ()

    def read(self, typed: Typed) -> tuple[str, ...]:
        """The values ticked, in the order of the page."""
        ticked = tuple(value for value in typed.get(self.name, ()) if value)
        if self.needed and not ticked:
            raise Unanswerable(self.needed)
        return ticked

    def written(self, value: tuple[str, ...]) -> dict[str, list[str]]:
        """The ticks."""
        return {self.name: list(value)}


class Tick(Field[bool]):
    """One thing to tick. `when_asked`: shown only once it has been asked for ("I am sure")."""

    kind = "tick"

    def __init__(self, label: str, *, hint: str = "", needed: str = "", when_asked: bool = False) -> None:
        super().__init__(label, hint=hint, needed=needed)
        self.when_asked = when_asked

    @property
    def nothing(self) -> bool:
        """Nothing."""
        return False

    def read(self, typed: Typed) -> bool:
        """Whether it is ticked."""
        ticked = self.one(typed) == "yes"
        if self.needed and not ticked:
            raise Unanswerable(self.needed)
        return ticked

    def written(self, value: bool) -> dict[str, list[str]]:  # noqa: FBT001 - the value of the field
        """The tick."""
        return {self.name: ["yes"] if value else []}


class Hidden(Field[str]):
    """What the page tells itself: a version looked at, a number. On a refused form it is written anew, never kept."""

    kind = "hidden"

    def __init__(self) -> None:
        super().__init__("")

    @property
    def nothing(self) -> str:
        """Nothing."""
        return ""

    def read(self, typed: Typed) -> str:
        """What was sent."""
        return self.one(typed)


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


class Moment(Field[datetime]):
    """A day and a time in London, kept as an instant (UTC). Asks which when the clocks made the time exist twice."""

    kind = "moment"

    def __init__(self, label: str, *, needed: str, hint: str = "", large: bool = False) -> None:
        super().__init__(label, hint=hint, needed=needed, large=large)
        self._day = MaybeDay(label, needed=needed)

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self._day.name = name

    def read(self, typed: Typed) -> datetime:
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

    def written(self, value: datetime) -> dict[str, list[str]]:
        """Day, time, and which of two when there are two."""
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


def read_clock(text: str) -> time:
    """A time of day as people write it; raises Unanswerable."""
    found = re.fullmatch(r"(\d{1,2})[:.]?(\d{2})", text, re.ASCII)
    try:
        if found is None:
            raise ValueError
        return time(int(found[1]), int(found[2]))
    except ValueError:
        raise Unanswerable("Write the time with 24 hours, for example 14:02.") from None
