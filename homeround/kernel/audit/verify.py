"""Has anybody tampered with the log? Names each entry that was changed, removed, added or moved. H57.

What a seal covers cannot be changed unnoticed. What is not sealed yet is checked as far as its numbers and digests go:
whoever may write the tables can still change it and make it fit, so how much that is and since when is said. Only an
anchor shows that the end of the log was cut off together with its seals, or that the database is an older copy: in a
cut-off log the numbers were once given out here, in an older copy they never were. The one beside the data is compared
always; one kept elsewhere also shows that somebody holds machine and data.

A seal that our keys do not make is named and not believed. What a person has accepted (accept.py) is told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef

from homeround.kernel import stamp
from homeround.kernel.audit import accept
from homeround.kernel.audit.digests import head_of, of_payload
from homeround.kernel.audit.seal import (
    LEAF,
    Anchor,
    UnreadableAnchor,
    as_anchor,
    content_digest,
    fits,
    newest_believed,
    read_anchor,
)
from homeround.kernel.audit.tables import DISPOSAL, ENTRY, SEAL
from homeround.kernel.models import AuditDisposal, AuditEntry, AuditPayload, AuditSeal


class Tampering(StrEnum):
    """What can be found."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    REORDERED = "reordered"
    PAYLOAD_MISSING = "payload missing"
    PAYLOAD_CHANGED = "payload changed"
    CUT_OFF = "cut off"
    REBUILT = "rebuilt"
    RESTORED = "restored"
    OTHER_KEY = "other key"
    OTHER_INSTALLATION = "other installation"
    NO_ANCHOR = "no anchor"


@dataclass(frozen=True)
class Finding:
    """One thing wrong, in words that name it; `entry_id` where it is one entry.

    `key` stays the same while the thing does, so that a person can accept it: numbers that grow are not in it.
    """

    what: Tampering
    words: str
    entry_id: int | None = None
    about: str = ""

    @property
    def key(self) -> str:
        return f"{self.what}:{self.about or (self.words if self.entry_id is None else self.entry_id)}"


@dataclass(frozen=True)
class Verdict:
    """What was found, how many entries are sealed, how many are not yet; `accepted`: what a person accepted before."""

    findings: tuple[Finding, ...]
    sealed: int
    unsealed: int
    accepted: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.findings


def verify(anchor: Anchor | None = None) -> Verdict:
    """Check the whole log against its seals, and the newest seal against the anchor beside the data and one given."""
    issued = {table: _last_issued(table) for table in (ENTRY, SEAL)}  # before anything is read: writers go on meanwhile
    findings: list[Finding] = []
    sealed, last_id, previous = 0, 0, ""
    misfits: list[AuditSeal] = []
    for made in AuditSeal.objects.order_by("id").iterator(chunk_size=1):
        if not fits(as_anchor(made)):
            misfits.append(made)
            continue
        if made.previous != previous:
            if made.previous in {other.mac for other in misfits}:  # named already; what it covered is not covered here
                last_id = made.first_id - 1
            else:
                words = f"Seal {made.id} does not follow the seal before it: one was removed, or the chain was rebuilt."
                findings.append(Finding(Tampering.REBUILT, words))
        findings += _check_sealed(made, last_id)
        sealed, last_id, previous = sealed + made.count, made.last_id, made.mac
    findings += _misfits(misfits, AuditSeal.objects.count())
    unsealed, end, of_tail = _check_tail(last_id)
    findings += of_tail
    findings += _check_numbers(issued, end)
    if anchor is not None:
        findings += _check_anchor(anchor, last_id, issued[ENTRY])
    findings += [finding for finding in beside_the_data() if finding.key not in {found.key for found in findings}]
    known = accept.accepted_keys()
    new, old = ([finding for finding in findings if (finding.key in known) is is_old] for is_old in (False, True))
    return Verdict(tuple(new), sealed, unsealed, tuple(old))


