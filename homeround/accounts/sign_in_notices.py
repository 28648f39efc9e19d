"""Telling somebody that the way they sign in has changed, by a message without content. ASVS 2.2.3."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from homeround.accounts.sign_in_events import Person
from homeround.kernel.audit.actor import acting
from homeround.kernel.calendar.times import london_date
from homeround.kernel.delivery import outbox

CHANGED: Final = "sign-in changed"
"""The purpose of the message (homeround.gateways.mail has its words)."""


def tell_of_change(*, user_id: int, at: datetime) -> None:
    """Queue the message, once a day. Whoever has no address reads it on their own page of sign-ins."""
    with acting(Person(user_id)):
        outbox.queue(
            purpose=CHANGED, about={}, user_id=user_id, at=at, dedupe_key=f"{CHANGED} {user_id} {london_date(at)}"
        )
