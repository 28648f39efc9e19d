"""What is in dispute, and what the home does until it is settled: said wherever the decision is read (H27)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.models import Dispute
from homeround.ehch.residents.access import living_in


@dataclass(frozen=True)
class InDispute:
    """A decision that the registered GP does not adopt, about somebody who lives in the home."""

    person_ref: str
    decision_ref: str
    decided: str
    meanwhile: str


def meanwhile_of(decisions: Iterable[int]) -> dict[int, str]:
    """For each of these decisions that is in dispute, what the home does until it is settled. One statement."""
    disputes = Dispute.objects.filter(decision__in=list(decisions), ended_at=None)
    return dict(disputes.values_list("decision_id", "meanwhile"))


def disputes_in(home: HomeInSight) -> list[InDispute]:
    """What is in dispute about people who live in a home in sight, the oldest first. One statement.

    Names are left to the caller, whose list of the home's people is logged.
    """
    living = living_in(home=home).values("resident")
    rows = Dispute.objects.filter(ended_at=None, resident__in=living).order_by("happened_at", "pk")
    return [
        InDispute(*row) for row in rows.values_list("resident__ref", "decision__ref", "decision__decided", "meanwhile")
    ]
