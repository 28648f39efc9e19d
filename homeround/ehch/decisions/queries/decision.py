"""One decision whole: what was decided, what is asked and where it stands, what was said, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from homeround.accounts.models import Membership
from homeround.accounts.rights import PRACTICE_ROLES, Role
from homeround.ehch.decisions.access import AskInSight, DecisionInSight
from homeround.ehch.decisions.models import (
    Ask,
    Decision,
    FollowUp,
    QueryAnswer,
    Received,
    Reply,
    Settlement,
)
from homeround.ehch.decisions.queries.asked import WRITERS, ask_state, due_on, member_words, with_ask
from homeround.ehch.decisions.queries.follow_ups import Owed, owed_among
from homeround.ehch.decisions.words import DECISION_KINDS, REPLIES, AskState, DecisionKind, ReplyKind
from homeround.ehch.residents.access import practice_of
from homeround.kernel.audit.opened import first_opened
from homeround.kernel.calendar.times import london_date
from homeround.kernel.delivery.outbox import deliveries


@dataclass(frozen=True)
class Said:
    """Something said about a decision, by whom, when: a reply, an answer, a settlement, a clerk's mark."""

    what: str
    by: str
    at: datetime
    words: str = ""
    meanwhile: str = ""


@dataclass(frozen=True)
class DecisionPage:
    """One decision with each of its parts apart."""

    ref: str
    kind: str
    decided: str
    because: str
    before: str
    in_force_from_on: date | None
    by: str
    typed_by: str
    at: datetime
    ask_ref: str
    answer_by_on: date | None
    state: AskState | None
    practice: str
    said: tuple[Said, ...]
    opened: tuple[Said, ...]
    in_dispute_meanwhile: str
    follow_ups: tuple[Owed, ...]


def decision_page(seen: DecisionInSight | AskInSight) -> DecisionPage:
    """One decision whole, or the one behind an ask; statements do not grow with what was said about it."""
    at = seen.person.at
    row = with_ask(Decision.objects.filter(pk=seen.decision_id), at).select_related(*WRITERS).get()
    decider = row.for_whom or row.by
    return DecisionPage(
        ref=row.ref,
        kind=DECISION_KINDS[DecisionKind(row.kind)],
        decided=row.decided,
        because=row.because,
        before=row.before,
        in_force_from_on=row.in_force_from_on,
        by=member_words(decider),
        typed_by=member_words(row.by) if row.for_whom else "",
        at=row.happened_at,
        ask_ref=(row.ask or {}).get("ref", ""),
        answer_by_on=due_on(row) if row.ask else None,
        state=ask_state(row, london_date(at)) if row.ask else None,
        practice=row.practice_name or "",
        said=tuple(_said(row.pk)),
        opened=tuple(_opened(row)),
        in_dispute_meanwhile=row.meanwhile or "",
        follow_ups=tuple(owed_among(FollowUp.objects.filter(decision=row.pk, stands=True), at)),
    )


@dataclass(frozen=True)
class Delivered:
    """How the registered practice was told: queued and handed over are facts of the message, not of anybody's reading.

    One message a day goes to each clinician of the practice: it says that something awaits a reply, and names nobody.
    `queued_at` is empty where nobody could be told: no practice known, or no clinician of it uses Homeround.
    """

    queued_at: datetime | None
    handed_over_at: datetime | None
    given_up: bool


def delivery_of(seen: DecisionInSight) -> Delivered:
    """How the practice that is asked now was told about this decision. Two statements."""
    ask = (
        Ask.objects.filter(decision=seen.decision_id, stands=True)
        .annotate(practice_now=practice_of("resident", seen.person.at))
        .get()
    )
    readers = Membership.objects.filter(body=ask.practice_now, role=Role.PRACTICE_CLINICIAN, stands=True)
    users = readers.values_list("user_id", flat=True)
    keys = [f"awaiting-reply:{user}:{london_date(ask.recorded_at).isoformat()}" for user in users]
    told = deliveries(dedupe_keys=keys)
    if not told:
        return Delivered(None, None, given_up=False)
    first = told[0]
    return Delivered(first.queued_at, first.handed_over_at, given_up=all(one.given_up_at for one in told))


def _said(decision_id: int) -> list[Said]:
    """Everything said about a decision, in the order in which it was."""
    replies = Reply.objects.filter(ask__decision=decision_id, stands=True).select_related("by__user", "by__body")
    answers = QueryAnswer.objects.filter(reply__ask__decision=decision_id, stands=True)
    received = Received.objects.filter(ask__decision=decision_id, stands=True)
    settled = Settlement.objects.filter(dispute__decision=decision_id, stands=True)
    said = [
        Said(REPLIES[ReplyKind(row.kind)], member_words(row.by), row.recorded_at, row.words, row.meanwhile)
        for row in replies
    ]
    for what, rows in (("Answer", answers), ("Settled", settled)):
        said += [
            Said(what, member_words(row.by), row.recorded_at, row.words)
            for row in rows.select_related("by__user", "by__body")
        ]
    said += [
        Said("Received, not yet answered", member_words(row.by), row.recorded_at, row.passed_to)
        for row in received.select_related("by__user", "by__body")
    ]
    return sorted(said, key=lambda one: one.at)


def _opened(row: Any) -> list[Said]:
    """Who of a practice opened the decision, and when first."""
    first = first_opened(subject_id=row.resident_id, thing_id=row.pk)
    readers = Membership.objects.filter(pk__in=first, role__in=PRACTICE_ROLES).select_related("user", "body")
    return [Said("Opened", member_words(reader), first[reader.pk]) for reader in readers]
