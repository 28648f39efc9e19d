"""What is done about accounts from the machine: the first account of a body, cutting somebody off, letting them back.

By commands, which no member runs: the log names the command and the operating system's user.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password

from homeround.accounts.actions.memberships import HAS_A_MANAGER, LONGEST, somebody_grants
from homeround.accounts.actions.ways_in import (
    AGAIN_LASTS,
    NEW_LASTS,
    TAKEN,
    check_new,
    make_way_in,
    take_second_step_off,
)
from homeround.accounts.models import Membership, User
from homeround.accounts.rights import BODY_KINDS, RIGHTS, Right, Role, roles_with
from homeround.accounts.sessions import end_sessions
from homeround.accounts.sign_in_events import Event, note
from homeround.accounts.ways_in import code_of
from homeround.directory.models import Body, Installation
from homeround.directory.words import BodyKind
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere

THIS_INSTALLATION = "INSTALLATION"


def invite_first(
    *, by: SystemActor, at: datetime, username: str, name: str, email: str, body_kind: str, body_code: str
) -> str:
    """Make the first account of a body, in the role that says who else acts for it; returns the code of its way in.

    The body of the installation itself is made when it is not there. Raises NotHere, NotAllowed (the body has somebody
    who says who acts for it), Invalid (username, name, email).
    """
    with acting(by):
        body = _body(body_kind, body_code)
        if somebody_grants(body, at):
            raise NotAllowed(HAS_A_MANAGER)
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            check_new(username, name, email)
            user = User.objects.create(username=username, name=name, email=email, password=make_password(None))
        elif user.name.casefold() != name.casefold():
            raise Invalid(username=TAKEN)
        Membership.objects.create(
            user=user,
            role=_manager_of(body_kind),
            body=body,
            from_at=at,
            until_at=at + LONGEST,
            happened_at=at,
            recorded_at=at,
        )
        way = make_way_in(user, by=None, at=at, lasts=NEW_LASTS)
    note(Event.INVITED, user_id=user.pk, at=at)
    return code_of(way.ref)


def cut_off_everywhere(*, by: SystemActor, at: datetime, username: str) -> int:
    """Switch an account off, with its password and sign-ins: no role of it counts any more; returns how many did.

    `let_back` is the way back. Raises NotHere.
    """
    user = _user(username)
    with acting(by):
        roles = Membership.objects.in_force(at).filter(user=user).count()
        User.objects.filter(pk=user.pk).update(is_active=False, password=make_password(None))
        end_sessions(user_id=user.pk)
    note(Event.CUT_OFF, user_id=user.pk, at=at)
    return roles


def let_back(*, by: SystemActor, at: datetime, username: str, second_step_lost: bool = False) -> str:
    """Switch an account on again; its roles count again on their own dates. Returns the code of its way in.

    `second_step_lost` takes the authenticator app off: for somebody who acts for several bodies no manager does.
    Raises NotHere.
    """
    user = _user(username)
    with acting(by):
        User.objects.filter(pk=user.pk).update(is_active=True)
        if second_step_lost:
            take_second_step_off(user, by=None, at=at)
        way = make_way_in(user, by=None, at=at, lasts=AGAIN_LASTS)
    note(Event.HELPED, user_id=user.pk, at=at)
    return code_of(way.ref)


def _user(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotHere
    return user


def _body(kind: str, code: str) -> Body:
    if kind == BodyKind.INSTALLATION:
        body, is_new = Body.objects.get_or_create(
            kind=kind, code=THIS_INSTALLATION, defaults={"name": "This installation"}
        )
        if is_new:
            Installation.objects.create(body=body)
        return body
    found = Body.objects.filter(kind=kind, code=code.strip().upper()).first()
    if found is None:
        raise NotHere
    return found


def _manager_of(kind: str) -> Role:
    """The role that says who acts for a body of this kind."""
    return next(
        role for role in RIGHTS if role in roles_with(Right.GRANTING) and kind in BODY_KINDS[RIGHTS[role].reach]
    )
