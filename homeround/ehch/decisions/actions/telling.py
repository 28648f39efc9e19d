"""Who is told that it became their turn: the practice that is asked, whoever decided and their PCN, the home."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Right, roles_with
from homeround.accounts.telling import tell, tell_member
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.alignment.models import pcn_of
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.models import Ask, AskedAnew, Decision
from homeround.ehch.decisions.words import ReplyKind
from homeround.ehch.residents.access import PersonInSight, practice_of
from homeround.ehch.residents.models import Resident
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date


def practice_now(resident_id: int, at: datetime) -> int | None:
    """The practice the person is registered with at an instant; None when none is known."""
    found: int | None = (
        Resident.objects.filter(pk=resident_id)
        .annotate(practice_now=practice_of("pk", at))
        .values_list("practice_now", flat=True)
        .get()
    )
    return found


def tell_practice(practice_id: int | None, at: datetime) -> None:
    """Tell each clinician of the practice that something awaits a reply; nobody where no practice is known."""
    if practice_id is not None:
        tell(body_id=practice_id, roles=roles_with(Right.REPLIES), purpose="awaiting reply", at=at)


def ask_new_practice(resident_id: int, practice_id: int, by: Viewer, at: datetime) -> None:
    """What awaits a reply about a person is asked of the practice that they are registered with now, which is told."""
    asks = list(Ask.objects.filter(resident=resident_id, ended_at=None, decision__ended_at=None))
    for ask in asks:
        AskedAnew.objects.create(
            resident_id=resident_id,
            ask=ask,
            practice_id=practice_id,
            answer_by_on=rules.answer_by(london_date(at), bank_holidays.ENGLAND),
            **written(by=by, at=at, held_for=ask.held_for_id),
        )
    if asks:
        tell_practice(practice_id, at)


def tell_deciders(decision: Decision, at: datetime) -> None:
    """Tell whoever decided, who typed it for them, and those who answer for the PCN that serves the home now."""
    for membership in (decision.for_whom_id, decision.by_id):
        if membership is not None:
            tell_member(membership_id=membership, purpose="answer awaited", at=at)
    served_by = (
        Decision.objects.filter(pk=decision.pk)
        .annotate(served_by=pcn_of("home", london_date(at)))
        .values_list("served_by", flat=True)
        .first()
    )
    if served_by is not None:
        tell(body_id=served_by, roles=roles_with(Right.ANSWERING), purpose="answer awaited", at=at)


def tell_home(home_id: int, at: datetime) -> None:
    """Tell the nurses, seniors and managers of a home that what they do about somebody has changed."""
    tell(body_id=home_id, roles=roles_with(Right.MOVES), purpose="something changed", at=at)


def tell_of_reply(decision: Decision, kind: str, at: datetime) -> None:
    """A question, a dispute and "not our patient" make it the turn of the deciding side; a dispute changes what the
    home does. That it was read waits for nobody.
    """
    if kind != ReplyKind.READ:
        tell_deciders(decision, at)
    if kind == ReplyKind.DO_NOT_ADOPT:
        tell_home(decision.home_id, at)


def tell_everybody(person: PersonInSight, decision: Decision, at: datetime) -> None:
    """Tell practice, deciders and home: what applies has changed."""
    tell_practice(practice_now(person.resident_id, at), at)
    tell_deciders(decision, at)
    tell_home(person.where, at)
