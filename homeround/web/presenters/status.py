"""A state in words and a tone, for the macro `status`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """Words and a tone for the macro `status`: plain, good, wait, late or bad."""

    words: str
    tone: str = "plain"
