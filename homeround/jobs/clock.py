"""The clock of everything that runs without a person."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """This instant (UTC)."""
    return timezone.now()
