"""What can be done about memberships: grant one, end one. H15; trust.md, "One capacity at a time".

A body's own manager grants and ends; nobody grants to themselves; an administrator makes only a body's first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from homeround.accounts.models import Membership, User, WayIn
from homeround.accounts.rights import ROLE_WORDS, Right, Role, may_hold, roles_with
from homeround.accounts.sessions import end_sessions
from homeround.accounts.sign_in_events import Event, note
from homeround.accounts.viewer import Viewer
from homeround.directory.models import Body
from homeround.kernel.calendar.times import shown
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere

LONGEST = timedelta(days=366)
"""No membership lasts longer; what goes on is granted anew (policy data, trust.md)."""

LONGEST_WHY = 64

HAS_A_MANAGER = "This body has people already who say who acts for it. Ask one of them."
NOT_USED_YET = (
    "Nobody has chosen a password for this account yet, and another organisation holds its code. "
    "Let the person sign in there first."
)


@dataclass(frozen=True)
class Terms:
    """What a membership is given for: a role, from when, until when, and what lets a clinician decide."""

    role: Role
    from_at: datetime
    until_at: datetime
    profession: str = ""
    professional_number: str = ""


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
    check_may_grant(by, body, at)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Invalid(username="Nobody signs in with this name. Check how it is written.")
    terms = Terms(role, from_at, until_at, profession, professional_number)
    return membership_for(user, body, terms, by=by, at=at)


def membership_for(user: User, body: Body, terms: Terms, *, by: Viewer, at: datetime) -> int:
    """The membership of somebody whom `by` may give one, within an action; returns its number.

    Raises NotAllowed (to themselves), Invalid (username, role, until_at).
    """
    if user.pk == by.user_id:
        raise NotAllowed("Nobody can give a role to themselves. Ask another manager of this body.")
    if _code_is_held_elsewhere(user, body, at):
        raise Invalid(username=NOT_USED_YET)
    _check_terms(terms.role, body, from_at=terms.from_at, until_at=terms.until_at)
    if _open_at(at).filter(user=user, role=terms.role, body=body).exists():
        raise Invalid(role=f"They are {ROLE_WORDS[terms.role]} here already. End that first, or choose another role.")
    granted = Membership.objects.create(
        user=user,
        role=terms.role,
        body=body,
        from_at=terms.from_at,
        until_at=terms.until_at,
        granted_by_id=by.membership_id,
        profession=terms.profession,
        professional_number=terms.professional_number,
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
    _check_how(how)
    if membership.ended_at is None:
        Membership.objects.filter(pk=membership.pk).update(ended_at=at, ended_how=how, ended_by_id=by.membership_id)
    return membership.pk


@action
def cut_off(*, by: Viewer, at: datetime, username: str, how: str, token: str | None = None) -> int:
    """End everything somebody may do here, at once: every role at the body, and every sign-in; returns how many roles.

    By a manager of the body, never for oneself. Roles at other bodies stay, and need a new sign-in. Raises NotHere,
    NotAllowed, Invalid (how).
    """
    if not by.may(Right.GRANTING):
        raise NotAllowed("Only a manager of this body ends what a colleague may do here.")
    mine = _open_at(at).filter(body=by.body_id, user__username=username)
    user_id = mine.values_list("user", flat=True).first()
    if user_id is None:
        raise NotHere
    if user_id == by.user_id:
        raise NotAllowed("End your own role on its page, or ask another manager.")
    _check_how(how)
    ended = mine.filter(ended_at=None).update(ended_at=at, ended_how=how, ended_by_id=by.membership_id)
    end_sessions(user_id=user_id)
    note(Event.CUT_OFF, user_id=user_id, at=at, by=by)
    return ended


def _check_how(how: str) -> None:
    if not how.strip():
        raise Invalid(how="Say why this ends.")
    if len(how) > LONGEST_WHY:
        raise Invalid(how=f"Say it shorter: at most {LONGEST_WHY} characters.")


def check_may_grant(by: Viewer, body: Body, at: datetime) -> None:
    """Raises NotHere or NotAllowed when this is not theirs to grant."""
    if by.may(Right.FIRST_MANAGER) and body.kind != "installation":
        if somebody_grants(body, at):
            raise NotAllowed(HAS_A_MANAGER)
        return
    if by.body_id != body.pk:
        raise NotHere
    if not by.may(Right.GRANTING):
        raise NotAllowed("Only a manager of this body says who acts for it.")


def somebody_grants(body: Body, at: datetime) -> bool:
    """Whether a body has somebody who says who acts for it. While it has nobody, its first is made anew: the last
    manager may have left, or their year is over, while others remain.
    """
    return Membership.objects.in_force(at).filter(body=body, role__in=roles_with(Right.GRANTING)).exists()


def _code_is_held_elsewhere(user: User, body: Body, at: datetime) -> bool:
    """Whether a manager of another body has been shown the code of this account, which nobody has used yet."""
    if user.email:
        return False
    open_ways = WayIn.objects.filter(user=user, used_at=None, ends_at__gt=at).exclude(made_by=None)
    return open_ways.exclude(made_by__body=body).exists()


def _check_terms(role: Role, body: Body, *, from_at: datetime, until_at: datetime) -> None:
    if not may_hold(role, body.kind):
        raise Invalid(role=f"{body.name} cannot give somebody the role {ROLE_WORDS[role]}.")
    if until_at <= from_at:
        raise Invalid(until_at="The end must come after the beginning.")
    if until_at - from_at > LONGEST:
        raise Invalid(until_at=f"A role lasts at most a year: until {shown(from_at + LONGEST)}.")


def _open_at(at: datetime) -> QuerySet[Membership]:
    rows: QuerySet[Membership] = Membership.objects.not_over(at)
    return rows
