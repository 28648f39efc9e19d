"""Who is at the other end of a request: nobody, a person without a capacity yet, or a viewer; and whether they are
locked.

A session holds a user, a membership, and what the lock needs. No rights: the viewer is loaded anew for each request, in
one statement, beside the one that reads the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from homeround.accounts.queries import viewer_of
from homeround.accounts.sessions import ACTIVE_AT, SIGNED_IN_AT
from homeround.accounts.viewer import Viewer
from homeround.web.session import screen_lock

MEMBERSHIP = "membership"
LOCKED_AT = "locked_at"
DEVICE = "device"
SHARED = "shared"
PERSONAL = "personal"
IN_ROUND = "in_round"
SEVERAL = "several"


@dataclass(frozen=True)
class SignInState:
    """Who asks. `viewer` is None for somebody signed out or without a capacity; `ended` says that theirs has just
    ended.
    """

    user_id: int | None = None
    viewer: Viewer | None = None
    ended: bool = False
    expired: bool = False
    locked: bool = False
    several: bool = False
    lock_after: int = 0

    @property
    def is_signed_in(self) -> bool:
        """Somebody gave their password and has not signed out."""
        return self.user_id is not None


NOBODY = SignInState()


def sign_in_state_of(request: HttpRequest) -> SignInState:
    """The sign-in state of a request, found once. Asks the database nothing when the browser brought no session."""
    found = getattr(request, "sign_in_state", None)
    if found is None:
        found = _find(request)
        request.sign_in_state = found  # type: ignore[attr-defined]
    return cast(SignInState, found)


def forget_sign_in_state(request: HttpRequest) -> None:
    """Look again: the session has just changed."""
    request.sign_in_state = None  # type: ignore[attr-defined]


def _find(request: HttpRequest) -> SignInState:
    session: SessionBase | None = getattr(request, "session", None)
    if session is None or session.session_key is None or SESSION_KEY not in session:
        return NOBODY
    at: datetime = request.at  # type: ignore[attr-defined]
    user_id = int(session[SESSION_KEY])
    if screen_lock.is_over(signed_in_at=instant(session.get(SIGNED_IN_AT)), at=at):
        return SignInState(user_id=user_id, expired=True)
    lock_after = screen_lock.lock_after(shared=session.get(DEVICE) == SHARED, in_round=bool(session.get(IN_ROUND)))
    locked = LOCKED_AT in session or screen_lock.is_idle(
        active_at=instant(session.get(ACTIVE_AT)), at=at, lock_after=lock_after
    )
    membership_id = session.get(MEMBERSHIP)
    viewer = (
        viewer_of(membership_id=membership_id, user_id=user_id, at=at, session_hash=session.get(HASH_SESSION_KEY))
        if membership_id
        else None
    )
    return SignInState(
        user_id=user_id,
        viewer=viewer,
        ended=membership_id is not None and viewer is None,
        locked=locked,
        several=bool(session.get(SEVERAL)),
        lock_after=int(lock_after.total_seconds()),
    )


def instant(seconds: object) -> datetime | None:
    """An instant kept in a session as whole seconds."""
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


def seconds_of(at: datetime) -> int:
    """An instant as a session keeps it."""
    return int(at.timestamp())
