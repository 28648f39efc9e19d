"""What happened to somebody's way of signing in: written down whatever decided it, shown to the person (ASVS 7.2.1).

Never a password, a code, a session's id or the name of an account that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from homeround.accounts.limits import SIGN_INS_KEPT
from homeround.accounts.models import SignInEvent
from homeround.accounts.viewer import Viewer
from homeround.kernel.audit.actor import acting


class Event(StrEnum):
    """What happened."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a word, not a secret
    WRONG_CODE = "wrong_code"
    CODE_SET_UP = "code_set_up"
    CODE_TAKEN_OFF = "code_taken_off"
    CODES_MADE = "codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a word, not a secret
    INVITED = "invited"
    HELPED = "helped"
    WAY_IN_USED = "way_in_used"
    SESSION_ENDED = "session_ended"
    CUT_OFF = "cut_off"


EVENT_WORDS: Final[Mapping[Event, str]] = {
    Event.SIGNED_IN: "Signed in",
    Event.SIGNED_OUT: "Signed out",
    Event.WRONG_PASSWORD: "A wrong password was given",
    Event.WRONG_CODE: "A wrong code was given",
    Event.CODE_SET_UP: "Authenticator app set up",
    Event.CODE_TAKEN_OFF: "Authenticator app taken off",
    Event.CODES_MADE: "New recovery codes made",
    Event.RECOVERY_CODE_USED: "A recovery code was used",
    Event.PASSWORD_CHANGED: "Password changed",
    Event.INVITED: "Account made",
    Event.HELPED: "Help to sign in again was asked for",
    Event.WAY_IN_USED: "A password was chosen with a code",
    Event.SESSION_ENDED: "A sign-in was ended from another device",
    Event.CUT_OFF: "All roles and sign-ins were ended",
}


@dataclass(frozen=True)
class Person:
    """Somebody who signs in, before they act in any capacity: who the log names for what happens at sign-in."""

    user_id: int | None
    membership_id: None = None
    role: str = "sign-in"
    body_id: None = None


@dataclass(frozen=True)
class From:
    """Where a request came from: the address it came from and how the browser names itself."""

    address: str = ""
    browser: str = ""


@dataclass(frozen=True)
class Happened:
    """One line of the list of one's own sign-ins. `by` is who did it when it was somebody else."""

    what: Event
    at: datetime
    address: str
    browser: str
    by: str

    @property
    def words(self) -> str:
        """What happened, in words."""
        return EVENT_WORDS[self.what]


def note(
    what: Event, *, user_id: int | None, at: datetime, place: From | None = None, by: Viewer | None = None
) -> None:
    """Write down what happened to somebody's way of signing in; `by` for who did it when it was not the person."""
    place = place or From()
    with acting(by or Person(user_id)):
        SignInEvent.objects.create(
            user_id=user_id,
            what=what,
            happened_at=at,
            by_id=by.membership_id if by else None,
            address=place.address[:45],
            browser=place.browser[:200],
        )


def happened_to(*, user_id: int, most: int = 50) -> list[Happened]:
    """What happened to one's way of signing in, the newest first."""
    rows = SignInEvent.objects.filter(user=user_id).select_related("by__user", "by__body")[:most]
    return [
        Happened(
            Event(row.what),
            row.happened_at,
            row.address,
            row.browser,
            f"{row.by.user.name}, {row.by.body.name}" if row.by else "",
        )
        for row in rows
    ]


def forget_old(at: datetime) -> int:
    """Clear what is older than is kept (for the worker); returns how many."""
    with acting(Person(None)):
        gone, _ = SignInEvent.objects.filter(happened_at__lte=at - SIGN_INS_KEPT).delete()
    return gone
