"""What somebody has typed and not sent: kept by the server for them alone, and ended with a warning. H39.

A draft is readable text about a person, so it is no part of the record, is not logged, and belongs to one membership:
no function here gives it to anybody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from homeround.kernel.models import Draft
from homeround.kernel.policy import DRAFT_KEPT


@dataclass(frozen=True)
class KeptDraft:
    """A draft as its owner sees it. `content`: what was typed, field by field; `ends_at`: when it goes (UTC)."""

    content: Mapping[str, list[str]]
    saved_at: datetime
    ends_at: datetime


def keep(*, membership_id: int, form: str, content: Mapping[str, list[str]], at: datetime) -> None:
    """Keep what is typed in a form, in place of what was kept before. `form` names form and subject, as its address
    does.
    """
    Draft.objects.update_or_create(
        membership_id=membership_id,
        form=form,
        defaults={"content": dict(content), "saved_at": at, "ends_at": at + DRAFT_KEPT},
    )


def kept(*, membership_id: int, form: str, at: datetime) -> KeptDraft | None:
    """What this member left in a form, unless it has ended."""
    draft = Draft.objects.filter(membership_id=membership_id, form=form, ends_at__gt=at).first()
    return None if draft is None else KeptDraft(draft.content, draft.saved_at, draft.ends_at)


def discard(*, membership_id: int, form: str) -> None:
    """Forget what was typed: it has been sent, or its owner does not want it."""
    Draft.objects.filter(membership_id=membership_id, form=form).delete()


def discard_ended(at: datetime) -> int:
    """Forget all drafts that have ended (the worker calls this); returns how many."""
    gone, _ = Draft.objects.filter(ends_at__lte=at).delete()
    return gone
