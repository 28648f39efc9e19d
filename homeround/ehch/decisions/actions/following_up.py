"""Follow-ups: asked of somebody, by a day, and done with what came of it (REQ-46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from homeround.accounts.rights import HOME_ROLES, Kind, Right, Role
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import see_follow_up
from homeround.ehch.decisions.models import Decision, FollowUp, FollowUpEnding
from homeround.ehch.decisions.words import FollowUpEnd, Owner
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed


@dataclass(frozen=True)
class Asking:
    """What is asked: of the `home` or the `pcn`, by a day."""

    words: str
    owner: str
    due_on: date | None


@action
def ask_follow_up(*, by: Viewer, at: datetime, token: str | None = None, ref: str, asking: Asking) -> str:
    """Ask somebody to do something about a person by a day. Returns the follow-up's ref."""
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.CLINICAL)
    return ask_for(person, by=by, at=at, asking=asking).ref


def ask_for(
    person: PersonInSight,
    *,
    by: Viewer,
    at: datetime,
    asking: Asking,
    decision: Decision | None = None,
    for_whom: int | None = None,
) -> FollowUp:
    """Ask for something about a person in sight. Within an action. Raises NotAllowed, Invalid."""
    person.must_have(Right.FOLLOW_UPS)
    problems = rules.problems_of_follow_up(asking.words, asking.due_on, asking.owner, london_date(at))
    if problems or asking.due_on is None:
        raise Invalid(**problems)
    is_for_home = asking.owner == Owner.HOME
    if not is_for_home and by.role in HOME_ROLES:
        raise Invalid(owner="A home asks its PCN by raising a concern. Choose the home.")
    return FollowUp.objects.create(
        resident_id=person.resident_id,
        home_id=person.where,
        decision=decision,
        words=asking.words.strip(),
        due_on=asking.due_on,
        owner_body_id=person.where if is_for_home else by.body_id,
        owner_role="" if is_for_home else Role.COORDINATOR,
        **written(by=by, at=at, held_for=person.where, for_whom=for_whom),
    )


@action
def complete_follow_up(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str = "") -> str:
    """It is done, and what came of it. Returns the follow-up's ref; raises NotHere, NotAllowed, ChangedMeanwhile."""
    follow_up = see_follow_up(viewer=by, ref=ref, at=at)
    follow_up.person.must_have(Right.FOLLOW_UPS)
    row = FollowUp.objects.get(pk=follow_up.follow_up_id)
    if row.owner_body_id != by.body_id:
        raise NotAllowed("This is not yours to mark done: it is asked of somebody else.")
    waiting = FollowUp.objects.filter(pk=row.pk, stands=True, ended_at=None)
    if not waiting.update(**ended(by=by, at=at, how=FollowUpEnd.DONE)):
        raise _done_meanwhile(row.pk)
    FollowUpEnding.objects.create(
        resident_id=row.resident_id,
        follow_up=row,
        how=FollowUpEnd.DONE,
        words=words.strip(),
        **written(by=by, at=at, held_for=row.held_for_id),
    )
    return follow_up.ref


def _done_meanwhile(follow_up_id: int) -> ChangedMeanwhile:
    done = FollowUpEnding.objects.select_related("by__user").get(follow_up=follow_up_id, stands=True)
    return ChangedMeanwhile("The follow-up", done.by.user.name, done.recorded_at, {"words": done.words or "done"})
