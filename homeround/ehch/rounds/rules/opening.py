"""What can be kept when a round is opened (REQ-33, REQ-43 to REQ-45)."""

from __future__ import annotations

from homeround.ehch.rounds.words import RoundMode
from homeround.kernel.record.words import problems_in, what_is_wrong


def problems_of_opening(mode: str, home_representative: str, medical_input: str, because: str) -> dict[str, str]:
    """What stands against opening a round, field by field: who gives medical input and how, or why nobody does."""
    neither = not medical_input.strip() and not because.strip()
    why = "Enter who gives GP or geriatrician input and how, or say below why nobody does."
    return problems_in(
        mode="" if mode in set(RoundMode) else "Choose how the round is held.",
        home_representative=what_is_wrong(home_representative, most=120, needed="Enter who takes part for the home."),
        medical_input=why if neither else what_is_wrong(medical_input, most=200),
        no_medical_input_because=what_is_wrong(because, most=200),
    )
