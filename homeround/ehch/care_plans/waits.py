"""What waits for somebody about an arrival: its assessment or plan, near its due date or past it (REQ-67; H8)."""

from __future__ import annotations

from datetime import date
from typing import Any

from homeround.ehch.care_plans.models import open_for
from homeround.ehch.care_plans.words import OBLIGATIONS
from homeround.ehch.residents.waits import wait_rows


def waits(*, homes: list[int], due_by: date) -> list[Any]:
    """`assessment` and `plan`, each open one that is due by that day at the latest; the ref is the person's."""
    return [
        wait_rows(
            open_for(obligation).filter(stay__home__in=homes, due_on__lte=due_by),
            kind=obligation,
            since="happened_at",
            home="stay__home_id",
            due_on="due_on",
            ref="resident__ref",
        )
        for obligation in OBLIGATIONS
    ]
