"""A decision as it is right: where it was corrected, the newest correction stands in its place (H34)."""

from __future__ import annotations

from collections.abc import Iterable

from homeround.ehch.decisions.models import Decision
from homeround.ehch.decisions.words import DecisionState


def as_corrected(decisions: Iterable[Decision]) -> dict[int, Decision]:
    """Each of these decisions as it is right, by its number: itself, or the newest correction of it.

    No statement where none was corrected, else one for each time that one was corrected.
    """
    right = {row.pk: row for row in decisions}
    while wrong := {row.pk for row in right.values() if row.ended_how == DecisionState.CORRECTED}:
        corrections = {row.corrects_id: row for row in Decision.objects.filter(corrects__in=wrong)}
        if not corrections:
            break
        right = {first: corrections.get(row.pk, row) for first, row in right.items()}
    return right
