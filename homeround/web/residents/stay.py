"""The questions about a stay: its kind, until when, which care, which room; and the practice."""

from __future__ import annotations

from typing import ClassVar, Final

from homeround.ehch.residents.actions.arriving import Place
from homeround.web.forms import Choice, Day, Groups, MaybeDay, Option, Text, Tick
from homeround.web.residents.registering import RegisteringForm

STAY_ON_PAGE: Final[Groups] = (
    ("Their stay", ("kind", "planned_end_on", "place", "room", "unit")),
    ("Their GP", ("practice", "practice_code", "why_none", "gp_name", "until_on")),
)


class StayForm(RegisteringForm):
    """The stay somebody comes for, from the day they moved in."""

    on_page: ClassVar[Groups] = (("", ("arrived_on",)), *STAY_ON_PAGE, ("", ("sure",)))

    arrived_on = Day("When did they move in?", needed="Enter the day they moved in.")
    kind = Choice(
        "What kind of stay is it?",
        (
            Option("permanent", "To live here"),
            Option("trial", "A trial stay"),
            Option("respite", "Respite"),
            Option("discharge_to_assess", "Discharge to assess"),
            Option("emergency", "An emergency placement"),
        ),
        needed="Choose what kind of stay this is.",
    )
    planned_end_on = MaybeDay("When is the stay planned to end?", hint="Leave empty if no end is planned.")
    place = Choice(
        "Which care?",
        (Option("residential", "Residential"), Option("nursing", "Nursing")),
        needed="Choose nursing or residential.",
        inline=True,
    )
    room = Text("Room", needed="Enter their room, or what the room is called.", most=20, width=10)
    unit = Text("Unit", hint="If the home has units.", most=60)

    sure = Tick("I am sure", when_asked=True)

    @property
    def stay(self) -> Place:
        """The stay they come for."""
        return Place(self.kind, self.place, self.room, self.unit, self.planned_end_on)
