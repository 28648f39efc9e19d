"""Deciding: the decision takes effect when the competent clinician makes it, and the registered GP
is asked (REQ-20).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from homeround.accounts.models import Membership
from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import Kind, Right, Role, roles_with
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import is_competent
from homeround.ehch.decisions.actions.telling import practice_now, tell_practice
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.decisions.queries.applies import applies_now
from homeround.ehch.decisions.words import DECISION_KINDS, NEW
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid


@dataclass(frozen=True)
class Deciding:
    """A decision as it is put: what, why, what applied before, from when it applies (None: nothing changes) and up to
    which day (`until_on`; None: until it is changed).

    `replaces` is the ref of a decision that applies now, or `words.NEW`; one that changes something must say which.
    With `stops` what it replaces stops, and nothing takes its place.
    """

    kind: str
    decided: str
    because: str = ""
    before: str = ""
    in_force_from_on: date | None = None
    replaces: str = ""
    stops: bool = False
    until_on: date | None = None


@action
def decide(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    decision: Deciding,
    for_whom: int | None = None,
) -> str:
    """Record a decision about a person outside a round. Returns the decision's ref; raises NotHere, NotAllowed,
    Invalid.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.CLINICAL)
    return decide_about(person, by=by, at=at, decision=decision, for_whom=for_whom).ref


def decide_about(
    person: PersonInSight,
    *,
    by: Viewer,
    at: datetime,
    decision: Deciding,
    for_whom: int | None = None,
    corrects: Decision | None = None,
) -> Decision:
    """Record a decision about a person in sight, and ask the registered practice for a reply. Within an action.

    Raises NotAllowed, Invalid.
    """
    decider = _decider(person, by, at, for_whom)
    problems = problems_of_decision(decision, at, corrects=corrects)
    if problems:
        raise Invalid(**problems)
    columns = written(by=by, at=at, held_for=person.where, for_whom=for_whom)
    row = Decision.objects.create(
        resident_id=person.resident_id,
        home_id=person.where,
        kind=decision.kind,
        decided=decision.decided.strip(),
        because=decision.because.strip(),
        corrects=corrects,
        **(_in_place_of(corrects, decision) if corrects else _place_in_thread(person, decision, at)),
        in_force_from_on=decision.in_force_from_on,
        until_on=decision.until_on,
        **columns,
    )
    _ask_registered_practice(person, row, decider, at, columns)
    return row


def problems_of_decision(decision: Deciding, at: datetime, *, corrects: Decision | None = None) -> dict[str, str]:
    """What is missing from a decision as it is put, field by field. What corrects another replaces what that one
    did.
    """
    problems = rules.problems_of_decision(
        decision.decided,
        decision.in_force_from_on,
        london_date(at),
        because=decision.because,
        before=decision.before if corrects is None else corrects.before,
        replaces=decision.replaces if corrects is None else NEW,
        stops=decision.stops and corrects is None,
        until_on=decision.until_on,
    )
    if decision.kind not in set(DECISION_KINDS):
        problems["decision_kind"] = "Choose what the decision is about."
    return problems


def _place_in_thread(person: PersonInSight, decision: Deciding, at: datetime) -> dict[str, Any]:
    """What the decision replaces, and what applied before. Raises Invalid when that applies no more, or is in dispute.

    While something is in dispute nothing takes its place: how it is settled says what the home does from then on.
    """
    if decision.in_force_from_on is None or decision.replaces == NEW:
        return {"before": decision.before.strip()}
    applying = {line.decision_ref: line for line in applies_now([person.resident_id], at=at)[person.resident_id]}
    line = applying.get(decision.replaces.upper())
    if line is None or line.is_taken_back:
        raise Invalid(replaces="That does not apply any more: somebody has changed it meanwhile. Choose again.")
    if line.is_in_dispute:
        raise Invalid(
            replaces="The registered GP does not adopt this. Settle the dispute first, on the page of the decision, "
            "or choose something else."
        )
    replaced = Decision.objects.get(ref=line.decision_ref)
    return {
        "replaces": replaced,
        "thread_id": replaced.thread_id or replaced.pk,
        "before": _before(line.does, decision.before.strip(), stops=decision.stops),
        "stops": decision.stops,
    }


def _before(does: str, typed: str, *, stops: bool) -> str:
    """What applied before, in the words typed, else as it stands; where it stops, always what the home does."""
    if stops and typed:
        return f"{does} ({typed})"
    return typed or does


def _in_place_of(wrong: Decision, decision: Deciding) -> dict[str, Any]:
    """A decision that corrects another takes its place in the thread: what that one replaced stays replaced."""
    return {
        "replaces_id": wrong.replaces_id,
        "thread_id": wrong.thread_id,
        "before": decision.before.strip() or wrong.before,
        "stops": wrong.stops,
    }


def _decider(person: PersonInSight, by: Viewer, at: datetime, for_whom: int | None) -> tuple[str, int]:
    """Role and body of whoever decides: the viewer, or the named clinician a coordinator types for."""
    if for_whom is None:
        person.must_have(Right.DECIDING)
        return by.role, by.body_id
    person.must_have(Right.TYPING_FOR)
    clinician = clinician_named(for_whom, by=by, at=at)
    return clinician.role, clinician.body_id


def clinician_named(membership: int, *, by: Viewer, at: datetime) -> Membership:
    """The clinician of the typist's own PCN whose membership this is. Raises Invalid for anybody else, and for one
    who has left.
    """
    clinician = open_memberships(at).filter(pk=membership, body=by.body_id).first()
    if clinician is None or not is_competent(Role(clinician.role)):
        raise Invalid(for_whom="Choose the clinician of your PCN who decided this.")
    return clinician


def _ask_registered_practice(
    person: PersonInSight, decision: Decision, decider: tuple[str, int], at: datetime, columns: dict[str, object]
) -> None:
    practice = practice_now(person.resident_id, at)
    changes = decision.in_force_from_on is not None
    role, body = decider
    replies = Role(role) in roles_with(Right.REPLIES)
    if not rules.needs_reply(changes=changes, replies=replies, decider_body=body, practice=practice):
        return
    Ask.objects.create(
        resident_id=person.resident_id,
        decision=decision,
        answer_by_on=rules.answer_by(london_date(at), bank_holidays.ENGLAND),
        **columns,
    )
    tell_practice(practice, at)
