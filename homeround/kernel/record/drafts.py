"""What somebody has typed and not sent: kept by the server for them alone, and ended with a warning. H39.

A draft belongs to one opened form, by its token: two tabs of one form keep two. It is readable text about a person, so
it is no part of the record, is not logged, and belongs to one membership: no function here gives it to anybody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from homeround.kernel.models import Draft
from homeround.kernel.policy import DRAFT_KEPT
from homeround.kernel.prepared import prepared

AT_MOST: Final = 5
"""How many drafts of one form are kept for one member; the oldest go."""


@dataclass(frozen=True)
class KeptDraft:
    """A draft as its owner sees it. `content`: what was typed, field by field; `ends_at`: when it goes (UTC)."""

    number: int
    token: str
    content: Mapping[str, list[str]]
    saved_at: datetime
    ends_at: datetime


def keep(*, membership_id: int, form: str, token: str, content: Mapping[str, list[str]], at: datetime) -> datetime:
    """Keep what is typed in an opened form, in place of what was kept of it before; returns when it ends.

    `form` names form and subject, as its address does; `token` is the one the opened form is sent with.
    """
    ends_at = at + DRAFT_KEPT
    _, is_new = Draft.objects.update_or_create(
        membership_id=membership_id,
        form=form,
        token=token,
        defaults={"content": dict(content), "saved_at": at, "ends_at": ends_at},
    )
    if is_new:
        of_form = Draft.objects.filter(membership_id=membership_id, form=form)
        newest = of_form.order_by("-saved_at", "-id").values_list("id", flat=True)[:AT_MOST]
        of_form.exclude(id__in=list(newest)).delete()
    return ends_at


def kept(*, membership_id: int, form: str, at: datetime) -> list[KeptDraft]:
    """What this member left in a form, the newest first, without what has ended."""
    return [KeptDraft(*row) for row in _kept(membership=membership_id, form=form, at=at)]


@prepared
def _kept(*, membership: int, form: str, at: datetime) -> QuerySet[Draft, Any]:
    drafts = Draft.objects.filter(membership_id=membership, form=form, ends_at__gt=at).order_by("-saved_at", "-id")
    return drafts.values_list("id", "token", "content", "saved_at", "ends_at")


def discard(*, membership_id: int, form: str, token: str) -> None:
    """Forget what was typed in an opened form: it has been sent, or its owner does not want it."""
    Draft.objects.filter(membership_id=membership_id, form=form, token=token).delete()


def discard_ended(at: datetime) -> int:
    """Forget all drafts that have ended (the worker calls this); returns how many."""
    gone, _ = Draft.objects.filter(ends_at__lte=at).delete()
    return gone
