"""Choices of a table in plain Python: a value that is kept, and a label that people read. Nothing is decided by it."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """One of several values, each with its label: `PERMANENT = "permanent", "permanent"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def values(cls) -> tuple[str, ...]:
        """Every value, in order."""
        return tuple(member.value for member in cls)
