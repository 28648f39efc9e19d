"""Whether somebody who is being written down may be somebody who is here already (H10, H27). Nothing is decided here:
a person is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from homeround.ehch.residents.rules.likeness import Name, near_name, same_name
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.record import nhs_number


@dataclass(frozen=True)
class Likeness:
    """In what two records are the same or near: the number, the name, a name near it with the same birth date."""

    number: bool = False
    name: bool = False
    near: bool = False

    def __bool__(self) -> bool:
        return self.number or self.name or self.near


@dataclass(frozen=True)
class Facts:
    """Who somebody is said to be: what is compared."""

    name: Name
    born_on: date | None
    number: str = ""


def likeness(typed: Facts, known: Facts) -> Likeness:
    """In what they may be one person: the same NHS number; the same name and birth date; a near name and the same birth
    date.
    """
    same_day = typed.born_on is not None and typed.born_on == known.born_on
    same = same_day and same_name(typed.name, known.name)
    return Likeness(
        number=bool(typed.number) and typed.number == known.number,
        name=same,
        near=same_day and not same and near_name(typed.name, known.name),
    )


def differing(typed: Facts, known: Facts) -> Mapping[str, tuple[str, str]]:
    """What was typed otherwise than it is recorded, field by field: (recorded, typed). What one side lacks is no
    difference.
    """
    found: dict[str, tuple[str, str]] = {}
    if typed.name != known.name and not same_name(typed.name, known.name):
        found["name"] = (known.name.formal, typed.name.formal)
    if typed.born_on and known.born_on and typed.born_on != known.born_on:
        found["date of birth"] = (shown_date(known.born_on), shown_date(typed.born_on))
    if typed.number and known.number and typed.number != known.number:
        found["NHS number"] = (nhs_number.shown(known.number), nhs_number.shown(typed.number))
    return found


NOT_ASKED: Final = ""


@dataclass(frozen=True)
class Answered:
    """What was answered to "Is it the same person?": `same_as` the ref of the one record that is continued, with
    `typed_is_right` where what was typed is to replace what is recorded; or `apart_from`, those it is not.
    """

    same_as: str = NOT_ASKED
    typed_is_right: bool = False
    apart_from: tuple[str, ...] = field(default=())
