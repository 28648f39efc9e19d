"""Telling people that it has become their turn: one message a day each, on a working day, that names nobody (trust.md).

It says that something waits, never what. It goes only to people who may act in their capacity now; what it became their
turn to do waits on their first page whether or not any message reaches them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

from homeround.accounts.models import Membership
from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import Role
from homeround.kernel.calendar.bank_holidays import ENGLAND
from homeround.kernel.calendar.times import from_london, london_date
from homeround.kernel.calendar.working_days import due_after, is_working_day
from homeround.kernel.delivery import outbox
from homeround.kernel.delivery.outbox import Delivery, deliveries

MORNING: Final = time(8)
"""When a message that waits for the next working day is sent, in London."""


def tell(*, body_id: int, roles: Iterable[Role], purpose: str, at: datetime) -> None:
    """Tell everybody who acts in one of these roles at a body now. Within an action.

    `purpose` says in the outbox what for, with no name in it: `awaiting reply`.
    """
    members = open_memberships(at).filter(body=body_id, role__in=list(roles))
    _queue(members.order_by("user_id").values_list("user_id", flat=True).distinct(), purpose, at)


def tell_member(*, membership_id: int, purpose: str, at: datetime) -> bool:
    """Tell one person who acts for the body of this membership, in it or in a later one; False when they do no more, so
    that somebody else is to be told.
    """
    theirs = Membership.objects.same_as(membership_id)
    users = set(open_memberships(at).filter(pk__in=theirs).values_list("user_id", flat=True))
    _queue(users, purpose, at)
    return bool(users)


def told(*, user_ids: Iterable[int], since: datetime) -> Delivery | None:
    """The first message that told one of these people of what happened at `since`; None when none was queued.

    A message of that day that was handed over before does not tell of it. One statement.
    """
    users = list(user_ids)
    keys = [_key(user, day) for user in users for day in _days(since)]
    found = [
        delivery
        for delivery in deliveries(dedupe_keys=keys)
        if not delivery.handed_over_at or delivery.handed_over_at >= since
    ]
    return found[0] if found else None


def _queue(users: Iterable[int], purpose: str, at: datetime) -> None:
    """One message a day each: today's, or the next day's where today's is on its way already. Three statements."""
    today, next_day = _days(at)
    keys = {user_id: _key(user_id, today) for user_id in users}
    if not keys:
        return
    told_today = outbox.handed_over_among(keys.values())
    for day, those in (
        (today, [user_id for user_id, key in keys.items() if key not in told_today]),
        (next_day, [user_id for user_id, key in keys.items() if key in told_today]),
    ):
        if those:
            outbox.queue_each(
                keys={user_id: _key(user_id, day) for user_id in those},
                purpose=purpose,
                at=at,
                not_before=None if day == london_date(at) else from_london(day, MORNING),
            )


def _days(at: datetime) -> tuple[date, date]:
    """The working day whose message tells of what happens at an instant, and the next one."""
    today = london_date(at)
    first = today if is_working_day(today, ENGLAND) else _next(today)
    return first, _next(first)


def _next(day: date) -> date:
    return due_after(day, days=1, calendar=ENGLAND).on


def _key(user_id: int, day: date) -> str:
    return f"your-turn:{user_id}:{day.isoformat()}"
