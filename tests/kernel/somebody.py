"""Who acts in the kernel's tests, and when; and the newest entries of the log as they read."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from homeround.kernel.models import AuditEntry

AT = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Somebody:
    """A viewer as far as the kernel knows one."""

    membership_id: int
    user_id: int
    role: str = "carer"
    body_id: int = 5


CARER = Somebody(membership_id=11, user_id=1)
NURSE = Somebody(membership_id=12, user_id=2, role="nurse")


def entries(table: str) -> list[AuditEntry]:
    """The log of one table, oldest first."""
    return list(AuditEntry.objects.filter(table_name=table).select_related("payload").order_by("id"))


def said(entry: AuditEntry) -> dict[str, Any]:
    """What the payload of an entry says: `before` and `after`."""
    body: dict[str, Any] = json.loads(entry.payload.body)
    return body


def actor(entry: AuditEntry) -> dict[str, Any]:
    """Who an entry says it was."""
    who: dict[str, Any] = json.loads(entry.actor)
    return who
