"""Versions of a review: a later one supersedes the one it was written over. Each clinician has their own."""

from __future__ import annotations

from django.db.models import QuerySet

from homeround.ehch.rounds.models import Review


def newest(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Of these reviews, those that nothing supersedes."""
    return reviews.exclude(pk__in=reviews.exclude(supersedes=None).values("supersedes"))


def newest_version(round_id: int, resident_id: int, reviewer: int) -> Review | None:
    """The newest version of what one clinician found about a person in a round; None when there is none."""
    theirs = Review.objects.filter(round=round_id, resident=resident_id, reviewer=reviewer)
    return newest(theirs).select_related("by__user").first()
