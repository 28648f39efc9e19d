"""Follow-ups: asked of somebody by a day, and done, with what came of it; or passed on, or found undoable (REQ-46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from homeround.accounts.models import Membership
from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import SPEAKS_FOR, Kind, Reach, Right, roles_with
from homeround.accounts.telling import tell, tell_member
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, said_again, written
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import FollowUpInSight, must_finish, see_follow_up
from homeround.ehch.decisions.models import Decision, FollowUp, FollowUpEnding, LeftUndone
from homeround.ehch.decisions.models.following_up import with_sides
from homeround.ehch.decisions.words import FOLLOW_UP_ENDS, FollowUpEnd, Owner
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions.correcting import correct, reopen
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed

ONCE: Final = (
    "Yours is not saved: it is ended once. If that is wrong, open it again on its page. What you typed stands below."
)

GONE_ON: Final = "Somebody has gone on with this already."

ASKERS: Final = ("by", "for_whom", "asked_first_by")
"""What `FollowUp.asker` reads."""


@dataclass(frozen=True)
class Asking:
    """What is asked: of the `home` or the `pcn`, by a day."""

    words: str
    owner: str
    due_on: date | None


@action
def ask_follow_up(*, by: Viewer, at: datetime, token: str | None = None, ref: str, asking: Asking) -> str:
    """Ask for something to be done about a person by a day. Returns the follow-up's ref."""
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
    if not is_for_home and by.capacity.reach is Reach.HOME:
        raise Invalid(owner="A home asks its PCN by raising a concern. Choose the home.")
    row = FollowUp.objects.create(
        resident_id=person.resident_id,
        home_id=person.where,
        decision=decision,
        words=asking.words.strip(),
        due_on=asking.due_on,
        owner_body_id=person.where if is_for_home else by.body_id,
        owner_role="" if is_for_home else SPEAKS_FOR["pcn"],
        **written(by=by, at=at, held_for=person.where, for_whom=for_whom),
    )
    _tell_owner(row, by, at)
    return row


@action
def complete_follow_up(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str = "") -> str:
    """It is done, and what came of it. Returns the follow-up's ref; raises NotHere, NotAllowed, ChangedMeanwhile."""
    seen, row = _ours(ref, by, at)
    _end(row, FollowUpEnd.DONE, words, by, at)
    return seen.ref


@action
def cannot_follow_up(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str) -> str:
    """It cannot be done, and why: it goes back to whoever asked, who asks anew or leaves it. Returns its ref."""
    seen, row = _ours(ref, by, at)
    _must_say(words, "Say why it cannot be done: it goes back to whoever asked.")
    _end(row, FollowUpEnd.CANNOT, words, by, at)
    is_theirs = row.asker.body_id == row.asking_side
    if not (is_theirs and tell_member(membership_id=row.asker.pk, purpose="follow-up came back", at=at)):
        tell(body_id=row.asking_side, roles=roles_with(Right.ANSWERING), purpose="follow-up came back", at=at)
    return seen.ref


@action
def pass_on_follow_up(*, by: Viewer, at: datetime, token: str | None = None, ref: str, to: str, words: str) -> str:
    """Pass it on: `to` is the number of a colleague's membership, or `home`, for a PCN. The day stays.

    Returns the ref of the follow-up as it is now asked of them. Raises NotHere, NotAllowed, Invalid, ChangedMeanwhile.
    """
    _, row = _ours(ref, by, at)
    _must_say(words, "Say why it is passed on.")
    owner = _new_owner(row, to, by, at)
    passed = FollowUp.objects.create(
        resident_id=row.resident_id,
        **said_again(
            row,
            home_id=row.seen_to_in,
            passed_from=row,
            asked_first_by_id=row.asker.pk,
            asked_first_at=row.asked_first_at or row.happened_at,
            **owner,
        ),
        **written(by=by, at=at, held_for=row.held_for_id),
    )
    _end(row, FollowUpEnd.PASSED_ON, words, by, at, passed_to=passed)
    _tell_owner(passed, by, at)
    return passed.ref


@action
def drop_follow_up(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str) -> str:
    """It is not needed any more, and why: said by the side that asked. Returns its ref."""
    seen = see_follow_up(viewer=by, ref=ref, at=at)
    must_finish(seen.person, Right.FOLLOW_UPS)
    row = _row(seen, at)
    if not asked_by_side_of(row, by):
        raise NotAllowed("Whoever asked for this says that it is not needed any more. Nothing was changed.")
    _must_say(words, "Say why it is not needed any more.")
    _end(row, FollowUpEnd.NOT_NEEDED, words, by, at)
    _tell_owner(row, by, at)
    return seen.ref


def take_off_follow_up(row: FollowUp, *, by: Viewer, at: datetime, words: str) -> None:
    """Within the move of a review to another person: what it asked is not needed here, whoever it was passed on by.

    Raises ChangedMeanwhile when somebody has ended it.
    """
    _end(row, FollowUpEnd.NOT_NEEDED, words, by, at)
    _tell_owner(row, by, at)


