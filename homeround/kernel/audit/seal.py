"""Seals: batches of heads under a MAC, chained, the newest also in a file outside the database (anchor). H57.

The key (HOMEROUND_AUDIT_KEY) is not in the database, so whoever holds the database alone cannot make a seal. Somebody
who holds machine, key and anchor can: no program stops that. A seal that our keys do not make is not believed: sealing
goes on from the newest that they do make, and the anchor never takes another.
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
from django.db import OperationalError, connection, transaction

from homeround.kernel import stamp
from homeround.kernel.audit import durable
from homeround.kernel.models import AuditEntry, AuditSeal
from homeround.kernel.policy import SEAL_WAITS

log = logging.getLogger(__name__)

LEAF: Final = struct.Struct(">Q16s")
"""24 bytes an entry: its number, and 16 bytes of the digest of its content, so that a seal can name one entry."""

_BATCH: Final = 10_000
_SEALING: Final = 0x5EA1
"""PostgreSQL's advisory lock of whoever seals."""
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

    On PostgreSQL it waits two seconds at most for writers in flight and then leaves it to the next time. Where the
    anchor knows a seal that is not here it is left as it is: this database is older than what is known. Where a sealed
    log has no anchor none is made: that it is gone is found (verify.py) until a person has accepted it.
    """
    was_sealed = newest_believed() is not None
    try:
        horizon = _horizon()
    except OperationalError:
        log.info("not sealed now: writers were busy")
        return 0
    sealed = 0
    while count := _seal_batch(horizon, at):
        sealed += count
    if was_sealed and not Path(settings.AUDIT_ANCHOR).exists():
        log.error("the anchor is gone and was not made anew: run `homeround verify-audit`")
        return sealed
    _renew_anchor()
    return sealed


def unsealed() -> int:
    """How many entries no seal covers yet."""
    newest = newest_believed()
    return AuditEntry.objects.filter(id__gt=newest.last_id if newest else 0).count()


def unsealed_since() -> datetime | None:
    """When the oldest entry was logged that no seal covers yet (UTC); None when all are covered."""
    newest = newest_believed()
    waiting = AuditEntry.objects.filter(id__gt=newest.last_id if newest else 0)
    return waiting.order_by("id").values_list("logged_at", flat=True).first()


def newest_believed() -> AuditSeal | None:
    """The newest seal that one of our keys makes."""
    newest_first = AuditSeal.objects.order_by("-id").iterator(chunk_size=10)
    return next((made for made in newest_first if fits(as_anchor(made))), None)


def not_believed() -> int:
    """How many seals our keys do not make stand behind the newest that they do: somebody wrote them, or the key is not
    the one that sealed. The next seal stands behind them, so whoever seals asks before.
    """
    newest = newest_believed()
    return AuditSeal.objects.filter(id__gt=newest.id if newest else 0).count()


def fits(anchor: Anchor) -> bool:
    """Whether one of our keys made this seal, for this installation."""
    key = settings.AUDIT_KEYS.get(anchor.key_id)
    return key is not None and hmac.compare_digest(mac(anchor, key), anchor.mac)


def signed(said: dict[str, object]) -> tuple[str, str]:
    """The name of the key that seals now, and the MAC that it makes of what is said in this installation."""
    key_id, key = next(iter(settings.AUDIT_KEYS.items()))
    return key_id, _mac(said, key)


def is_signed(said: dict[str, object], *, key_id: str, mac: str) -> bool:
    """Whether one of our keys made this MAC."""
    key = settings.AUDIT_KEYS.get(key_id)
    return key is not None and hmac.compare_digest(_mac(said, key), mac)


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
    return _mac({name: value for name, value in asdict(anchor).items() if name != "mac"}, key)


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


def _mac(said: dict[str, object], key: bytes) -> str:
    return hmac.new(key, json.dumps(said, sort_keys=True).encode(), hashlib.sha256).hexdigest()


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
    before = newest_believed()
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
    with transaction.atomic():
        if not _alone() or _id_of(newest_believed()) != _id_of(before):  # another process seals the same entries now
            return 0
        made.save(force_insert=True)
    return len(entries)


def _alone() -> bool:
    """Whether this transaction alone seals: on SQLite any that writes is alone."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALING])
        return bool(cursor.fetchone()[0])


def _id_of(made: AuditSeal | None) -> int | None:
    return None if made is None else made.pk


def put_anchor_aside(at: datetime) -> Path | None:
    """Keep the anchor under a name of its own and write the newest seal in its place: after a person has accepted what
    was found. None when there was none, or it fitted.
    """
    file = Path(settings.AUDIT_ANCHOR)
    aside = None
    if file.exists() and not _continues(file):
        aside = file.with_name(f"{file.stem}-until-{at:%Y%m%dT%H%M%S}{file.suffix}")
        file.rename(aside)
    _renew_anchor()
    return aside


def _renew_anchor() -> None:
    """Write the newest seal to the anchor, unless the anchor knows a seal that this database does not: that is
    evidence.
    """
    newest = newest_believed()
    if newest is None:
        return
    file = Path(settings.AUDIT_ANCHOR)
    if file.exists() and not _continues(file):
        log.error("the anchor does not fit this database and was left as it is: run `homeround verify-audit`")
        return
    durable.write(file, json.dumps(asdict(as_anchor(newest)), indent=1))


def _continues(file: Path) -> bool:
    try:
        anchor = read_anchor(file)
    except UnreadableAnchor:
        return False
    same_installation = anchor.installation == stamp.installation()
    return same_installation and AuditSeal.objects.filter(last_id=anchor.last_id, mac=anchor.mac).exists()
