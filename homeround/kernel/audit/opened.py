"""Who opened one thing, from the looks: the first look of each membership."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from homeround.kernel.models import Look, LookKind


def first_opened(*, subject_id: int, thing_id: int) -> dict[int, datetime]:
    """For each membership that opened the thing about the person, when it first did (UTC)."""
    looks = Look.objects.filter(subject_id=subject_id, thing_id=thing_id, kind=LookKind.LOOK)
    by_membership = (
        looks.exclude(membership_id=None).order_by().values("membership_id").annotate(first=Min("looked_at"))
    )
    return {row["membership_id"]: row["first"] for row in by_membership}