@action
def reopen_follow_up(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """It was ended by mistake (ticked, found undoable, dropped): it is open again, by its own day. Returns its ref.

    By the side that ended it. One that was passed on is passed back instead. Raises NotHere, NotAllowed, Invalid.
    """
    seen = see_follow_up(viewer=by, ref=ref, at=at)
    must_finish(seen.person, Right.FOLLOW_UPS)
    _must_say(because, "Say why it is open again.", "because")
    row = _row(seen, at)
    ending = FollowUpEnding.objects.filter(follow_up=row).select_related("by").first()
    if ending is None:
        raise Invalid(because="This follow-up is open already.")
    if ending.by.body_id != by.body_id:
        raise NotAllowed("Whoever ended this opens it again. Nothing was changed.")
    if ending.how == FollowUpEnd.PASSED_ON or ending.ended_at is not None:
        raise Invalid(because="Somebody has gone on with it since. Ask for it anew instead.")
    correct(ending, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    reopen(row)
    return seen.ref


@action
def ask_again(*, by: Viewer, at: datetime, token: str | None = None, ref: str, asking: Asking) -> str:
    """What could not be done is asked anew, in other words, of others or by a later day; also once it was left.

    Returns the new ref. Raises NotHere, NotAllowed, Invalid.
    """
    seen, row, came_back = _came_back(ref, by, at, also_left=True)
    row_again = ask_for(seen.person, by=by, at=at, asking=asking, decision=row.decision)
    _go_on_with(came_back, "asked again", by, at)
    return row_again.ref


@action
def leave_follow_up(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str) -> str:
    """What could not be done is left as it is, says the side that asked, and why. Returns its ref."""
    seen, row, came_back = _came_back(ref, by, at)
    _must_say(words, "Say why it is left as it is.")
    _go_on_with(came_back, "left", by, at)
    LeftUndone.objects.create(
        resident_id=row.resident_id,
        follow_up=row,
        words=words.strip(),
        **written(by=by, at=at, held_for=row.held_for_id),
    )
    return seen.ref


def asked_by_side_of(row: Any, by: Viewer) -> bool:
    """Whether the viewer acts for the side that asked for this, as it is now; never for whoever passed it on."""
    return bool(row.asking_side == by.body_id)


def _row(seen: FollowUpInSight, at: datetime) -> Any:
    rows = FollowUp.objects.select_related(*ASKERS, "decision").filter(pk=seen.follow_up_id)
    return with_sides(rows, london_date(at), at).get()


def _ours(ref: str, by: Viewer, at: datetime) -> tuple[FollowUpInSight, Any]:
    """A follow-up that is the viewer's own body's to do now. Raises NotHere, NotAllowed."""
    seen = see_follow_up(viewer=by, ref=ref, at=at)
    must_finish(seen.person, Right.FOLLOW_UPS)
    row = _row(seen, at)
    if row.doer != by.body_id:
        raise NotAllowed("This is not yours to mark done: it is asked of somebody else.")
    return seen, row


def _came_back(ref: str, by: Viewer, at: datetime, *, also_left: bool = False) -> tuple[FollowUpInSight, FollowUp, Any]:
    """A follow-up that could not be done, with what is open of it: its ending, which waits for those who asked, or,
    when `also_left`, that they left it.
    """
    seen = see_follow_up(viewer=by, ref=ref, at=at)
    must_finish(seen.person, Right.FOLLOW_UPS)
    row = _row(seen, at)
    if not asked_by_side_of(row, by):
        raise NotAllowed("Whoever asked for this goes on with it. Nothing was changed.")
    endings = FollowUpEnding.objects.filter(follow_up=row, how=FollowUpEnd.CANNOT, ended_at=None)
    if endings.exists():
        return seen, row, endings
    left = LeftUndone.objects.filter(follow_up=row, ended_at=None)
    if also_left and left.exists():
        return seen, row, left
    raise Invalid(words=GONE_ON)


def _go_on_with(came_back: Any, how: str, by: Viewer, at: datetime) -> None:
    if not came_back.update(**ended(by=by, at=at, how=how)):
        raise Invalid(words=GONE_ON)


def _end(
    row: FollowUp, how: FollowUpEnd, words: str, by: Viewer, at: datetime, passed_to: FollowUp | None = None
) -> None:
    if not FollowUp.objects.filter(pk=row.pk, ended_at=None).update(**ended(by=by, at=at, how=how)):
        raise _ended_meanwhile(row.pk)
    FollowUpEnding.objects.create(
        resident_id=row.resident_id,
        follow_up=row,
        how=how,
        words=words.strip(),
        passed_to=passed_to,
        **written(by=by, at=at, held_for=row.held_for_id),
    )


def _ended_meanwhile(follow_up_id: int) -> ChangedMeanwhile:
    first = FollowUpEnding.objects.select_related("by__user").get(follow_up=follow_up_id)
    words = first.words or FOLLOW_UP_ENDS[FollowUpEnd(first.how)]
    return ChangedMeanwhile("The follow-up", first.by.user.name, first.recorded_at, {"words": words}, then=ONCE)


def _new_owner(row: Any, to: str, by: Viewer, at: datetime) -> dict[str, Any]:
    if to == Owner.HOME and row.doer != row.seen_to_in:
        return {"owner_body_id": row.seen_to_in, "owner_id": None, "owner_role": ""}
    colleague = _colleague(to, by, at)
    if colleague is None or colleague.pk == by.membership_id:
        raise Invalid(to="Choose a colleague who can do this.")
    return {"owner_body_id": by.body_id, "owner_id": colleague.pk, "owner_role": colleague.role}


def _colleague(to: str, by: Viewer, at: datetime) -> Membership | None:
    if not (to.isascii() and to.isdigit() and len(to) < 19):
        return None
    members = open_memberships(at).filter(body=by.body_id, role__in=roles_with(Right.FOLLOW_UPS))
    found: Membership | None = members.filter(pk=int(to)).first()
    return found


def _must_say(words: str, sentence: str, field: str = "words") -> None:
    if not words.strip():
        raise Invalid(**{field: sentence})


def _tell_owner(row: FollowUp, by: Viewer, at: datetime) -> None:
    """Tell whoever is asked, unless they ask themselves."""
    if row.owner_id is not None:
        tell_member(membership_id=row.owner_id, purpose="follow-up", at=at)
    elif row.owner_body_id != by.body_id:
        tell(body_id=row.owner_body_id, roles=roles_with(Right.FOLLOW_UPS), purpose="follow-up", at=at)
