"""Versions of a review: a later one supersedes the one it was written over. Each clinician has their own."""

from __future__ import annotations

from django.db.models import QuerySet

from homeround.accounts.models import Membership
from homeround.ehch.rounds.models import Review
from homeround.kernel.prepared import prepared


def newest(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Of these reviews, those that nothing supersedes."""
    return reviews.exclude(pk__in=reviews.exclude(supersedes=None).values("supersedes"))


def newest_version(round_id: int, resident_id: int, reviewer: int) -> Review | None:
    """The newest version of what one clinician found about a person in a round; None when there is none."""
    found = _versions(held=round_id, resident=resident_id, reviewer=reviewer)
    return found[0] if found else None


@prepared
def _versions(*, held: int, resident: int, reviewer: int) -> QuerySet[Review]:
    theirs = Review.objects.filter(round=held, resident=resident, reviewer__in=Membership.objects.same_as(reviewer))
    return newest(theirs).select_related("by__user", "for_whom", "reviewer").order_by("pk")
