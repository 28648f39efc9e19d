"""The questions about somebody's GP practice: those of the home's own network to choose from, or any by its name or
postcode.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Final

from homeround.directory.queries import find_practices, practices_of
from homeround.ehch.residents.actions.registering import Registering
from homeround.kernel.calendar.times import london_date
from homeround.web.forms import Choice, Form, Groups, Lookup, MaybeDay, Option, Text
from homeround.web.forms.lookup import OFFERED

ANOTHER: Final = "another"
NO_PRACTICE: Final = "none"


def _practices(text: str, at: datetime) -> list[Option]:
    """Open practices that fit what somebody knows of one."""
    found = find_practices(text, london_date(at), most=OFFERED + 1)
    return [
        Option(practice.code, practice.name, hint=", ".join(filter(None, (practice.postcode, practice.code))))
        for practice in found
    ]


class RegisteringForm(Form):
    """The practice first: the kind of registration follows from it and from a last day."""

    problems_of = {"registration": "why_none", "source": "gp_name"}
    on_page: ClassVar[Groups] = (("", ("practice", "practice_code", "why_none", "gp_name", "until_on")),)
    """The fields in the order of the page, each group under its heading."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        cls.fields = {name: cls.fields[name] for _, names in cls.on_page for name in names}

    practice = Choice(
        "Which GP practice are they registered with?", needed="Choose their GP practice, or say that it is not known."
    )
    practice_code = Lookup(
        "Name or postcode of the practice",
        _practices,
        what="practice",
        hint="Part of the name, such as Mount Pleasant, or its postcode. Its code works too.",
        needed="Enter the name or the postcode of the practice.",
    )
    why_none = Choice(
        "What is known about it?",
        (
            Option("not_known", "Not known yet"),
            Option("applied_for", "Registration has been applied for"),
            Option("none", "Not registered with any practice"),
            Option("practice_closed", "Their practice has closed"),
            Option("outside_england", "Registered outside England"),
        ),
        needed="Say what is known about their registration.",
    )
    gp_name = Text("Name of their GP", most=120)
    until_on = MaybeDay(
        "Last day, if they are registered only for a while", hint="Leave empty if they stay registered."
    )

    @property
    def registering(self) -> Registering:
        """What the answers say, as the action takes it."""
        if self.practice == NO_PRACTICE:
            return Registering(self.why_none)
        code = self.practice_code if self.practice == ANOTHER else self.practice
        kind = "temporary" if self.until_on else "permanent"
        return Registering(kind, code, gp_name=self.gp_name, until_on=self.until_on)


def practice_code(pcn_id: int | None, practice_id: int | None, at: datetime) -> str:
    """The option of `practice_options` that is this practice, by its number: two practices may have one name."""
    near = practices_of(pcn_id, london_date(at)) if pcn_id is not None else []
    return next((practice.code for practice in near if practice.body_id == practice_id), "")


def practice_options(pcn_id: int | None, at: datetime) -> Mapping[str, list[Option]]:
    """The practices of the network that serves the home, then any other, then none."""
    near = practices_of(pcn_id, london_date(at)) if pcn_id is not None else []
    return {
        "practice": [
            *(Option(practice.code, practice.name) for practice in near),
            Option(ANOTHER, "Another practice", reveals="practice_code"),
            Option(NO_PRACTICE, "None, or not known", reveals="why_none"),
        ]
    }
