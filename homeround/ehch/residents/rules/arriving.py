"""What stands against keeping who somebody is and which stay they come for, field by field."""

from datetime import date

from homeround.ehch.residents.rules.days import (
    Day,
    asked,
    problems_of_birth,
    problems_of_days,
    unlikely_birth,
)
from homeround.ehch.residents.words import PlaceKind, StayKind
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.record import nhs_number as numbers
from homeround.kernel.refusals import Invalid


def problems_of_identity(
    given: str,
    family: str,
    born_on: date | None,
    nhs_number: str,
    no_number_because: str,
    today: date,
    *,
    sure: bool = False,
) -> dict[str, str]:
    """What stands against keeping who somebody is said to be, field by field. One name is enough, but asked about;
    nobody is too old or too young, only impossible or unlikely.
    """
    problems: dict[str, str] = {}
    questions = []
    if not given.strip() and not family.strip():
        problems["given"] = "Enter their name. One name is enough, if they have only one."
    elif not given.strip() or not family.strip():
        questions.append(f"Only one name was entered: {given.strip() or family.strip()}.")
    if born_on is None:
        problems["born_on"] = "Enter their date of birth, for example 27 3 1938."
    else:
        problems |= problems_of_birth(born_on, today=today)
        questions.append(unlikely_birth(born_on, today=today))
    if nhs_number.strip():
        try:
            numbers.parse(nhs_number)
        except Invalid as refusal:
            problems |= refusal.problems
    elif not no_number_because.strip():
        problems["nhs_number"] = "Enter the NHS number, or say below why it is not known yet."
    if problems or sure:
        return problems
    return asked(question for question in questions if question)


def problems_of_stay(kind: str, place: str, room: str) -> dict[str, str]:
    """What stands against keeping a stay, field by field; its days are `days_of_stay`."""
    problems: dict[str, str] = {}
    if kind not in StayKind.values():
        problems["kind"] = "Choose what kind of stay this is."
    if place not in PlaceKind.values():
        problems["place"] = "Choose nursing or residential."
    if not room.strip():
        problems["room"] = "Enter their room, or what the room is called."
    return problems


def problems_of_stay_days(
    first: Day, planned_end_on: date | None, *, today: date, born_on: date | None, sure: bool = False
) -> dict[str, str]:
    """What stands against the first day of a stay and its planned end: the stay cannot end before it begins."""
    days = [first, planned_end(planned_end_on, first.on)]
    return problems_of_days(days, today=today, born_on=born_on, sure=sure)


def planned_end(on: date | None, first_on: date | None) -> Day:
    """The planned end of a stay, as a day that cannot come before the first."""
    before = f"The stay cannot end before it begins ({shown_date(first_on)})." if first_on else ""
    return Day("planned_end_on", "planned end", on, not_before=first_on, if_before=before)
