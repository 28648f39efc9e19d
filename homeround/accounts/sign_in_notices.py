"""Telling people of what happens to a way of signing in, by messages that name nobody. ASVS 2.2.3, 2.5."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import Right, roles_with
from homeround.accounts.sign_in_events import Person
from homeround.kernel.audit.actor import acting
from homeround.kernel.calendar.times import london_date
from homeround.kernel.delivery import outbox

CHANGED: Final = "sign-in changed"
"""The purpose of the message (homeround.gateways.mail has its words)."""

HELPED: Final = "sign-in helped"
WAY_IN: Final = "way in"


def tell_of_change(*, user_id: int, at: datetime) -> None:
    """Queue the message, once a day. Whoever has no address reads it on their own page of sign-ins."""
    with acting(Person(user_id)):
        outbox.queue(
            purpose=CHANGED, about={}, user_id=user_id, at=at, dedupe_key=f"{CHANGED} {user_id} {london_date(at)}"
        )


def tell_way_in(*, user_id: int, ref: str, at: datetime) -> None:
    """Queue the message that takes a way in to the person; the code is made when it is sent."""
    outbox.queue(purpose=WAY_IN, about={"way_in": ref}, user_id=user_id, at=at, dedupe_key=f"{WAY_IN} {ref}")


def tell_managers(*, of_user: int, but: int, at: datetime) -> None:
    """Queue a message to the managers of every body somebody acts for, but for the one who did it: once a day each."""
    bodies = open_memberships(at).filter(user=of_user).values("body")
    managers = open_memberships(at).filter(body__in=bodies, role__in=roles_with(Right.GRANTING))
    told = managers.exclude(user__in=(but, of_user)).order_by("user").values_list("user", flat=True).distinct()
    for user_id in told:
        key = f"{HELPED} {of_user} {user_id} {london_date(at)}"
        outbox.queue(purpose=HELPED, about={}, user_id=user_id, at=at, dedupe_key=key)
