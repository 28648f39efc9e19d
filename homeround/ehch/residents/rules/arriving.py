"""What stands against keeping who somebody is and which stay they come for, field by field."""

from datetime import date
from typing import Final

from homeround.kernel.record import nhs_number as numbers
from homeround.kernel.refusals import Invalid

OLDEST_YEARS: Final = 120
STAY_KINDS: Final = ("permanent", "trial", "respite", "discharge_to_assess", "emergency")
PLACE_KINDS: Final = ("nursing", "residential")


def problems_of_identity(
    given: str, family: str, born_on: date | None, nhs_number: str, no_number_because: str, today: date
) -> dict[str, str]:
    """What stands against keeping who somebody is said to be, field by field. No age is refused but the impossible."""
    problems: dict[str, str] = {}
    if not given.strip():
        problems["given"] = "Enter their first name, or what they are called."
    if not family.strip():
        problems["family"] = "Enter their family name."
    if born_on is None:
        problems["born_on"] = "Enter their date of birth, for example 27 3 1938."
    elif born_on > today:
        problems["born_on"] = "This date of birth is in the future. Check the year."
    elif born_on.year < today.year - OLDEST_YEARS:
        problems["born_on"] = f"This date of birth is more than {OLDEST_YEARS} years ago. Check the year."
    if nhs_number.strip():
        try:
            numbers.parse(nhs_number)
        except Invalid as refusal:
            problems |= refusal.problems
    elif not no_number_because.strip():
        problems["nhs_number"] = "Enter the NHS number, or say below why it is not known yet."
    return problems


def problems_of_stay(kind: str, place: str, room: str, planned_end_on: date | None, today: date) -> dict[str, str]:
    """What stands against keeping a stay, field by field."""
    problems: dict[str, str] = {}
    if kind not in STAY_KINDS:
        problems["kind"] = "Choose what kind of stay this is."
    if place not in PLACE_KINDS:
        problems["place"] = "Choose nursing or residential."
    if not room.strip():
        problems["room"] = "Enter their room, or what the room is called."
    if planned_end_on is not None and planned_end_on < today:
        problems["planned_end_on"] = "This day has passed. Enter the day the stay is planned to end, or leave it empty."
    return problems
