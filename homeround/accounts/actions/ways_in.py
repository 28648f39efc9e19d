"""How somebody gets in who has no password: a new account, or one whose password or phone is lost. ASVS 2.5.

The way in is a code that works once and ends soon. It goes to the person; where they have no address, the manager who
asked is shown it once, to hand over in person. Whoever asks sets no password and sees none. trust.md: recovery goes to
the person, tells their manager, and ends sessions.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare

from homeround.accounts import tries
from homeround.accounts.actions.memberships import Terms, check_may_grant, membership_for
from homeround.accounts.limits import Per, Tried
from homeround.accounts.models import User, WayIn
from homeround.accounts.queries import acts_elsewhere, open_memberships
from homeround.accounts.rights import Right, Role, roles_with
from homeround.accounts.sessions import end_sessions
from homeround.accounts.sign_in_events import Event, From, Person, note
from homeround.accounts.sign_in_notices import tell_managers, tell_of_change, tell_way_in
from homeround.accounts.viewer import Viewer
from homeround.accounts.ways_in import code_of, ways_open_to
from homeround.directory.models import Body
from homeround.kernel.audit.actor import acting
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere

NEW_LASTS: Final = timedelta(days=7)
AGAIN_LASTS: Final = timedelta(hours=24)
"""How long a way in works, for a new account and for one that is helped (policy data)."""

TAKEN: Final = "This user name is taken. Choose another; if it is the same person, write their name as it stands there."
USERNAME: Final = re.compile(r"[\w.@+-]{1,60}")
NOT_TOGETHER: Final = (
    "This user name and code do not go together, or the code has been used or is over. "
    "Check both; your manager can give you a new code."
)
NO_ADDRESS: Final = (
    "They act for another organisation too and have no email address here, so nobody is shown a code for their "
    "account. The people who run Homeround let them in again (homeround cut-off --undo). Nothing was changed."
)
NOT_YOURS_ALONE: Final = (
    "They act for another organisation too. The people who run Homeround take their app off "
    "(homeround cut-off --undo --second-step-lost)."
)


@action
def invite(
    *,
    by: Viewer,
    at: datetime,
    username: str,
    name: str,
    email: str,
    role: Role,
    body_kind: str,
    body_code: str,
    until_at: datetime,
    profession: str = "",
    professional_number: str = "",
    token: str | None = None,
) -> int:
    """Let somebody act in a role, making their account when the user name is new; returns the membership's number.

    An account that is there already is taken only when its name is given as it stands there: two people must not share
    one. Raises NotHere, NotAllowed, Invalid (username, name, email, role, until_at).
    """
    body = Body.objects.filter(kind=body_kind, code=body_code).first()
    if body is None:
        raise NotHere
    check_may_grant(by, body, at)
    found = User.objects.filter(username__iexact=username).first()
    if found is None:
        check_new(username, name, email)
        found = User.objects.create(username=username, name=name, email=email, password=make_password(None))
        make_way_in(found, by=by, at=at, lasts=NEW_LASTS)
        note(Event.INVITED, user_id=found.pk, at=at, by=by)
    elif found.name.casefold() != name.casefold():
        raise Invalid(username=TAKEN)
    return membership_for(found, body, Terms(role, at, until_at, profession, professional_number), by=by, at=at)


@action
def help_to_sign_in(
    *, by: Viewer, at: datetime, username: str, also_second_step: bool, token: str | None = None
) -> str:
    """Give somebody a way in again: their password and sign-ins end now; returns the ref of the way in.

    `also_second_step`: their authenticator app is taken off too. By a manager of a body they act for, or by an
    administrator for a manager; never for oneself. Their managers are told.

    Of somebody who acts for another body too a manager has no power over the account: a code goes to the person's own
    address, and nothing ends before they use it (H15). Raises NotHere, NotAllowed, Invalid (also_second_step).
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not _may_help(by, user, at):
        raise NotHere
    if user.pk == by.user_id:
        raise NotAllowed("Nobody helps themselves in. Ask another manager, or change your password on your own page.")
    if _answers_for(by, user, at):
        User.objects.filter(pk=user.pk).update(password=make_password(None))
        if also_second_step:
            take_second_step_off(user, by=by, at=at)
        end_sessions(user_id=user.pk)
    elif not user.email:
        raise NotAllowed(NO_ADDRESS)
    elif also_second_step:
        raise Invalid(also_second_step=NOT_YOURS_ALONE)
    way = make_way_in(user, by=by, at=at, lasts=AGAIN_LASTS)
    note(Event.HELPED, user_id=user.pk, at=at, by=by)
    tell_managers(of_user=user.pk, but=by.user_id, at=at)
    return way.ref


