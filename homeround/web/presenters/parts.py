"""A long list in parts: which part is shown, and the links to the others."""

from __future__ import annotations

from dataclasses import dataclass

from homeround.web.requests import PageRequest


@dataclass(frozen=True)
class Part:
    """One part of a list of `number` lines, `most` at a time; parts count from 1."""

    part: int
    number: int
    most: int

    @property
    def parts(self) -> int:
        """How many parts there are, one at least."""
        return max(-(-self.number // self.most), 1)

    @property
    def slice(self) -> slice:
        """The lines of this part."""
        return slice((self.part - 1) * self.most, self.part * self.most)

    @property
    def before(self) -> int:
        """The part before, or 0."""
        return self.part - 1

    @property
    def after(self) -> int:
        """The part after, or 0."""
        return self.part + 1 if self.part < self.parts else 0


def page_of(request: PageRequest, number: int, most: int) -> Part:
    """The part that the address asks for (`?part=2`); the nearest there is for any other number or text."""
    asked = request.GET.get("part", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    whole = Part(1, number, most)
    return Part(min(max(wanted, 1), whole.parts), number, most)
