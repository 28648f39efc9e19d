"""What a decision needs before it is kept, and who may take one back."""

from __future__ import annotations

from datetime import date

from homeround.ehch.decisions.words import NEW


def problems_of_decision(
    decided: str,
    in_force_from_on: date | None,
    happened_on: date,
    *,
    because: str = "",
    before: str = "",
    replaces: str = "",
    stops: bool = False,
    until_on: date | None = None,
) -> dict[str, str]:
    """What is missing from a decision, field by field.

    A decision that changes something says why, and what it replaces: something that applies now, whose words are then
    what applied before, or "nothing, it is new", and then what applied before is written.
    """
    problems: dict[str, str] = {}
    if not decided.strip():
        problems["decided"] = "Say what was decided."
    if in_force_from_on is None:
        return problems
    if until_on and until_on < in_force_from_on:
        problems["until_on"] = "The last day cannot come before the first. Enter that day or a later one."
    if in_force_from_on < happened_on:
        problems["in_force_from_on"] = "A decision cannot apply from before it was made. Enter that day or a later one."
    if not because.strip():
        problems["because"] = "Say why: the registered GP and the home need the reason."
    if not replaces:
        problems["replaces"] = "Choose what this replaces, or “Nothing: it is new”."
    if replaces == NEW and stops:
        problems["replaces"] = "Choose what stops."
    if replaces == NEW and not stops and not before.strip():
        problems["before"] = "Say what applied before, for example: drinks at meals. Write “nothing” if nothing did."
    return problems


def last_day_if_ended(until_on: date | None, on: date) -> date | None:
    """The last day of a decision where it has passed by a day; None while it has not, or where there is none."""
    return until_on if until_on is not None and until_on < on else None


def may_take_back(*, is_author: bool, is_clinician_of_pcn: bool) -> bool:
    """Whether a decision may be withdrawn or corrected: by whoever made it or typed it, or by a clinician of the PCN
    that serves the home now.
    """
    return is_author or is_clinician_of_pcn
