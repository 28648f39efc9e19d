"""Who is told that it became their turn: the practice that is asked, whoever decided, and the PCN behind them."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import Role
from homeround.ehch.decisions.models import Ask
from homeround.kernel.calendar.times import london_date
from homeround.kernel.delivery import outbox


def awaiting_reply_key(user_id: int, at: datetime) -> str:
    """The key of the one message a day that tells a clinician that something awaits a reply."""
    return f"awaiting-reply:{user_id}:{london_date(at).isoformat()}"


def tell_practice(practice_id: int, ask: Ask, at: datetime) -> None:
    """Queue one message a day for each clinician of the practice: something awaits a reply. It names nobody
    (trust.md).
    """
    clinicians = open_memberships(at).filter(body=practice_id, role=Role.PRACTICE_CLINICIAN)
    for user_id in clinicians.values_list("user_id", flat=True):
        outbox.queue(
            user_id=user_id,
            purpose="awaiting reply",
            about={"ask": ask.pk},
            dedupe_key=awaiting_reply_key(user_id, at),
            at=at,
        )
