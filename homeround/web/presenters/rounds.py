"""The words of rounds and reviews on pages: ways and outcomes to choose from, with what each is for."""

from __future__ import annotations

from typing import Final

from homeround.accounts.queries import Colleague
from homeround.web.forms import Option

MODES: Final = (
    Option("in_person", "In person"),
    Option("video", "By video link"),
    Option("mixed", "Some in person, some by video"),
)
WAYS: Final = (
    Option("in_person", "In person"),
    Option("video", "By video"),
    Option("phone", "By phone"),
    Option("not_with", "Not with them", hint="Decided from the record or with staff."),
)
OUTCOMES: Final = (
    Option("no_change", "No change"),
    Option("plan_kept", "Plan looked at and kept"),
    Option("plan_changed", "Plan changed"),
    Option("medicine_changed", "Medicine changed"),
    Option("referral", "Referral"),
    Option("clinical_input", "Clinical input", hint="Examined or treated, nothing changes for the home."),
    Option("other", "Something else"),
    Option("not_reached", "Not reached", hint="They stay at the top of the list for the next round."),
)
DECISION_OF: Final = {"plan_changed": "plan", "medicine_changed": "medicine", "referral": "referral"}
"""What a decision is about, by the outcome that says that something changed; anything else is `other`."""

OWNERS: Final = (Option("home", "The home"), Option("pcn", "The care coordinators of the PCN"))


def colleagues(people: list[Colleague]) -> list[Option]:
    """Clinicians to choose from."""
    return [Option(str(one.membership_id), f"{one.name}, {one.role_words}") for one in people]
