"""Reviewed data: what the service takes from outside (dates, tools, reasons, standards), and who looked at it when.

Every such table registers one `Reviewed`; a test fails on the day one is overdue, and `homeround check` shows what
nobody has checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

Mode = Literal["shipped", "score only", "not embedded"]
Evidence = Literal["V", "K", "I"]
"""V: compared with its source. K: known in the field, source not at hand. I: our reading or choice, to be agreed."""


@dataclass(frozen=True)
class Reviewed:
    """Where a table of data comes from and who stands for it. An empty `checker`: nobody has checked it yet."""

    source: str
    licence: str
    mode: Mode
    evidence: Evidence
    author: str
    checker: str
    reviewed_on: date
    next_review_on: date

    def __post_init__(self) -> None:
        if self.next_review_on <= self.reviewed_on:
            raise ValueError("The next review must come after the last.")

    def is_overdue(self, on: date) -> bool:
        """Whether the day of the next review has passed."""
        return on > self.next_review_on


_registered: dict[str, Reviewed] = {}


def register(name: str, reviewed: Reviewed) -> Reviewed:
    """Put a table on the list. The same name with other contents is refused with ValueError."""
    if _registered.get(name, reviewed) != reviewed:
        raise ValueError(f"Reviewed data named {name} is already registered with other contents.")
    _registered[name] = reviewed
    return reviewed


def registered() -> Mapping[str, Reviewed]:
    """All tables of the modules imported so far, by name."""
    return MappingProxyType(_registered)


def overdue(on: date) -> list[str]:
    """Names of the tables whose next review has passed by `on`, in order."""
    return sorted(name for name, reviewed in _registered.items() if reviewed.is_overdue(on))
