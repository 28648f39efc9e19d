"""What can be done about memberships: grant one, end one. H15; trust.md, "One capacity at a time".

A body's own manager grants and ends; nobody grants to themselves; an administrator makes only a body's first.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from homeround.accounts.models import Membership, SomethingWrong, User
from homeround.accounts.rights import ROLE_WORDS, Right, Role, may_hold
from homeround.accounts.viewer import Viewer
from homeround.directory.models import Body
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.calendar.times import shown
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere

LONGEST = timedelta(days=366)
"""No membership lasts longer; what goes on is granted anew (policy data, trust.md)."""

LONGEST_COMPLAINT = 2000


@action
def grant_membership(
    *,
    by: Viewer,
    at: datetime,
    username: str,
    role: Role,
    body_kind: str,
    body_code: str,
    from_at: datetime,
    until_at: datetime,
    profession: str = "",
    professional_number: str = "",
    token: str | None = None,
) -> int:
    """Let somebody act in a role at a body, from one instant until another; returns the membership's number.

    Raises NotHere (no such body), NotAllowed (not theirs to grant, or to themselves), Invalid (username, role,
    until_at).
    """
    body = Body.objects.filter(kind=body_kind, code=body_code).first()
    if body is None:
        raise NotHere
    _check_may_grant(by, body, at)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Invalid(username="Nobody signs in with this name. Check how it is written.")
    if user.pk == by.user_id:
        raise NotAllowed("Nobody can give a role to themselves. Ask another manager of this body.")
    _check_terms(role, body, from_at=from_at, until_at=until_at)
    if _open_at(at).filter(user=user, role=role, body=body).exists():
        raise Invalid(role=f"They are {ROLE_WORDS[role]} here already. End that first, or choose another role.")
    granted = Membership.objects.create(
        user=user,
        role=role,
        body=body,
        from_at=from_at,
        until_at=until_at,
        granted_by_id=by.membership_id,
        profession=profession,
        professional_number=professional_number,
        happened_at=at,
        recorded_at=at,
    )
    return granted.pk


@action
def end_membership(*, by: Viewer, at: datetime, membership_id: int, how: str, token: str | None = None) -> int:
    """End a membership now. A body's manager may, and anybody their own; ending what has ended changes nothing.

    Raises NotHere for a membership of another body, NotAllowed for a colleague's by somebody who is no manager.
    """
    membership = Membership.objects.select_related("body").filter(pk=membership_id).first()
    if membership is None or (membership.body_id != by.body_id and membership.user_id != by.user_id):
        raise NotHere
    if membership.user_id != by.user_id and not by.may(Right.GRANTING):
        raise NotAllowed("Only a manager of this body ends what a colleague may do here.")
    if not how.strip():
        raise Invalid(how="Say why this ends.")
    if membership.ended_at is None:
        Membership.objects.filter(pk=membership.pk).update(
            ended_at=at, ended_how=how[:64], ended_by_id=by.membership_id
        )
    return membership.pk


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


def _check_may_grant(by: Viewer, body: Body, at: datetime) -> None:
    if by.may(Right.FIRST_MANAGER) and body.kind != "installation":
        if _open_at(at).filter(body=body).exists():
            raise NotAllowed("This body has people already. Its own manager says who acts for it.")
        return
    if by.body_id != body.pk:
        raise NotHere
    if not by.may(Right.GRANTING):
        raise NotAllowed("Only a manager of this body says who acts for it.")


def _check_terms(role: Role, body: Body, *, from_at: datetime, until_at: datetime) -> None:
    if not may_hold(role, body.kind):
        raise Invalid(role=f"{body.name} cannot give somebody the role {ROLE_WORDS[role]}.")
    if until_at <= from_at:
        raise Invalid(until_at="The end must come after the beginning.")
    if until_at - from_at > LONGEST:
        raise Invalid(until_at=f"A role lasts at most a year: until {shown(from_at + LONGEST)}.")


def _open_at(at: datetime) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), until_at__gt=at)
