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
def see_what_is_wrong(*, by: Viewer, at: datetime, ref: str, with_alike: bool = False, token: str | None = None) -> str:
    """An administrator has seen what somebody said; the first to see it is kept. Raises NotHere, NotAllowed.

    `with_alike`: and whatever was said on the same page, also without a name, up to then.
    """
    if not by.may(Right.INSTALLATION):
        raise NotAllowed("The administrators of this installation see to this.")
    said = SomethingWrong.objects.filter(ref=ref).first()
    if said is None:
        raise NotHere
    if with_alike and said.said_by_id is None:
        alike = SomethingWrong.objects.filter(said_by=None, page=said.page, said_at__lte=said.said_at, seen_at=None)
        alike.update(seen_at=at, seen_by_id=by.membership_id)
    SomethingWrong.objects.filter(ref=ref, seen_at=None).update(seen_at=at, seen_by_id=by.membership_id)
    return ref
