"""Seals: batches of heads under a MAC, chained, the newest also in a file outside the database (anchor). H57.

The key (HOMEROUND_AUDIT_KEY) is not in the database, so whoever holds the database alone cannot make a seal. Somebody
who holds machine, key and anchor can: no program stops that.
"""

import hashlib
import hmac
import json
import logging
import struct
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction

from homeround.kernel import stamp
from homeround.kernel.audit import durable
from homeround.kernel.models import AuditEntry, AuditSeal
from homeround.kernel.policy import SEAL_WAITS

log = logging.getLogger(__name__)

LEAF: Final = struct.Struct(">Q16s")
"""24 bytes an entry: its number, and 16 bytes of the digest of its content, so that a seal can name one entry."""

_BATCH: Final = 10_000
_WAIT_MS: Final = int(SEAL_WAITS.total_seconds() * 1000)


class UnreadableAnchor(ValueError):  # noqa: N818 - what it is
    """The file is not there or is no anchor."""


@dataclass(frozen=True)
class Anchor:
    """The newest seal as it is kept outside the database. `leaves`: SHA-256 of the seal's leaves, in hexadecimal."""

    installation: str
    first_id: int
    last_id: int
    count: int
    leaves: str
    previous: str
    key_id: str
    sealed_at: str
    mac: str


def seal(at: datetime) -> int:
    """Seal every entry that is final, and renew the anchor; returns how many entries were sealed.

    On PostgreSQL it waits two seconds at most for writers in flight and then leaves it to the next time.
    """
    try:
        horizon = _horizon()
    except OperationalError:
        log.info("not sealed now: writers were busy")
        return 0
    sealed = 0
    while count := _seal_batch(horizon, at):
        sealed += count
    _renew_anchor()
    return sealed


def unsealed() -> int:
    """How many entries no seal covers yet."""
    newest = AuditSeal.objects.order_by("-id").first()
    return AuditEntry.objects.filter(id__gt=newest.last_id if newest else 0).count()


def content_digest(entry: AuditEntry) -> bytes:
    """16 bytes of the digest of all that a head says but its number, the same on both databases."""
    said = [
        in_utc(entry.logged_at),
        entry.actor,
        entry.table_name,
        entry.row_id,
        entry.op,
        entry.subject_id,
        entry.place_id,
        entry.digest,
    ]
    return hashlib.sha256(json.dumps(said).encode()).digest()[:16]


def as_anchor(made: AuditSeal) -> Anchor:
    """What the anchor says of a seal."""
    return Anchor(
        installation=stamp.installation(),
        first_id=made.first_id,
        last_id=made.last_id,
        count=made.count,
        leaves=hashlib.sha256(made.leaves).hexdigest(),
        previous=made.previous,
        key_id=made.key_id,
        sealed_at=in_utc(made.sealed_at),
        mac=made.mac,
    )


def mac(anchor: Anchor, key: bytes) -> str:
    """The MAC over all that a seal says and its installation: a seal of another installation does not fit here."""
    said = {name: value for name, value in asdict(anchor).items() if name != "mac"}
    return hmac.new(key, json.dumps(said, sort_keys=True).encode(), hashlib.sha256).hexdigest()


def read_anchor(file: Path) -> Anchor:
    """Read an anchor. Raises UnreadableAnchor with words for a person."""
    try:
        return Anchor(**json.loads(file.read_text()))
    except FileNotFoundError:
        raise UnreadableAnchor(f"There is no anchor file {file}.") from None
    except (OSError, ValueError, TypeError):
        raise UnreadableAnchor(f"{file} is not an anchor file.") from None


def in_utc(at: datetime) -> str:
    """An instant as text, the same whatever zone or database it came through."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _horizon() -> int:
    """The number up to which all entries are final: none with a lower number can still be committed."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{_WAIT_MS}ms"])
            cursor.execute("SELECT audit_horizon()")
        else:  # one writer at a time: what is committed is final
            cursor.execute("SELECT coalesce(max(id), 0) FROM kernel_audit_entry")
        return int(cursor.fetchone()[0])


def _seal_batch(horizon: int, at: datetime) -> int:
    before = AuditSeal.objects.order_by("-id").first()
    after_id = before.last_id if before else 0
    entries = list(AuditEntry.objects.filter(id__gt=after_id, id__lte=horizon).order_by("id")[:_BATCH])
    if not entries:
        return 0
    key_id, key = next(iter(settings.AUDIT_KEYS.items()))
    made = AuditSeal(
        first_id=entries[0].id,
        last_id=entries[-1].id,
        count=len(entries),
        leaves=b"".join(LEAF.pack(entry.id, content_digest(entry)) for entry in entries),
        previous=before.mac if before else "",
        key_id=key_id,
        sealed_at=at,
    )
    made.mac = mac(as_anchor(made), key)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # another process sealed the same entries at the same moment
        return 0
    return len(entries)


def _renew_anchor() -> None:
    """Write the newest seal to the anchor, unless the anchor knows a seal that this database does not: that is
    evidence.
    """
    newest = AuditSeal.objects.order_by("-id").first()
    if newest is None:
        return
    file = Path(settings.AUDIT_ANCHOR)
    if file.exists() and not _continues(file):
        log.error("the anchor does not fit this database and was left as it is: run `homeround verify-audit --anchor`")
        return
    durable.write(file, json.dumps(asdict(as_anchor(newest)), indent=1))


def _continues(file: Path) -> bool:
    try:
        anchor = read_anchor(file)
    except UnreadableAnchor:
        return False
    same_installation = anchor.installation == stamp.installation()
    return same_installation and AuditSeal.objects.filter(last_id=anchor.last_id, mac=anchor.mac).exists()
