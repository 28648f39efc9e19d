"""Messages to deliver: queued in the transaction of the action that makes them, handed over by a worker. H25.

A worker leases one message, hands it to the mail port and writes down when; a worker that dies in between leaves a
lease that ends, and another takes over. The row's ref travels as the message's id, so that a mail server can tell a
repeat. The text is made only when it is sent, from the numbers kept here, by whatever fulfils `write_mail`.
"""

import dataclasses
import getpass
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from homeround.kernel.audit.actor import SystemActor, acting, actor_of_context
from homeround.kernel.models import Outbox
from homeround.kernel.policy import FIRST_RETRY, GIVE_UP_AFTER, LEASE, MAIL_PASS, SEVERAL_TRIES, TRIES
from homeround.kernel.ports import Mail, Port, send_mail

log = logging.getLogger(__name__)

_NUMBER_OR_REF: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Message:
    """What is known of a message: for whom (a user or a mailbox), what for, numbers and refs of what it is about."""

    ref: str
    user_id: int | None
    mailbox: str
    purpose: str
    about: Mapping[str, int | str]
    queued_at: datetime
    attempts: int
    failure: str
    due_at: datetime | None = None


write_mail: Port[[Message], Mail | None] = Port("write_mail")
"""Finds the address and writes the words when a message is sent. None: nobody to send it to, so it is given up."""


def queue(
    *,
    purpose: str,
    about: Mapping[str, int | str],
    dedupe_key: str,
    at: datetime,
    user_id: int | None = None,
    mailbox: str = "",
    not_before: datetime | None = None,
) -> None:
    """Queue one message to a user or a mailbox, in the running transaction; a second with the same key does nothing.

    `about` holds numbers and refs only. RuntimeError when nobody acts, ValueError for words in `about`.
    """
    if actor_of_context() is None:
        raise RuntimeError("A message is queued by an action.")
    for key, value in about.items():
        if not _NUMBER_OR_REF.fullmatch(str(value)):
            raise ValueError(f"{key} of a message may be a number or a ref, not words.")
    row = Outbox(
        user_id=user_id,
        mailbox=mailbox,
        purpose=purpose,
        body=dict(about),
        dedupe_key=dedupe_key,
        queued_at=at,
        due_at=not_before or at,
        next_try_at=not_before or at,
    )
    Outbox.objects.bulk_create([row], ignore_conflicts=True)


def queue_each(*, keys: Mapping[int, str], purpose: str, at: datetime, not_before: datetime | None = None) -> None:
    """Queue a message for each of these users under its key, as `queue` does, in one statement.

    RuntimeError when nobody acts.
    """
    if actor_of_context() is None:
        raise RuntimeError("A message is queued by an action.")
    due_at = not_before or at
    rows = [
        Outbox(
            user_id=user_id,
            mailbox="",
            purpose=purpose,
            body={},
            dedupe_key=key,
            queued_at=at,
            due_at=due_at,
            next_try_at=due_at,
        )
        for user_id, key in keys.items()
    ]
    Outbox.objects.bulk_create(rows, ignore_conflicts=True)


def handed_over_among(keys: Iterable[str]) -> frozenset[str]:
    """Those of these keys whose message was handed over; one statement."""
    rows = Outbox.objects.filter(dedupe_key__in=list(keys), handed_over_at__isnull=False)
    return frozenset(rows.values_list("dedupe_key", flat=True))


def deliver_due(*, clock: Callable[[], datetime], worker: str) -> int:
    """Hand over what is due, one message after another, for MAIL_PASS at most; returns how many were handed over.

    `worker` is unlike the name of any other running worker. `clock` is asked anew for each message, since handing over
    takes time; it comes from jobs. What is left over is the next pass's, so that the sign of life comes through beside
    a slow server.
    """
    handed_over, until = 0, clock() + MAIL_PASS
    while (at := clock()) <= until and (message := _lease(at, worker)) is not None:
        handed_over += _hand_over(message, clock, worker)
    return handed_over