def use_way_in(*, username: str, code: str, password: str, at: datetime, place: From) -> None:
    """Choose a password with a way in. Nobody is signed in yet, hence no `@action`.

    Raises TooManyTries, Invalid (code, password).
    """
    keys = {Per.ADDRESS: place.address, Per.ACCOUNT: username}
    trying = tries.begin(Tried.WAY_IN, keys, at=at)
    user = User.objects.filter(username=username, is_active=True).first()
    typed = "".join(code.split()).replace("-", "").upper()
    ways = [] if user is None else list(ways_open_to(user, at))
    way = next((way_in for way_in in ways if constant_time_compare(code_of(way_in.ref).replace("-", ""), typed)), None)
    if user is None or way is None:
        trying.failed()
        raise Invalid(code=NOT_TOGETHER)
    trying.succeeded()
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise Invalid(password=" ".join(problem.messages)) from None
    with acting(Person(user.pk)):
        if not WayIn.objects.filter(pk=way.pk, used_at=None).update(used_at=at):
            raise Invalid(code=NOT_TOGETHER)
        WayIn.objects.filter(user=user, used_at=None).update(used_at=at)
        User.objects.filter(pk=user.pk).update(password=make_password(password))
        end_sessions(user_id=user.pk)
        note(Event.WAY_IN_USED, user_id=user.pk, at=at, place=place)
        tell_of_change(user_id=user.pk, at=at)


def make_way_in(user: User, *, by: Viewer | None, at: datetime, lasts: timedelta) -> WayIn:
    """One way in at a time: an earlier one ends. `by` is empty for a command's. Within an action."""
    WayIn.objects.filter(user=user, used_at=None).update(used_at=at)
    way = WayIn.objects.create(user=user, made_at=at, made_by_id=by.membership_id if by else None, ends_at=at + lasts)
    if user.email:
        tell_way_in(user_id=user.pk, ref=way.ref, at=at)
    return way


def take_second_step_off(user: User, *, by: Viewer | None, at: datetime) -> None:
    """Take somebody's authenticator app off. `by` is empty for a command. Within an action."""
    if Authenticator.objects.filter(user=user.pk).delete()[0]:
        note(Event.CODE_TAKEN_OFF, user_id=user.pk, at=at, by=by)


def _may_help(by: Viewer, user: User, at: datetime) -> bool:
    """Somebody who acts for the manager's own body; for administrators any manager."""
    theirs = open_memberships(at).filter(user=user)
    if by.may(Right.GRANTING) and theirs.filter(body=by.body_id).exists():
        return True
    return by.may(Right.FIRST_MANAGER) and theirs.filter(role__in=roles_with(Right.GRANTING)).exists()


def _answers_for(by: Viewer, user: User, at: datetime) -> bool:
    """Whether whoever helps has power over the whole account: it acts for their body alone, or they run this
    installation.
    """
    return by.may(Right.FIRST_MANAGER) or not acts_elsewhere(user_id=user.pk, than=by.body_id, at=at)


def check_new(username: str, name: str, email: str) -> None:
    """Raises Invalid (username, name, email) for an account that cannot be made."""
    problems = {}
    if not USERNAME.fullmatch(username):
        problems["username"] = "Enter a user name of letters, figures and . - _ only, at most 60."
    if len(name) < 2 or len(name) > 120:
        problems["name"] = "Enter the name colleagues know them by, at most 120 letters."
    if email and ("@" not in email or len(email) > 200):
        problems["email"] = "Enter an email address, or leave it empty."
    if problems:
        raise Invalid(**problems)
