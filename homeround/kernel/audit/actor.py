"""Who is acting: told to the database for one transaction, so that its triggers can write it into the log.

On PostgreSQL it is a setting of the transaction; on SQLite a function asks the context. Outside `acting` a write is
refused on SQLite and logged as `db:<session user>` on PostgreSQL. Only `@action`, and what runs without a person, use
`acting`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from django.db import connection, transaction

ACTOR_SETTING = "homeround.actor"
CORRECTING_SETTING = "homeround.correcting"

_actor: ContextVar[str | None] = ContextVar("homeround_actor", default=None)
_correcting: ContextVar[bool] = ContextVar("homeround_correcting", default=False)


class Actor(Protocol):
    """Somebody acting in one capacity. A viewer of the layers above fits; numbers are those of their tables."""

    @property
    def membership_id(self) -> int | None: ...
    @property
    def user_id(self) -> int | None: ...
    @property
    def role(self) -> str: ...
    @property
    def body_id(self) -> int | None: ...


@dataclass(frozen=True)
class SystemActor:
    """A command or the worker: no person's capacity, but the operating system's user is written down."""

    name: str
    os_user: str
    membership_id: None = None
    user_id: None = None
    role: str = "system"
    body_id: None = None


def actor_text(actor: Actor, typed_for: int | None = None) -> str:
    """What the log says of the actor: JSON with numbers only. `typed_for` is the membership of whom a typist writes
    for.
    """
    if isinstance(actor, SystemActor):
        return json.dumps({"system": actor.name, "os_user": actor.os_user})
    return json.dumps(
        {
            "user": actor.user_id,
            "membership": actor.membership_id,
            "role": str(actor.role),
            "body": actor.body_id,
            "for": typed_for,
            "device": None,
        }
    )


def actor_of_context() -> str | None:
    """The text of who is acting now; None outside an action."""
    return _actor.get()


@contextmanager
def acting(actor: Actor, *, typed_for: int | None = None, savepoint: bool = True) -> Iterator[None]:
    """One transaction in which everything is written as `actor`; whoever acted before (nobody, as a rule) acts again
    afterwards. Without a `savepoint` what is refused inside takes a wider transaction back as a whole.
    """
    text = actor_text(actor, typed_for)
    outer = connection.in_atomic_block
    before = _actor.get()
    mark = _actor.set(text)
    try:
        with transaction.atomic(savepoint=savepoint):
            set_for_transaction(ACTOR_SETTING, text)
            yield
            if outer:  # a wider transaction goes on: what was set for it must not outlive this block
                set_for_transaction(ACTOR_SETTING, before or "")
    finally:
        _actor.reset(mark)


@contextmanager
def correcting_mark() -> Iterator[None]:
    """The mark for which the triggers let a correction through; see kernel/record/corrections.py, the only caller."""
    mark = _correcting.set(True)
    try:
        with transaction.atomic():
            set_for_transaction(CORRECTING_SETTING, "on")
            yield
            set_for_transaction(CORRECTING_SETTING, "")
    finally:
        _correcting.reset(mark)


def is_correcting() -> bool:
    """Is a correction under way in this context?"""
    return _correcting.get()


def set_for_transaction(name: str, value: str) -> None:
    """Set a PostgreSQL setting until the transaction ends; nothing on SQLite, whose triggers ask the context."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
