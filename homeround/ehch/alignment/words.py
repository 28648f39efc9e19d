"""What is chosen and shown about cover, and what it is called."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Ground(StrEnum):
    """By which relationship a viewer may see a home; shown as the answer to "why can I see this?"."""

    WORKS_HERE = "you work in this home"
    SERVES = "this home is aligned to your PCN"
    MDT = "you are on this home's MDT"
    AREA = "this home is in your ICB's area"
    UNALIGNED = "this home is aligned to no PCN"


WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

TAKEN_OFF: Final = "taken off"
GIVEN_ANEW: Final = "given anew by the PCN that serves the home now"
"""How a place on an MDT ends, as the row keeps it."""