def beside_the_data() -> list[Finding]:
    """Whether this database is older than the anchor beside it knows, or another one: two statements and a file."""
    file = Path(settings.AUDIT_ANCHOR)
    newest = newest_believed()
    if not file.exists():
        return [_gone(file, newest)] if newest else []
    try:
        anchor = read_anchor(file)
    except UnreadableAnchor as problem:
        return [Finding(Tampering.REBUILT, str(problem), about="unreadable anchor")]
    return list(_check_anchor(anchor, newest.last_id if newest else 0, _last_issued(ENTRY)))


def _gone(file: Path, newest: AuditSeal) -> Finding:
    """Whoever puts an older copy back, or cuts the log off, may take the anchor away with it."""
    words = (
        f"The log is sealed up to entry {newest.last_id}, but its anchor {file} is gone: "
        "nothing here tells an older copy from the newest."
    )
    return Finding(Tampering.NO_ANCHOR, words, about=f"no anchor of {newest.mac}")


def older_than_known() -> list[Finding]:
    """The same, without what a person has accepted."""
    found = beside_the_data()
    known = accept.accepted_keys() if found else frozenset()
    return [finding for finding in found if finding.key not in known]


def _check_sealed(made: AuditSeal, after_id: int) -> Iterator[Finding]:
    """Compare what a seal says of its entries with what stands after the seal before."""
    said: dict[int, bytes] = dict(LEAF.iter_unpack(made.leaves))
    stands: dict[int, bytes] = {}
    for entry, payload_finding in _entries(after_id, made.last_id):
        stands[entry.id] = content_digest(entry)
        if payload_finding and said.get(entry.id) == stands[entry.id]:  # a head that was changed is named below
            yield payload_finding
    number_of = {content: number for number, content in said.items()}
    for number, content in stands.items():
        if said.get(number) == content:
            continue
        sealed_as = number_of.get(content)
        if sealed_as is not None:
            words = f"Entry {number} was sealed as number {sealed_as}: the order was changed."
            yield Finding(Tampering.REORDERED, words, number)
        elif number in said:
            yield Finding(Tampering.CHANGED, f"Entry {number} was changed after it was sealed.", number)
        else:
            words = f"Entry {number} was added among entries already sealed."
            yield Finding(Tampering.ADDED, words, number)
    for number in sorted(said.keys() - stands.keys()):
        yield Finding(Tampering.REMOVED, f"Entry {number} was removed after it was sealed.", number)


def _check_tail(last_sealed: int) -> tuple[int, int, list[Finding]]:
    """How many entries stand beyond the seals, the last number of all, and what is wrong among them."""
    findings: list[Finding] = []
    count, end = 0, last_sealed
    leaves_no_gaps = connection.vendor == "sqlite"  # a rolled-back transaction gives its numbers back there only
    for entry, payload_finding in _entries(last_sealed, None):
        if leaves_no_gaps and end and entry.id != end + 1:
            missing = f"{end + 1} to {entry.id - 1}" if entry.id > end + 2 else str(end + 1)
            findings.append(Finding(Tampering.REMOVED, f"Removed before it was sealed: entry {missing}.", end + 1))
        if payload_finding:
            findings.append(payload_finding)
        count, end = count + 1, entry.id
    return count, end, findings


def _entries(after_id: int, until_id: int | None) -> Iterator[tuple[AuditEntry, Finding | None]]:
    entries = AuditEntry.objects.filter(id__gt=after_id).select_related("payload").order_by("id")
    if until_id is not None:
        entries = entries.filter(id__lte=until_id)
    for entry in entries.iterator(chunk_size=2000):
        yield entry, _check_payload(entry)


def _check_payload(entry: AuditEntry) -> Finding | None:
    payload: AuditPayload | None = getattr(entry, "payload", None)
    if payload is None:
        if _was_disposed_of(entry.id):
            return None
        words = f"The payload of entry {entry.id} is missing, and nobody has disposed of it."
        return Finding(Tampering.PAYLOAD_MISSING, words, entry.id)
    if of_payload(payload.salt, head_of(entry), payload.body) != entry.digest:
        words = f"Entry {entry.id} or its payload is not as it was logged."
        return Finding(Tampering.PAYLOAD_CHANGED, words, entry.id)
    return None


