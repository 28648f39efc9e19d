"""Calm words: "every", "all", "nothing", "done", "held", a tick. Only what is written here may calm anybody, and it is
given everything that could contradict it (H24, H40).

A test opens each kind of thing in turn, lets weeks pass and reads every first page; another finds a calm word in a
template that was not written here.
"""

from __future__ import annotations

from dataclasses import dataclass

from homeround.web.jinja import plural
from homeround.web.presenters.states import Status


@dataclass(frozen=True)
class Against:
    """Something that contradicts a calm word while there is any of it."""

    number: int
    one: str
    many: str = ""

    @property
    def words(self) -> str:
        """How much of it there is."""
        return plural(self.number, self.one, self.many or None)


def calm(words: str, *against: Against, tone: str = "good", otherwise: str = "late", before: str = "") -> Status:
    """The calm words where nothing contradicts them; else what does, in words (`before` stands in front of them)."""
    open_ = [contradiction.words for contradiction in against if contradiction.number]
    return Status(before + "; ".join(open_), otherwise) if open_ else Status(words, tone)
