"""The digest that an entry keeps: of its payload and of all that its head says, the same on both databases.

So a head whose actor, row or time was changed no longer fits its payload, also before a seal covers it. Whoever may
write the tables can make both anew until the next seal, as the digest has no key: `verify-audit` says since when.
"""

import hashlib

from homeround.kernel.models import AuditEntry


def of_payload(salt: str, head: str, body: str) -> str:
    """The digest; the triggers of both databases make the same."""
    return hashlib.sha256((salt + head + body).encode()).hexdigest()


def head_of(entry: AuditEntry) -> str:
    """What a head says, line by line: when (UTC, thousandths of a second), who, which row, what, about whom, where."""
    at = entry.logged_at
    clock = f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d}"
    said = (clock, entry.actor, entry.table_name, entry.row_id, entry.op, entry.subject_id, entry.place_id)
    return "\n".join("" if value is None else str(value) for value in said)
