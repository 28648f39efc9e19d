"""The questions about who somebody is: names, date of birth, NHS number. Asked at moving in, and to put them right."""

from __future__ import annotations

from homeround.ehch.residents.actions import Somebody
from homeround.web.forms import Choice, Day, Form, Option, Text, Tick

SURE = "I am sure"


class WhoForm(Form):
    """Who somebody is. One name is enough where they have only one; the action asks about it."""

    given = Text(
        "First name",
        hint="As on their NHS letters; the only name, if they have one.",
        needed="Enter their first name, or the only name they have.",
        most=100,
    )
    family = Text("Family name", hint="Leave it empty only if they have one name.", most=100, needed="")
    known_as = Text("What they like to be called", hint="If it is not their first name.", most=60)
    born_on = Day(
        "Date of birth", hint="For example 27 3 1938", needed="Enter their date of birth, for example 27 3 1938."
    )
    number_is_known = Choice(
        "Do you know their NHS number?",
        (Option("yes", "Yes", reveals="nhs_number"), Option("no", "Not yet", reveals="no_number_because")),
        needed="Say whether you know their NHS number.",
    )
    nhs_number = Text(
        "NHS number",
        hint="Ten digits, such as 999 000 0018. It is on letters from the NHS.",
        needed="Enter the NHS number, or say that it is not known yet.",
        most=20,
        width=20,
        inputmode="numeric",
    )
    no_number_because = Text(
        "Why not?",
        hint="For example: the papers have not come yet",
        needed="Say why the NHS number is not known yet.",
        most=200,
    )
    because = Text(
        "Why is this changed?",
        hint="For example: typed wrongly; the number was her sister’s. Whoever read it as it was will see this.",
        needed="Say why, for whoever read it as it was.",
        most=300,
    )
    sure = Tick(SURE, when_asked=True)

    @property
    def who(self) -> Somebody:
        """Who they are, as was typed."""
        return Somebody(
            given=self.given,
            family=self.family,
            born_on=self.born_on,
            known_as=self.known_as,
            nhs_number=self.nhs_number,
            no_number_because=self.no_number_because,
        )
