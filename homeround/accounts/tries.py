"""Tries counted in the database, so that a limit holds over all processes and outlives a restart (limits.py).

A try is written down before it is made: a hundred at once are a hundred rows, not a hundred looks at an empty table.
Whoever succeeds takes their own tries back. What is kept of a key cannot be read: neither user name nor address.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q

from homeround.accounts.limits import LIMITS, LONGEST, WORDS, Per, Tried, wait_words
from homeround.accounts.models import Try
from homeround.kernel.refusals import TooManyTries


@dataclass(frozen=True)
class Trying:
    """A try that may be made. `succeeded` takes it back, and all earlier ones of the account and the device."""

    what: Tried
    keys: Mapping[Per, str]
    rows: tuple[int, ...]

    def succeeded(self) -> None:
        """It was right: it counts against nobody, and the earlier tries are forgiven, but for those of the address."""
        forgiven = [key for per, key in self.keys.items() if per is not Per.ADDRESS]
        Try.objects.filter(Q(pk__in=self.rows) | Q(what=self.what, key__in=forgiven)).delete()


def begin(what: Tried, keys: Mapping[Per, str], *, at: datetime) -> Trying:
    """Write a try down, for each of `keys` that has a limit; raises TooManyTries when any of them is used up."""
    limits = LIMITS[what]
    ours = {per: key_of(what, per, key) for per, key in keys.items() if per in limits}
    rows = Try.objects.bulk_create([Try(what=what, key=key, tried_at=at) for key in ours.values()])
    pks = tuple(row.pk for row in rows)
    wait = _wait(what, ours, at)
    if wait is not None:
        Try.objects.filter(pk__in=pks).delete()
        raise TooManyTries(f"{WORDS[what]} Wait {wait_words(wait)}, then try again.")
    return Trying(what, ours, pks)


def key_of(what: Tried, per: Per, key: str) -> str:
    """What is kept of a user name, device or address: enough to count by, nothing to read."""
    plain = unicodedata.normalize("NFKC", key).casefold()
    return hmac.new(
        settings.SECRET_KEY.encode(), f"homeround.try {what} {per} {plain}".encode(), hashlib.sha256
    ).hexdigest()[:32]


def forget_old(at: datetime) -> int:
    """Clear the tries that count for nothing any more; returns how many."""
    gone, _ = Try.objects.filter(tried_at__lte=at - LONGEST).delete()
    return gone


def _wait(what: Tried, keys: Mapping[Per, str], at: datetime) -> timedelta | None:
    """How long until the next try may be made; None when this one may. One statement."""
    limits = LIMITS[what]
    newer = Q()
    for per, key in keys.items():
        newer |= Q(key=key, tried_at__gt=at - limits[per].within)
    counted = Try.objects.filter(newer, what=what).values("key").annotate(count=Count("pk"), first=Min("tried_at"))
    found = {row["key"]: (row["count"], row["first"]) for row in counted}
    waits = [
        found[key][1] + limits[per].within - at
        for per, key in keys.items()
        if key in found and found[key][0] > limits[per].most
    ]
    return max(waits, default=None)
