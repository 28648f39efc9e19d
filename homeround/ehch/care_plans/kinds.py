"""What waits about an arrival, and the lines of the timeline that its obligations are."""

from __future__ import annotations

from typing import Final

from homeround.accounts.rights import Kind
from homeround.ehch.care_plans.words import OBLIGATIONS
from homeround.ehch.residents.rules.kinds import PCN, EntryKind, Side, Turn, person

TURNS: Final = (
    Turn(
        "assessment",
        "Assessment",
        PCN | {Side.HOME},
        reason="clock_at_risk",
        leads_to=person("obligation", "assessment"),
    ),
    Turn(
        "plan",
        "Care and support plan",
        PCN | {Side.HOME},
        reason="clock_at_risk",
        leads_to=person("obligation", "plan"),
    ),
)
"""Whose turn it is when something of these kinds waits (`waits.py` gives them)."""


ENTRIES: Final = (
    EntryKind(
        "obligation_done", Kind.CLINICAL, lambda entry: f"{OBLIGATIONS.get(entry.state, entry.state).capitalize()} done"
    ),
    EntryKind("obligation_undone", Kind.CLINICAL, "Taken back: an assessment or plan is not done after all"),
)
"""The kinds of lines of a person's timeline that this slice writes (`entries` gives them)."""