def undelivered(*, at: datetime, purpose: str | None = None) -> list[Message]:
    """Messages given up or not handed over in time, oldest first: derived now, whether or not a worker lives."""
    waiting = Outbox.objects.filter(handed_over_at__isnull=True)
    late = waiting.filter(Q(given_up_at__isnull=False) | Q(due_at__lte=at - GIVE_UP_AFTER))
    if purpose is not None:
        late = late.filter(purpose=purpose)
    return [_message(row) for row in late.order_by("queued_at", "id")]


def failing(*, at: datetime) -> int:
    """How many messages have been tried several times already and are tried again: the mail server refuses them."""
    waiting = Outbox.objects.filter(handed_over_at__isnull=True, given_up_at__isnull=True, due_at__lte=at)
    return waiting.filter(attempts__gte=SEVERAL_TRIES).exclude(failure="").count()


@dataclass(frozen=True)
class Delivery:
    """What became of a message: when it was queued and handed over, or that it was given up."""

    queued_at: datetime
    handed_over_at: datetime | None
    given_up_at: datetime | None


def deliveries(*, dedupe_keys: Iterable[str]) -> list[Delivery]:
    """What became of the messages with these keys, the first handed over first; one statement."""
    rows = Outbox.objects.filter(dedupe_key__in=list(dedupe_keys)).order_by("handed_over_at", "queued_at", "id")
    found = [Delivery(row.queued_at, row.handed_over_at, row.given_up_at) for row in rows]
    return sorted(found, key=lambda delivery: delivery.handed_over_at is None)


def _due(at: datetime) -> QuerySet[Outbox]:
    return Outbox.objects.filter(
        Q(leased_until__isnull=True) | Q(leased_until__lte=at),
        handed_over_at__isnull=True,
        given_up_at__isnull=True,
        next_try_at__lte=at,
    ).order_by("next_try_at", "id")


def _lease(at: datetime, worker: str) -> Message | None:
    """Take the next message for a while. Tries count from here, so a message that kills its worker is given up too."""
    while _due(at).exists():  # asked before a transaction, which on SQLite would take the one write lock
        with _acting():
            row = _due(at).select_for_update(skip_locked=True).first()
            if row is None:
                return None
            if _is_out_of_tries(row.attempts, row.due_at, at):
                _mine(row.ref, row.leased_by).update(given_up_at=at, leased_until=None, leased_by="")
                continue
            row.attempts, row.leased_until, row.leased_by = row.attempts + 1, at + LEASE, worker
            row.save(update_fields=["attempts", "leased_until", "leased_by"])
            return _message(row)
    return None


def _hand_over(message: Message, clock: Callable[[], datetime], worker: str) -> bool:
    failure = ""
    try:
        mail = write_mail(message)
        if mail is not None:
            send_mail(dataclasses.replace(mail, ref=message.ref))
    except Exception as error:  # noqa: BLE001 - whatever a mail server does, the other messages go on
        mail, failure = None, type(error).__name__
        log.warning("message %s was not handed over: %s", message.ref, failure)
    at = clock()
    with _acting():
        row = _mine(message.ref, worker)
        if mail is not None:
            return bool(row.update(handed_over_at=at, leased_until=None, leased_by="", failure=""))
        due_at = message.due_at or message.queued_at
        if not failure or _is_out_of_tries(message.attempts, due_at, at):
            row.update(given_up_at=at, leased_until=None, leased_by="", failure=failure or "NoAddress")
        else:
            next_try_at = at + FIRST_RETRY * 2 ** (message.attempts - 1)
            row.update(next_try_at=next_try_at, leased_until=None, leased_by="", failure=failure)
    return False


def _is_out_of_tries(attempts: int, due_at: datetime, at: datetime) -> bool:
    return attempts >= TRIES or (attempts > 0 and at - due_at >= GIVE_UP_AFTER)


def _mine(ref: str, worker: str) -> QuerySet[Outbox]:
    """The row, while this worker still has its lease and nothing final has been written."""
    return Outbox.objects.filter(ref=ref, leased_by=worker, handed_over_at__isnull=True, given_up_at__isnull=True)


def _acting() -> AbstractContextManager[None]:
    return acting(SystemActor("worker", getpass.getuser()))


def _message(row: Outbox) -> Message:
    return Message(
        row.ref, row.user_id, row.mailbox, row.purpose, row.body, row.queued_at, row.attempts, row.failure, row.due_at
    )
