"""Who opened one thing, and who was looked at lately, from the looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Max, Min, Q

from homeround.kernel.models import Look, LookKind

REFUSED: Final = Q(kind=LookKind.REFUSED)


@dataclass(frozen=True)
class Opened:
    """How many pages about somebody were opened, how many refused, by how many people, and when last (UTC)."""

    pages: int
    refused: int
    people: int
    last: datetime


def first_opened(*, subject_id: int, thing_id: int) -> dict[int, datetime]:
    """For each membership that opened the thing about the person, when it first did (UTC)."""
    looks = Look.objects.filter(subject_id=subject_id, thing_id=thing_id, kind=LookKind.LOOK)
    by_membership = (
        looks.exclude(membership_id=None).order_by().values("membership_id").annotate(first=Min("looked_at"))
    )
    return {member: row["first"] for row in by_membership if (member := row["membership_id"]) is not None}


def opened_lately(*, subject_ids: Iterable[int], members: Iterable[int] | None, since: datetime) -> dict[int, Opened]:
    """For each of these people, how often somebody opened a page about them since, how many did, and when last.

    `members`: count only what these memberships opened; None for everybody.
    """
    looks = Look.objects.filter(subject_id__in=list(subject_ids), looked_at__gte=since)
    if members is not None:
        looks = looks.filter(membership_id__in=list(members))
    rows = (
        looks.order_by()
        .values("subject_id")
        .annotate(
            pages=Count("pk", filter=~REFUSED),
            refused=Count("pk", filter=REFUSED),
            people=Count("user_id", distinct=True),
            last=Max("looked_at"),
        )
    )
    return {
        subject: Opened(row["pages"], row["refused"], row["people"], row["last"])
        for row in rows
        if (subject := row["subject_id"]) is not None
    }
