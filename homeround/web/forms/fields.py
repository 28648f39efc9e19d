"""The fields a form is made of: what each asks, how an answer is read, and what is said when it cannot be.

A field stands on a form class; on a form that was read it gives the answer, typed: `form.words` is a `str`,
`form.noticed_on` a `date`. `needed` is the sentence shown when nothing was answered; without it the field may stay
empty, and the label says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Generic, Self, TypeVar, overload

from homeround.kernel.record.words import one_line, tidy, what_is_wrong

if TYPE_CHECKING:
    from homeround.web.forms.form import Form

T = TypeVar("T")
Typed = Mapping[str, Sequence[str]]
LAST_ROW: Final = 2**63 - 1
"""The greatest number either database gives a row."""


class Unanswerable(Exception):  # noqa: N818 - the sentence a person reads
    """What was typed cannot be read; the words say what is wrong and what to do."""


@dataclass(frozen=True)
class Option:
    """One answer to choose: what is sent, what is read, and the field that it opens.

    `means_now`: it speaks of the moment at which it is chosen; in a form that was opened long ago it is asked again.
    """

    value: str
    label: str
    hint: str = ""
    reveals: str = ""
    means_now: bool = False


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
        """The line sent under a name, as it is kept."""
        return one_line(_sent(typed, name or self.name))


class Text(Field[str]):
    """A line of text. `most` is the number of characters kept. `width` is the design system's, in characters.

    `one_of_many`: one of many lines of which most stay empty, as the page says above them.
    """

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
        one_of_many: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, needed=needed, large=large)
        self.one_of_many = one_of_many
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
        return self.keepable(self.one(typed))

    def keepable(self, text: str) -> str:
        """The same text; raises Unanswerable when it cannot be kept."""
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

    def read(self, typed: Typed) -> str:
        """The text with its lines."""
        return self.keepable(tidy(_sent(typed, self.name)))


class Choice(Field[str]):
    """One of several answers: radio buttons, or a list to choose from (`as_list`). Options may come with the form.

    `when_asked`: shown only once it has been asked for.
    """

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
        when_asked: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, needed=needed, large=large)
        self.options = tuple(options)
        self.inline = inline
        self.as_list = as_list
        self.when_asked = when_asked

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
        ticked = tuple(value for value in map(one_line, typed.get(self.name, ())) if value)
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
    """What the page tells itself. On a refused form it is written anew, never kept."""

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


class HiddenNumber(Field[int | None]):
    """The number of a row that the page tells itself (a version looked at). What is no such number is None."""

    kind = "hidden"

    def __init__(self) -> None:
        super().__init__("")

    @property
    def nothing(self) -> int | None:
        """None."""
        return None

    def read(self, typed: Typed) -> int | None:
        """The number of a row, or None."""
        return row_number(self.one(typed))

    def written(self, value: int | None) -> dict[str, list[str]]:
        """The number, or nothing."""
        return {self.name: ["" if value is None else str(value)]}


def row_number(text: str) -> int | None:
    """A row's number as an address or a form sends it; None for anything else, however many digits it has."""
    number = int(text) if re.fullmatch("[0-9]{1,19}", text) else 0
    return number if 0 < number <= LAST_ROW else None


def _sent(typed: Typed, name: str) -> str:
    """The text sent under a name; the last where it came more than once."""
    sent = typed.get(name) or [""]
    return sent[-1]
