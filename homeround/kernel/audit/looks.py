"""Who looked: one insert before a page leaves; its trigger writes the log entry. H52, H57; trust.md (audit).

A page is never held up by the log: when it cannot be written within two seconds, the look goes to a file of its own,
synced to the disk, and the worker brings it in later. While that lasts the next looks do not wait at all. Where neither
log nor file can be written the page is not shown: Unwritable. Rows and files hold numbers only.
"""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import Q

from homeround.kernel.audit import durable
from homeround.kernel.audit.actor import Actor, actor_text
from homeround.kernel.models import Look, LookKind
from homeround.kernel.policy import LOOK_WAITS
from homeround.kernel.record.refs import new_ref

_WAIT_MS: Final = int(LOOK_WAITS.total_seconds() * 1000)
_COLUMNS: Final = (
    "actor",
    "user_id",
    "membership_id",
    "kind",
    "page",
    "subject_id",
    "place_id",
    "thing_id",
    "subjects",
    "ground",
    "looked_at",
    "spool_ref",
)
_Row = dict[str, str | int | None]


_BLOCKED_FOR: Final = 10.0
"""Seconds after a look that could not be logged in which others do not wait for the log."""

_blocked = {"until": 0.0}


class Unwritable(OSError):  # noqa: N818 - what the log is
    """Neither the log nor a file can be written, so nothing about anybody is shown."""


@dataclass(frozen=True)
class Seen:
    """One look at a person, alone or on a list. `ground`: by which relationship; `actor`: who, as the log has it."""

    at: datetime
    kind: LookKind
    page: str
    ground: str
    user_id: int | None
    membership_id: int | None
    actor: str


def record(
    viewer: Actor,
    *,
    kind: LookKind,
    page: str,
    ground: str,
    at: datetime,
    subject_id: int | None = None,
    subject_ids: Iterable[int] = (),
    place_id: int | None = None,
    thing_id: int | None = None,
) -> None:
    """Write down that `viewer` is shown a person (`subject_id`) or a list of people (`subject_ids`) at a place.

    Call it in autocommit, before the first byte leaves. `page` is the page's name, never an address.
    """
    row: _Row = {
        "actor": actor_text(viewer),
        "user_id": viewer.user_id,
        "membership_id": viewer.membership_id,
        "kind": kind.value,
        "page": page,
        "subject_id": subject_id,
        "place_id": place_id,
        "thing_id": thing_id,
        "subjects": json.dumps(sorted(subject_ids)),
        "ground": ground,
        "looked_at": at.isoformat(),
        "spool_ref": None,
    }
    is_blocked = time.monotonic() < _blocked["until"]
    try:
        with waiting_briefly(0 if is_blocked else _WAIT_MS):
            _insert(row, 1 if is_blocked else _WAIT_MS)
    except OperationalError as problem:
        _blocked["until"] = time.monotonic() + _BLOCKED_FOR
        try:
            _spool(row)
        except OSError as full:
            raise Unwritable(full.errno, "neither the log nor a file beside it can be written") from problem
    else:
        _blocked["until"] = 0.0


def bring_in() -> int:
    """Bring looks that wait in files into the log (for the worker); returns how many. Safe to stop at any point."""
    folder = _folder()
    waiting = sorted(folder.glob("*.json")) if folder.is_dir() else []
    for file in waiting:
        try:
            row = json.loads(file.read_text())
        except FileNotFoundError:  # another worker was quicker
            continue
        _insert(row)
        file.unlink(missing_ok=True)
    return len(waiting)


def waiting() -> int:
    """How many looks wait in files."""
    return sum(1 for _ in _folder().glob("*.json"))


def seen(*, subject_id: int, place_ids: Sequence[int], since: datetime, until: datetime) -> list[Seen]:
    """Every look at a person from `since` until before `until`, newest first; lists only at `place_ids`."""
    looks = Look.objects.filter(
        Q(subject_id=subject_id) | Q(subject_id__isnull=True, place_id__in=place_ids),
        looked_at__gte=since,
        looked_at__lt=until,
    ).order_by("-looked_at", "-id")
    return [
        Seen(look.looked_at, LookKind(look.kind), look.page, look.ground, look.user_id, look.membership_id, look.actor)
        for look in looks
        if look.subject_id == subject_id or subject_id in look.subjects
    ]


def _insert(row: _Row, wait_ms: int = _WAIT_MS) -> None:
    """One statement. On PostgreSQL its own first condition bounds how long it waits for a lock on the log."""
    at = datetime.fromisoformat(str(row["looked_at"]))
    values = [row[column] for column in _COLUMNS]
    values[_COLUMNS.index("looked_at")] = connection.ops.adapt_datetimefield_value(at)
    bounded = connection.vendor == "postgresql"
    condition = f"set_config('lock_timeout', '{wait_ms}', true) IS NOT NULL" if bounded else "true"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO kernel_look ({', '.join(_COLUMNS)}) SELECT {', '.join(['%s'] * len(_COLUMNS))} "
            f"WHERE {condition} ON CONFLICT DO NOTHING",
            values,
        )


@contextmanager
def waiting_briefly(wait_ms: int = 250) -> Iterator[None]:
    """On SQLite the wait for the write lock belongs to the connection: shorten it for what is done inside."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    plain = connection.connection
    plain.execute(f"PRAGMA busy_timeout = {wait_ms}")
    try:
        yield
    finally:
        usual = connection.settings_dict["OPTIONS"].get("timeout", 5)
        plain.execute(f"PRAGMA busy_timeout = {int(usual * 1000)}")


def _folder() -> Path:
    return Path(settings.AUDIT_SPOOL)


def _spool(row: _Row) -> None:
    """A file for each look, so that bringing one in never races with writing another."""
    ref = new_ref()
    durable.write(_folder() / f"{ref}.json", json.dumps({**row, "spool_ref": ref}))
