"""A field that finds: something is typed, what fits is offered, one is chosen. Works without JavaScript: what fits
stands on the page that comes back, with what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from homeround.web.forms.fields import Field, Option, Typed, Unanswerable

OFFERED: Final = 10
"""How many that fit are offered; beyond it the person writes more."""

Find = Callable[[str, datetime], Sequence[Option]]
"""What fits a text at an instant, the best first; an option whose value is the text itself is meant."""


class Lookup(Field[str]):
    """One of many, found by what somebody knows of it. The answer is the value of the option chosen."""

    kind = "lookup"

    def __init__(self, label: str, find: Find, *, what: str, hint: str = "", needed: str = "") -> None:
        super().__init__(label, hint=hint, needed=needed)
        self.find = find
        self.what = what

    @property
    def nothing(self) -> str:
        """Nothing."""
        return ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The text and the choice."""
        return (self.name, self.choice)

    @property
    def choice(self) -> str:
        """The name under which the choice is sent."""
        return f"{self.name}-chosen"

    def found(self, typed: Typed, at: datetime) -> Sequence[Option]:
        """What fits what was typed."""
        text = self.one(typed)
        return self.find(text, at) if text else ()

    def read_at(self, typed: Typed, at: datetime) -> str:
        """The value chosen, or the one that was typed exactly; raises Unanswerable and what fits is then offered."""
        text, chosen = self.one(typed), self.one(typed, self.choice)
        if not text:
            if self.needed:
                raise Unanswerable(self.needed)
            return ""
        found = self.found(typed, at)
        exact = [option.value for option in found if option.value.casefold() == text.casefold()]
        values = exact or [option.value for option in found if option.value == chosen]
        if values:
            return values[0]
        if not found:
            raise Unanswerable(f"No {self.what} fits “{text[:60]}”. Write part of the name, or the postcode.")
        if len(found) > OFFERED:
            raise Unanswerable(f"More than {OFFERED} fit. Choose one below, or write more of the name or the postcode.")
        raise Unanswerable("Choose which one is meant." if len(found) > 1 else "Choose it below, if it is that one.")
