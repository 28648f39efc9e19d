"""What can be read about people who sign in: who acts now, in which capacities somebody may act, who holds a second
step.

Sessions hold no rights: a viewer is made from the rows for every request, so the end of a membership bites on the next
one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import constant_time_compare

from homeround.accounts.models import Membership, User
from homeround.accounts.rights import ROLE_WORDS, Right, Role, needs_second_step, roles_with
from homeround.accounts.viewer import Viewer
from homeround.directory.models import CareHome
from homeround.directory.words import BodyKind
from homeround.kernel.prepared import prepared

DEMO_MAIL = "@example.invalid"
"""What the address of every account of a demonstration ends with."""


def acts_somewhere(*, user_id: int, at: datetime) -> bool:
    """Whether somebody may act in any capacity at an instant."""
    return open_memberships(at).filter(user=user_id).exists()


@dataclass(frozen=True)
class CapacityOffered:
    """One membership that somebody may act in now, as the page "choose a capacity" shows it."""

    membership_id: int
    role: Role
    body_name: str
    body_code: str
    until: datetime

    @property
    def role_words(self) -> str:
        """The role in words for a page."""
        return ROLE_WORDS[self.role]

    @property
    def needs_second_step(self) -> bool:
        """Whether this capacity may be taken up only after a second step at sign-in."""
        return needs_second_step(self.role)


def viewer_of(*, membership_id: int, user_id: int, at: datetime, session_hash: str | None = None) -> Viewer | None:
    """The viewer of a membership at an instant, in one statement; None when it has ended, not begun, or is not theirs.

    `session_hash`, when given, must be what the person's present password gives: a changed password ends other
    sessions.
    """
    for membership in _membership(pk=membership_id, user=user_id, at=at):
        if session_hash is None or _password_stands(membership.user, session_hash):
            return as_viewer(membership)
    return None


@prepared
def _membership(*, pk: int, user: int, at: datetime) -> QuerySet[Membership]:
    return open_memberships(at).filter(pk=pk, user=user).select_related("user", "body").order_by()


def as_viewer(membership: Membership) -> Viewer:
    """The viewer of a membership whose user and body are loaded; says nothing about whether it is open."""
    return Viewer(
        membership_id=membership.pk,
        user_id=membership.user_id,
        username=membership.user.username,
        name=membership.user.name,
        role=Role(membership.role),
        body_id=membership.body_id,
        body_kind=BodyKind(membership.body.kind),
        body_code=membership.body.code,
        body_name=membership.body.name,
        until=min(filter(None, (membership.until_at, membership.ended_at))),
    )


def capacities_of(*, user_id: int, at: datetime) -> list[CapacityOffered]:
    """Every membership somebody may act in at an instant, in the order in which they were given."""
    return [
        CapacityOffered(row.pk, Role(row.role), row.body.name, row.body.code, row.until_at)
        for row in open_memberships(at).filter(user_id=user_id).select_related("body").order_by("from_at", "pk")
    ]


@dataclass(frozen=True)
class Colleague:
    """Somebody who acts in a capacity of a body, to be named on a form."""

    membership_id: int
    name: str
    role_words: str


def clinicians_of(*, body_id: int, at: datetime) -> list[Colleague]:
    """Who may lead a round or decide for a PCN at an instant, by name; one statement."""
    rows = open_memberships(at).filter(body=body_id, role__in=roles_with(Right.LEADING_ROUNDS)).select_related("user")
    return [Colleague(row.pk, row.user.name, ROLE_WORDS[Role(row.role)]) for row in rows.order_by("user__name", "pk")]


def last_home_of(*, user_id: int, at: datetime) -> int | None:
    """The home in which somebody works, or worked last: whose numbers they may need; None for who never did."""
    is_home = Exists(CareHome.objects.filter(pk=OuterRef("body")))
    begun = Membership.objects.filter(is_home, user=user_id, from_at__lte=at)
    return begun.order_by("-from_at", "-pk").values_list("body_id", flat=True).first()


def colleagues_with(*, right: Right, body_id: int, at: datetime) -> list[Colleague]:
    """Who has a right at a body at an instant, by name, to pass something on to; one statement."""
    rows = open_memberships(at).filter(body=body_id, role__in=roles_with(right)).select_related("user")
    return [Colleague(row.pk, row.user.name, ROLE_WORDS[Role(row.role)]) for row in rows.order_by("user__name", "pk")]


def is_colleague_with(*, right: Right, membership_id: int, body_id: int, at: datetime) -> bool:
    """Whether this membership is in force at an instant, of this body, and has a right; one statement."""
    return open_memberships(at).filter(pk=membership_id, body=body_id, role__in=roles_with(right)).exists()


def has_second_step(*, user_id: int) -> bool:
    """Whether somebody signs in with a code of an authenticator app as well as a password."""
    return bool(Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists())


def username_of(*, user_id: int) -> str | None:
    """The name somebody signs in with; None for an account that may not sign in."""
    return User.objects.filter(pk=user_id, is_active=True).values_list("username", flat=True).first()


def user_id_named(username: str) -> int | None:
    """The account with this user name, whether or not it may sign in; None when nobody has it."""
    return User.objects.filter(username=username).values_list("pk", flat=True).first()


def demo_accounts() -> int:
    """How many accounts are those of a demonstration, whose mail goes to an address that cannot exist (H17)."""
    return User.objects.filter(email__endswith=DEMO_MAIL).count()


def address_of(*, user_id: int) -> str | None:
    """Where somebody's mail goes; None for an account that may not sign in, or without an address."""
    found = User.objects.filter(pk=user_id, is_active=True).values_list("email", flat=True).first()
    return found or None


def memberships_named(username: str, *, body_code: str, at: datetime) -> list[Viewer]:
    """The viewers that somebody may act as at an instant, by username; with a `body_code`, only there."""
    rows = open_memberships(at).filter(user__username=username).select_related("user", "body").order_by("from_at", "pk")
    wanted = body_code.strip().upper()
    return [as_viewer(row) for row in rows if not wanted or row.body.code == wanted]


def members_of(*, body_id: int, role: Role, at: datetime) -> list[Viewer]:
    """The viewers who act in a role at a body at an instant, in the order in which they began."""
    rows = open_memberships(at).filter(body=body_id, role=role).select_related("user", "body").order_by("from_at", "pk")
    return [as_viewer(row) for row in rows]


def open_memberships(at: datetime) -> QuerySet[Membership]:
    """The memberships that somebody may act in at an instant."""
    rows: QuerySet[Membership] = Membership.objects.in_force(at)
    return rows


def acts_elsewhere(*, user_id: int, than: int, at: datetime) -> bool:
    """Whether an account acts, or is about to, for another body than this one: then no single body answers for it, and
    what a manager may do to it ends where the other's power begins.
    """
    elsewhere: bool = Membership.objects.not_over(at).filter(user=user_id).exclude(body=than).exists()
    return elsewhere


def _password_stands(user: User, session_hash: str) -> bool:
    return bool(constant_time_compare(session_hash, user.get_session_auth_hash()))
