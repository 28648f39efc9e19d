"""Letting a named clinician see one person for a while: no break-glass, somebody of the person's
team opens the door.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from homeround.accounts.models import Membership
from homeround.accounts.rights import Kind, Right, Role, roles_with
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.models import CoOption
from homeround.kernel.record.actions import action
from homeround.kernel.record.words import problems_in, what_is_wrong
from homeround.kernel.refusals import Invalid

FOR: Final = timedelta(hours=24)
"""How long a co-option in one step lasts (trust.md, "No break-glass")."""


@action
def end_co_option(*, by: Viewer, at: datetime, token: str | None = None, ref: str, member: int) -> str:
    """The membership `member` sees this person no more, from now on. Returns the person's ref.

    Who may let somebody in may end it. Raises NotHere, NotAllowed, Invalid (member) when nobody is let in.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.CO_OPTION)
    running = CoOption.objects.open().filter(resident=person.resident_id, member=member, until_at__gt=at)
    if not running.update(**ended(by=by, at=at, how="ended by the team")):
        raise Invalid(member="They do not see this person any more.")
    return person.ref


@action
def co_opt(*, by: Viewer, at: datetime, token: str | None = None, ref: str, member: int, because: str) -> str:
    """The membership `member`, a clinician's, may see this person for 24 hours. Returns the person's ref.

    Raises NotHere, NotAllowed, Invalid.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.CO_OPTION)
    membership = Membership.objects.in_force(at).filter(pk=member).first()
    problems: dict[str, str] = {}
    if membership is None or Role(membership.role) not in roles_with(Right.JOINING):
        problems["member"] = "Only a clinician who has an account can be asked in. Choose another person."
    elif membership.user_id == by.user_id:
        problems["member"] = "Nobody opens a door for themselves. Ask a colleague."
    problems |= problems_in(because=what_is_wrong(because, most=300, needed="Say why they are asked in."))
    if problems:
        raise Invalid(**problems)
    CoOption.objects.create(
        resident_id=person.resident_id,
        member_id=member,
        until_at=at + FOR,
        because=because.strip(),
        **written(by=by, at=at, held_for=person.home_id or by.body_id),
    )
    return person.ref
