"""Which days the record itself speaks against: nobody goes to hospital inside another stay there, moves in after they
went, or is seen on a round after they died. What cannot be is refused, what is unlikely is asked (as `days`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from homeround.ehch.residents.rules.days import asked
from homeround.kernel.calendar.times import shown_date


@dataclass(frozen=True)
class There:
    """A stay in hospital: from the day they went until the day they were back; None: they are there."""

    went_on: date
    back_on: date | None

    @property
    def words(self) -> str:
        """Both days."""
        return f"from {shown_date(self.went_on)}" + (f" to {shown_date(self.back_on)}" if self.back_on else "")


@dataclass(frozen=True)
class Said:
    """Something that the record says of somebody who was alive and lived here: what, on which day first and last."""

    what: str
    first_on: date
    last_on: date


def problems_of_going_again(went_on: date, others: Iterable[There], *, sure: bool) -> dict[str, str]:
    """What stands against going to hospital on this day beside the finished stays there: never inside one. A day before
    one is asked about: they would be in hospital from then on, and are back.
    """
    finished = [(other, other.back_on) for other in others if other.back_on is not None]
    inside = [other for other, back_on in finished if other.went_on <= went_on < back_on]
    if inside:
        return {"went_on": f"They were in hospital {inside[0].words}: this day is inside that stay. Check it."}
    later = [other for other, _ in finished if went_on < other.went_on]
    if sure or not later:
        return {}
    return asked([f"After this day they were in hospital {later[0].words}, and are back."])


def problems_of_coming_back(went_on: date, back_on: date, others: Iterable[There]) -> dict[str, str]:
    """What stands against having been there between these days: not while they were there for another time."""
    for other in others:
        if went_on < (other.back_on or date.max) and other.went_on < back_on:
            return {"back_on": f"They were in hospital {other.words} too: this day is not before that stay. Check it."}
    return {}


def problems_of_first_day(
    field: str, on: date | None, there: Iterable[There], said: Iterable[Said], *, sure: bool
) -> dict[str, str]:
    """What stands against the first day of a stay: nobody goes to hospital from a home before they live there."""
    if on is None:
        return {}
    before = [other for other in there if other.went_on < on]
    if before:
        words = f"By what is written down they went from here to hospital on {shown_date(before[0].went_on)}"
        return {field: f"{words}, before this day. Check it, or take that back first."}
    found = [f"{one.what} on {shown_date(one.first_on)}" for one in said if one.first_on < on]
    return {} if sure or not found else asked([f"Before this day, {'; '.join(found)}."])


def problems_of_last_day(left_on: date, there: Iterable[There], said: Iterable[Said], *, sure: bool) -> dict[str, str]:
    """What stands against the day somebody died or left: later than it, the record says that they were here."""
    found = [f"{one.what} on {shown_date(one.last_on)}" for one in said if one.last_on > left_on]
    found += [f"they went to hospital on {shown_date(one.went_on)}" for one in there if one.went_on > left_on]
    found += [
        f"they came back from hospital on {shown_date(one.back_on)}"
        for one in there
        if one.back_on is not None and one.back_on > left_on
    ]
    return {} if sure or not found else asked([f"After this day, {'; '.join(found)}."])
