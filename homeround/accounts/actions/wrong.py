"""What somebody says is wrong, from any page, and that an administrator has seen it (H62)."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.models import SomethingWrong
from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere

LONGEST_COMPLAINT = 2000


def say_something_is_wrong(*, by: Viewer | None, at: datetime, words: str, page: str = "", reference: str = "") -> str:
    """Keep what somebody says about a page; returns its ref. Needs no right and no sign-in, hence no `@action`.

    Raises Invalid(words=...) when nothing was said, or too much.
    """
    if not words.strip():
        raise Invalid(words="Write what is wrong, in your own words.")
    if len(words) > LONGEST_COMPLAINT:
        raise Invalid(words=f"Make this shorter: at most {LONGEST_COMPLAINT} characters.")
    with acting(by or SystemActor("something-is-wrong", "")):
        said = SomethingWrong.objects.create(
            said_at=at,
            said_by_id=by.membership_id if by else None,
            words=words.strip(),
            page=page[:80],
            reference=reference[:8],
        )
    return said.ref


@action
def see_what_is_wrong(*, by: Viewer, at: datetime, ref: str, token: str | None = None) -> str:
    """An administrator has seen what somebody said; the first to see it is kept. Raises NotHere, NotAllowed."""
    if not by.may(Right.INSTALLATION):
        raise NotAllowed("The administrators of this installation see to this.")
    if not SomethingWrong.objects.filter(ref=ref).exists():
        raise NotHere
    SomethingWrong.objects.filter(ref=ref, seen_at=None).update(seen_at=at, seen_by_id=by.membership_id)
    return ref
