"""Who acts for a body, for whoever says so: its managers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from homeround.accounts.models import Membership, SignInEvent
from homeround.accounts.rights import BODY_KINDS, RIGHTS, ROLE_WORDS, SPEAKS_FOR, Right, Role
from homeround.accounts.sign_in_events import Event
from homeround.accounts.viewer import Viewer
from homeround.kernel.refusals import NotAllowed, NotHere

ENDS_SOON: Final = timedelta(days=28)
"""From when a membership that ends is said to end soon (policy data)."""


@dataclass(frozen=True)
class Member:
    """One membership of the body: who, as what, until when, and whether they can sign in yet.

    `is_oneself`: nobody ends another's by mistake for their own. `ends_soon`: it is time to grant it anew.
    `acts_elsewhere`: they act for another body too, which answers for their account as well.
    """

    ref: str
    membership_id: int
    user_id: int
    username: str
    name: str
    role: Role
    profession: str
    from_at: datetime
    until_at: datetime
    last_signed_in_at: datetime | None
    has_password: bool
    has_email: bool
    is_oneself: bool
    ends_soon: bool
    acts_elsewhere: bool

    @property
    def role_words(self) -> str:
        """The role in words."""
        return ROLE_WORDS[self.role]


def members(*, by: Viewer, at: datetime) -> list[Member]:
    """Everybody who acts for the viewer's body now or is about to, by name. One statement. Raises NotAllowed."""
    _must_grant(by)
    return [_member(row, by, at) for row in _rows(by, at).order_by("user__name", "from_at", "pk")]


def member_of(*, by: Viewer, ref: str, at: datetime) -> Member:
    """One of them. Raises NotAllowed, NotHere (another body's, or ended)."""
    _must_grant(by)
    row = _rows(by, at).filter(ref=ref).first()
    if row is None:
        raise NotHere
    return _member(row, by, at)


def left_to_nobody(*, by: Viewer, member: Member, whole: bool, at: datetime) -> str:
    """The role to which falls what nobody owns, in words, when nobody else would have it at the viewer's body once this
    membership has ended, or, `whole`, every one that this colleague has here; empty when somebody would. One statement.
    """
    role = SPEAKS_FOR.get(by.body_kind)
    now = Membership.objects.in_force(at).filter(body=by.body_id, role=role)
    gone = {row.pk for row in now if (row.user_id == member.user_id if whole else row.pk == member.membership_id)}
    return ROLE_WORDS[role] if role and gone and len(gone) == len(now) else ""


def roles_of(body_kind: str) -> list[Role]:
    """The roles that a body of this kind can give, in the order of the access table."""
    return [role for role, capacity in RIGHTS.items() if body_kind in BODY_KINDS[capacity.reach]]


def _must_grant(by: Viewer) -> None:
    if not by.may(Right.GRANTING):
        raise NotAllowed("A manager of this body sees and says who acts for it.")


def _rows(by: Viewer, at: datetime) -> QuerySet[Membership]:
    signed_in = SignInEvent.objects.filter(user=OuterRef("user"), what=Event.SIGNED_IN).order_by()
    newest = signed_in.values("user").annotate(last=Max("happened_at")).values("last")
    still = Membership.objects.not_over(at)
    others = still.filter(user=OuterRef("user")).exclude(body=by.body_id)
    return (
        still.filter(body=by.body_id)
        .select_related("user")
        .annotate(last_signed_in_at=Subquery(newest), elsewhere=Exists(others))
    )


def _member(row: Any, by: Viewer, at: datetime) -> Member:
    return Member(
        ref=row.ref,
        membership_id=row.pk,
        user_id=row.user_id,
        username=row.user.username,
        name=row.user.name,
        role=Role(row.role),
        profession=row.profession,
        from_at=row.from_at,
        until_at=row.until_at,
        last_signed_in_at=row.last_signed_in_at,
        has_password=row.user.has_usable_password(),
        has_email=bool(row.user.email),
        is_oneself=row.user_id == by.user_id,
        ends_soon=row.until_at - at <= ENDS_SOON,
        acts_elsewhere=row.elsewhere,
    )
