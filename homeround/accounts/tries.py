"""Tries counted in the database, so that a limit holds over all processes and outlives a restart (limits.py).

A try is written down before it is made: a hundred at once are a hundred rows, not a hundred looks at an empty table.
Only so many are looked at at once; the others wait until it is known whether those are right. So a guess never gets
past the limit, and a right one never counts as wrong, however many come at once. Whoever succeeds takes their own tries
back. What is kept of a key cannot be read: neither user name nor address.
"""

from __future__ import annotations

import hashlib
import hmac
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Min, Q

from homeround.accounts.limits import (
    AT_ONCE,
    JUDGED,
    JUDGED_WITHIN,
    LIMITS,
    LONGEST,
    WAITS_FOR_OTHERS,
    WORDS,
    Per,
    Tried,
    wait_words,
)
from homeround.accounts.models import Try
from homeround.kernel.refusals import TooManyTries

LOOKS_EVERY: Final = 0.1
"""Seconds between two looks at whether it is a try's turn: about what comparing a password takes."""


@dataclass(frozen=True)
class Trying:
    """A try that may be made, and of which somebody then says whether it was right: `succeeded` or `failed`."""

    what: Tried
    keys: Mapping[Per, str]
    rows: tuple[int, ...]

    def succeeded(self) -> None:
        """It was right: it counts against nobody, and the wrong ones before it are forgiven, but for those of the
        address.
        """
        forgiven = [key for per, key in self.keys.items() if per is not Per.ADDRESS]
        Try.objects.filter(Q(pk__in=self.rows) | Q(what=self.what, key__in=forgiven, counts=True)).delete()

    def failed(self) -> None:
        """It was wrong, and counts."""
        Try.objects.filter(pk__in=self.rows).update(counts=True)


def begin(what: Tried, keys: Mapping[Per, str], *, at: datetime) -> Trying:
    """Write a try down, for each of `keys` that has a limit; raises TooManyTries when any of them is used up.

    Waits up to `WAITS_FOR_OTHERS` while as many as a limit allows are being looked at.
    """
    limits = LIMITS[what]
    ours = {per: key_of(what, per, key) for per, key in keys.items() if per in limits}
    counts = what not in JUDGED
    rows = Try.objects.bulk_create([Try(what=what, key=key, tried_at=at, counts=counts) for key in ours.values()])
    trying = Trying(what, ours, tuple(row.pk for row in rows))
    last = time.monotonic() + WAITS_FOR_OTHERS.total_seconds()
    while (place := _place(trying, at)).is_in_line and time.monotonic() < last:
        time.sleep(LOOKS_EVERY)
    if place.wait is not None or place.is_in_line:
        Try.objects.filter(pk__in=trying.rows).delete()
        words = AT_ONCE if place.wait is None else f"{WORDS[what]} Wait {wait_words(place.wait)}, then try again."
        raise TooManyTries(words)
    return trying


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


@dataclass(frozen=True)
class _Place:
    """How long until the next try may be made (None: this one may), and whether others are looked at before it."""

    wait: timedelta | None
    is_in_line: bool


def _place(trying: Trying, at: datetime) -> _Place:
    """Where a try stands among those of its keys that were written down before it. One statement."""
    limits = LIMITS[trying.what]
    newer = Q()
    for per, key in trying.keys.items():
        newer |= Q(key=key, tried_at__gt=at - limits[per].within)
    before = Try.objects.filter(newer, what=trying.what, pk__lt=min(trying.rows, default=0))
    wrong = Q(counts=True) | Q(tried_at__lte=at - JUDGED_WITHIN)
    counted = before.values("key").annotate(
        all=Count("pk"), wrong=Count("pk", filter=wrong), first=Min("tried_at", filter=wrong)
    )
    found = {row["key"]: row for row in counted}
    waits, is_in_line = [], False
    for per, key in trying.keys.items():
        row = found.get(key)
        if row is not None and row["wrong"] >= limits[per].most:
            waits.append(row["first"] + limits[per].within - at)
        is_in_line |= row is not None and row["all"] >= limits[per].most
    wait = max(waits, default=None)
    return _Place(wait, is_in_line and wait is None)
