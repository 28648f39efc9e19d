"""Versions of a review: a later one supersedes the one it was written over."""

from __future__ import annotations

from homeround.ehch.rounds.models import Review


def newest_version(round_id: int, resident_id: int) -> Review | None:
    """The version of a person's review in a round that nothing supersedes; None when there is none."""
    versions = Review.objects.filter(round=round_id, resident=resident_id, stands=True)
    superseded = versions.exclude(supersedes=None).values("supersedes")
    return versions.exclude(pk__in=superseded).select_related("by__user").first()
