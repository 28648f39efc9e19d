"""Deciding: the decision takes effect when the competent clinician makes it, and the registered GP
is asked (REQ-20).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from homeround.accounts.models import Membership
from homeround.accounts.rights import Kind, Role, Writing
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import is_competent
from homeround.ehch.decisions.models import Ask, Decision, DecisionKind
from homeround.ehch.residents.access import PersonInSight, practice_of, see_resident
from homeround.ehch.residents.models import Resident
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.delivery import outbox
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid


@dataclass(frozen=True)
class Deciding:
    """A decision as it is put: what, why, what applied before, and from when it applies (None: nothing changes)."""

    kind: str
    decided: str
    because: str = ""
    before: str = ""
    in_force_from_on: date | None = None


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
    person: PersonInSight, *, by: Viewer, at: datetime, decision: Deciding, for_whom: int | None = None
) -> Decision:
    """Record a decision about a person in sight, and ask the registered practice for a reply. Within an action."""
    decider = _decider(person, by, at, for_whom)
    problems = rules.problems_of_decision(decision.decided, decision.in_force_from_on, london_date(at))
    if decision.kind not in DecisionKind.values:
        problems["decision_kind"] = "Choose what the decision is about."
    if problems:
        raise Invalid(**problems)
    columns = written(by=by, at=at, held_for=person.where, for_whom=for_whom)
    row = Decision.objects.create(
        resident_id=person.resident_id,
        home_id=person.where,
        kind=decision.kind,
        decided=decision.decided.strip(),
        because=decision.because.strip(),
        before=decision.before.strip(),
        in_force_from_on=decision.in_force_from_on,
        **columns,
    )
    _ask_registered_practice(person, row, decider, at, columns)
    return row


def _decider(person: PersonInSight, by: Viewer, at: datetime, for_whom: int | None) -> tuple[str, int]:
    """Role and body of whoever decides: the viewer, or the named clinician a coordinator types for."""
    if for_whom is None:
        if by.role is not Role.PRACTICE_CLINICIAN:
            person.must_write(Writing.CLINICAL_ENTRIES)
        return by.role, by.body_id
    person.must_write(Writing.TYPING_FOR)
    clinician = Membership.objects.filter(
        pk=for_whom, body=by.body_id, stands=True, ended_at=None, from_at__lte=at, until_at__gt=at
    ).first()
    if clinician is None or not is_competent(Role(clinician.role)):
        raise Invalid(for_whom="Choose the clinician of your PCN who decided this.")
    return clinician.role, clinician.body_id


def _ask_registered_practice(
    person: PersonInSight, decision: Decision, decider: tuple[str, int], at: datetime, columns: dict[str, object]
) -> None:
    practice = (
        Resident.objects.filter(pk=person.resident_id)
        .annotate(practice_now=practice_of("pk", at))
        .values_list("practice_now", flat=True)
        .get()
    )
    changes = decision.in_force_from_on is not None
    if not rules.needs_reply(changes=changes, decider_role=decider[0], decider_body=decider[1], practice=practice):
        return
    ask = Ask.objects.create(
        resident_id=person.resident_id,
        decision=decision,
        answer_by_on=rules.answer_by(london_date(at), bank_holidays.ENGLAND),
        **columns,
    )
    if practice is not None:
        tell_practice(practice, ask, at)


def tell_practice(practice_id: int, ask: Ask, at: datetime) -> None:
    """Queue one message a day for each clinician of the practice: something awaits a reply. It names nobody
    (trust.md).
    """
    clinicians = Membership.objects.filter(
        body=practice_id, role=Role.PRACTICE_CLINICIAN, stands=True, ended_at=None, from_at__lte=at, until_at__gt=at
    )
    for user_id in clinicians.values_list("user_id", flat=True):
        outbox.queue(
            user_id=user_id,
            purpose="awaiting reply",
            about={"ask": ask.pk},
            dedupe_key=rules.awaiting_reply_key(user_id, london_date(at)),
            at=at,
        )
