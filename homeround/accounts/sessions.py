"""Where sessions are kept: in the database, encrypted, and each beside the person whose it is.

Django's own store with our table, as its documentation describes it. So somebody's sessions can be listed and ended
(ASVS 3.3.4), which django-allauth's list cannot do here: it knows a session by its id, and ours changes with every
lock, unlock and change of capacity.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from homeround.accounts.models import Session
from homeround.kernel.encrypted import decrypted, encrypted

SIGNED_IN_AT: Final = "signed_in_at"
ACTIVE_AT: Final = "active_at"
BROWSER: Final = "browser"
ADDRESS: Final = "address"
"""What a session knows of itself; instants as whole seconds."""

PURPOSE: Final = "session"


class SessionStore(DatabaseStore):
    """A session in the table `Session`. `is_flushed` once it was ended on purpose: by signing out, or as another."""

    is_flushed = False

    def flush(self) -> None:
        """End it."""
        super().flush()
        self.is_flushed = True

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our table."""
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        """What the row holds: nothing that can be read in the database."""
        return encrypted(json.dumps(session_dict), purpose=PURPOSE)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The session again; an empty one when it was written under another key."""
        text = decrypted(str(session_data), purpose=PURPOSE)
        found: dict[str, Any] = json.loads(text) if text else {}
        return found

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row, with whose it is and since when."""
        row = super().create_model_instance(data)
        if not isinstance(row, Session):
            raise TypeError("a session is a row of our table")
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.started_at = _instant(data.get(SIGNED_IN_AT))
        row.seen_at = _instant(data.get(ACTIVE_AT))
        row.browser = str(data.get(BROWSER, ""))[:200]
        row.address = str(data.get(ADDRESS, ""))[:45]
        return row


def _instant(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


@dataclass(frozen=True)
class SignedIn:
    """A browser that somebody is signed in with: since when, last seen when, and from where. `ref` ends it."""

    ref: int
    started_at: datetime | None
    seen_at: datetime | None
    browser: str
    address: str
    is_this: bool


def sessions_of(*, user_id: int, at: datetime, this: str | None) -> list[SignedIn]:
    """Where somebody is signed in now, the last seen first; `this` is the id of the session that asks."""
    rows = _open(user_id, at)
    return [
        SignedIn(_ref(row), row.started_at, row.seen_at, row.browser, row.address, row.session_key == this)
        for row in rows
    ]


def end_session(*, user_id: int, ref: int, at: datetime) -> bool:
    """End one of somebody's own sessions; False when there is no such one any more."""
    keys = [row.session_key for row in _open(user_id, at) if _ref(row) == ref]
    return bool(Session.objects.filter(session_key__in=keys).delete()[0])


def end_sessions(*, user_id: int, but: str | None = None) -> int:
    """End all sessions of somebody, but for one; returns how many."""
    gone, _ = Session.objects.filter(user=user_id).exclude(session_key=but or "").delete()
    return gone


def forget_ended(at: datetime) -> int:
    """Clear the sessions that are over (for the worker); returns how many."""
    gone, _ = Session.objects.filter(expire_date__lte=at).delete()
    return gone


def _open(user_id: int, at: datetime) -> list[Session]:
    return list(Session.objects.filter(user=user_id, expire_date__gt=at).order_by("-seen_at", "session_key"))


def _ref(row: Session) -> int:
    """A number for a form: the id itself lets whoever has it in, so it stands on no page."""
    return int.from_bytes(hashlib.sha256(row.session_key.encode()).digest()[:6])
