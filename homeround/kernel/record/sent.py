"""A form as it was sent: what was done under it, and where that led. Sending it again gives the first answer. H35.

Asked before any door is opened, because the first sending may have changed who may open it: a concern moved to somebody
else, a death recorded, "not our patient". The answer is written in the transaction of the action, so that a form that
was done is a form that is remembered, whenever the machine stops.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models, transaction

from homeround.kernel.models import Done
from homeround.kernel.prepared import prepared

JUST_NOW: Final = timedelta(minutes=2)
"""How long after a form was saved its result is still new to whoever saved it."""


@dataclass(frozen=True)
class FirstAnswer:
    """When a form was done (UTC), and the address that its first answer led to; empty where none was written down."""

    done_at: datetime
    address: str


@dataclass
class Sending:
    """A form that is being saved: its address, its token, and the digest of what was typed into it.

    `results` are what the actions under it gave, to be written with the answer at once.
    """

    form: str
    token: str
    digest: str
    results: list[tuple[Done, str]] = field(default_factory=list)

    def led_to(self, address: str) -> None:
        """Write down the answer beside what was done. Call it inside `sending`, when all is done."""
        for claim, result in self.results:
            same_token(claim).update(result=result, answer=address)
        self.results.clear()

    def result_of(self, claim: Done) -> str:
        """The result of an action that this same form has called already; JSON, `null` when it has not."""
        same = (claim.action, claim.subject)
        return next((result for made, result in self.results if (made.action, made.subject) == same), "null")


_sending: ContextVar[Sending | None] = ContextVar("homeround_sending", default=None)


@contextmanager
def sending(*, form: str, token: str, typed: Mapping[str, Sequence[str]]) -> Iterator[Sending]:
    """One transaction for all that a form does and for its answer."""
    begun = Sending(form, token, digest_of(typed))
    mark = _sending.set(begun)
    try:
        with transaction.atomic():
            yield begun
    finally:
        _sending.reset(mark)


def now_sending() -> Sending | None:
    """The form that is being saved here; None outside one."""
    return _sending.get()


def first_answer(
    *, membership_id: int, form: str, token: str, typed: Mapping[str, Sequence[str]]
) -> FirstAnswer | None:
    """The answer that this very form got when it was sent before, by the same member with the same content.

    None when it was not done before, and when other words come under its token: that is for the form to say.
    """
    found = (
        Done.objects.filter(membership_id=membership_id, token=token, form=form, sent=digest_of(typed))
        .order_by("id")
        .values_list("done_at", "answer")
        .first()
    )
    return None if found is None else FirstAnswer(*found)


def led_to_just_now(*, membership_id: int, address: str, at: datetime) -> bool:
    """Whether a form that this member saved within the last two minutes led to this address."""
    answers = _answers(membership=membership_id, since=at - JUST_NOW)
    return any(answer.partition("#")[0] == address for answer in answers)


@prepared
def _answers(*, membership: int, since: datetime) -> models.QuerySet[Done, Any]:
    return Done.objects.filter(membership_id=membership, done_at__gte=since).values_list("answer", flat=True)


def digest_of(typed: Mapping[str, Sequence[str]]) -> str:
    """The same content always as the same digest, in whatever order the browser sent its fields."""
    content = json.dumps({name: list(values) for name, values in typed.items()}, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def same_token(claim: Done) -> models.QuerySet[Done]:
    """The row of a claim, by what makes it the only one."""
    return Done.objects.filter(
        membership_id=claim.membership_id, token=claim.token, action=claim.action, subject=claim.subject
    )