def _was_disposed_of(entry_id: int) -> bool:
    """A disposal counts when the log has it too: a row put in with the triggers off does not."""
    logged = AuditEntry.objects.filter(table_name=DISPOSAL, row_id=OuterRef("id"), op="i")
    return AuditDisposal.objects.filter(Exists(logged), entry_id=entry_id).exists()


def _misfits(misfits: list[AuditSeal], seals: int) -> Iterator[Finding]:
    """Seals that our keys do not make: with no seal that fits, it is the key; otherwise, the seal."""
    for key_id in sorted({made.key_id for made in misfits} - settings.AUDIT_KEYS.keys()):
        words = f"Some seals were made with the key {key_id}, which HOMEROUND_AUDIT_KEY does not have: not checked."
        yield Finding(Tampering.OTHER_KEY, words)
    with_our_keys = [made for made in misfits if made.key_id in settings.AUDIT_KEYS]
    if with_our_keys and len(misfits) == seals:
        words = "No seal fits HOMEROUND_AUDIT_KEY: it is not the key that sealed, or all was rebuilt without it."
        yield Finding(Tampering.OTHER_KEY, words)
        return
    for made in with_our_keys:
        words = (
            f"Seal {made.id} (entries {made.first_id} to {made.last_id}) does not fit our key: "
            "changed, or made without the key. It is not believed."
        )
        yield Finding(Tampering.REBUILT, words)


def _check_numbers(issued: dict[str, int], end: int) -> Iterator[Finding]:
    """On SQLite the database remembers the last number it gave out; a log that ends before it was cut off."""
    if connection.vendor != "sqlite":
        return
    if issued[ENTRY] > end:
        words = f"The log ends at entry {end}, but numbers up to {issued[ENTRY]} were given out: its end was cut off."
        yield Finding(Tampering.CUT_OFF, words)
    newest = AuditSeal.objects.order_by("-id").first()
    if issued[SEAL] > (newest.id if newest else 0):
        yield Finding(Tampering.CUT_OFF, f"Seals up to number {issued[SEAL]} were made; the newest were removed.")


def _check_anchor(anchor: Anchor, last_sealed: int, last_issued: int) -> Iterator[Finding]:
    if anchor.installation != stamp.installation():
        words = "The anchor belongs to another installation."
        yield Finding(Tampering.OTHER_INSTALLATION, words, about=anchor.mac)
        return
    if not fits(anchor):
        words = (
            f"The anchor does not fit the key {anchor.key_id}: it was changed, or the key is not the one that sealed."
        )
        yield Finding(Tampering.OTHER_KEY, words, about=anchor.mac)
        return
    if AuditSeal.objects.filter(last_id=anchor.last_id, mac=anchor.mac).exists():
        return
    said = f"The anchor knows entries up to {anchor.last_id}, sealed {anchor.sealed_at}"
    if last_sealed >= anchor.last_id:
        words = f"{said}, with a seal that is not here: the chain was rebuilt."
        yield Finding(Tampering.REBUILT, words, about=anchor.mac)
    elif last_issued >= anchor.last_id:
        words = f"{said}; the seals here end at {last_sealed}, yet later numbers were given out: the end was cut off."
        yield Finding(Tampering.CUT_OFF, words, about=anchor.mac)
    else:
        words = f"{said}; this database never gave out a number beyond {last_issued}: it is an older copy, restored."
        yield Finding(Tampering.RESTORED, words, about=anchor.mac)


_LAST_ISSUED: Final = {
    "sqlite": "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s",
    "postgresql": "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass), 0)",
}


def _last_issued(table: str) -> int:
    """The last number that this database gave out for rows of a table, kept or not."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_ISSUED[connection.vendor], [table])
        return int(cursor.fetchone()[0])
