"""What a round asks of every slice: signs, what waits, lines of a person's timeline.

A later slice is added here, and its kinds in `rounds.rules.kinds`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from homeround.ehch.care_plans import queries as care_plans
from homeround.ehch.care_plans import waits as care_plans_waits
from homeround.ehch.decisions import queries as decisions
from homeround.ehch.decisions import waits as decisions_waits
from homeround.ehch.deterioration import queries as deterioration
from homeround.ehch.deterioration import waits as deterioration_waits
from homeround.ehch.residents import queries as residents
from homeround.ehch.residents import waits as residents_waits


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """The signs of every slice below this one."""
    return [
        *residents.signs(homes=homes, at=at),
        *decisions.signs(homes=homes, at=at),
        *deterioration.signs(homes=homes, at=at),
        *care_plans.signs(homes=homes, at=at),
    ]


def waits(*, homes: list[int], at: datetime, today: date, due_by: date, left_since: datetime) -> list[Any]:
    """What waits in every slice below this one."""
    return [
        *deterioration_waits.waits(homes=homes, today=today, left_since=left_since),
        *decisions_waits.waits(homes=homes, at=at, today=today, left_since=left_since),
        *residents_waits.waits(homes=homes, at=at, today=today),
        *care_plans_waits.waits(homes=homes, due_by=due_by),
    ]


def entries(resident: int) -> list[Any]:
    """The lines of every slice below this one."""
    return [
        *decisions.entries(resident),
        *deterioration.entries(resident),
        *care_plans.entries(resident),
        *residents.entries(resident),
    ]
