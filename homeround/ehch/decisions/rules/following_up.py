"""What a follow-up needs before it is kept."""

from __future__ import annotations

from datetime import date
from typing import Final

from homeround.ehch.decisions.words import Owner
from homeround.kernel.calendar.working_days import Calendar, due_after

FOLLOW_UP_WITHIN_WORKING_DAYS: Final = 5
"""Working days offered for a follow-up whose day nobody chose."""


def follow_up_by(asked_on: date, calendar: Calendar) -> date:
    """The day offered for a follow-up; whoever asks may choose another."""
    return due_after(asked_on, days=FOLLOW_UP_WITHIN_WORKING_DAYS, calendar=calendar).on


def problems_of_follow_up(words: str, due_on: date | None, owner: str, on: date) -> dict[str, str]:
    """What is missing from a follow-up, field by field."""
    problems: dict[str, str] = {}
    if not words.strip():
        problems["follow_up"] = "Say what is to be done."
    if due_on is None or due_on < on:
        problems["due_on"] = "Enter the day by which it is to be done, today or later."
    if owner not in set(Owner):
        problems["owner"] = "Choose who does it: the home, or the PCN."
    return problems
