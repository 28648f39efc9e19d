"""What the pages share that take back a start of cover: the reason, the day in the address, what holds again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from homeround.kernel.refusals import NotHere
from homeround.web.forms import Form, LongText


class Dated(Protocol):
    """Something that holds from a day on."""

    @property
    def from_on(self) -> date:
        """The first day."""


D = TypeVar("D", bound=Dated)


class InErrorForm(Form):
    """Why an entry was wrong."""

    because = LongText("Why was this entered in error?", needed="Say why it was entered in error.", most=300, rows=3)


def day_in(text: str) -> date:
    """The day in an address, as ISO 8601 writes it. Raises NotHere for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotHere from None


def found_on(starts: Sequence[D], on: date) -> tuple[D, D | None]:
    """The start of that day, and the one before it that holds again; `starts` has the newest first. Raises NotHere."""
    for number, start in enumerate(starts):
        if start.from_on == on:
            return start, next(iter(starts[number + 1 :]), None)
    raise NotHere
