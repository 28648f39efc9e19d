"""What can be read about decisions: one of them whole, what awaits a practice, what is asked of whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, JSONObject

from homeround.accounts.models import Membership
from homeround.accounts.rights import PRACTICE_ROLES, ROLE_WORDS, Role
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import AskInSight, DecisionInSight
from homeround.ehch.decisions.models import (
    Ask,
    Decision,
    DecisionKind,
    Dispute,
    FollowUp,
    FollowUpDone,
    QueryAnswer,
    Received,
    Reply,
    ReplyKind,
    Settlement,
)
from homeround.ehch.residents.access import living_in, people_of, practice_of
from homeround.ehch.residents.queries import Identity, entry_rows, identities, last_recorded
from homeround.ehch.residents.rules import Entry
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.audit.opened import first_opened
from homeround.kernel.times import london_date


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
    state: rules.AskState | None
    practice: str
    said: tuple[Said, ...]
    opened: tuple[Said, ...]
    in_dispute_meanwhile: str
    follow_ups: tuple[Owed, ...]


@dataclass(frozen=True)
class Awaiting:
    """A decision that awaits this practice's reply."""

    ref: str
    person_ref: str
    identity: Identity
    home: str
    decided: str
    by: str
    at: datetime
    answer_by_on: date
    state: rules.AskState
    title: str
    received: str


@dataclass(frozen=True)
class Owed:
    """A follow-up: what, by when, for whom, and what came of it once done."""

    ref: str
    words: str
    due_on: date
    owner: str
    owner_id: int
    asked_by: str
    asked_at: datetime
    person_ref: str
    identity: Identity
    is_late: bool
    done_at: datetime | None = None
    done_by: str = ""
    came_of_it: str = ""


def decision_page(seen: DecisionInSight | AskInSight) -> DecisionPage:
    """One decision whole, or the one behind an ask; statements do not grow with what was said about it."""
    at = seen.person.at
    row = _with_ask(Decision.objects.filter(pk=seen.decision_id), at).select_related(*_WRITERS).get()
    decider = row.for_whom or row.by
    return DecisionPage(
        ref=row.ref,
        kind=DecisionKind(row.kind).label,
        decided=row.decided,
        because=row.because,
        before=row.before,
        in_force_from_on=row.in_force_from_on,
        by=member_words(decider),
        typed_by=member_words(row.by) if row.for_whom else "",
        at=row.happened_at,
        ask_ref=(row.ask or {}).get("ref", ""),
        answer_by_on=_day((row.ask or {}).get("answer_by_on")),
        state=_state(row, london_date(at)) if row.ask else None,
        practice=row.practice_name or "",
        said=tuple(_said(row.pk)),
        opened=tuple(_opened(row)),
        in_dispute_meanwhile=row.meanwhile or "",
        follow_ups=tuple(_owed(FollowUp.objects.filter(decision=row.pk, stands=True), at)),
    )


def awaiting_reply(*, viewer: Viewer, at: datetime) -> list[Awaiting]:
    """What awaits the viewer's practice, overdue first, then by day; its own patients only, wherever they live.

    A clerk gets title and due date alone. Two statements whatever the number.
    """
    if viewer.role not in PRACTICE_ROLES:
        return []
    on = london_date(at)
    people = people_of(viewer=viewer, at=at).filter(practice_now=viewer.body_id)
    decisions = _with_ask(_awaited().filter(resident__in=people.order_by().values("pk")), at)
    rows = list(decisions.select_related(*_WRITERS, "resident", "home__body").order_by("happened_at"))
    found = identities({row.resident_id for row in rows})
    notice_list(viewer, place_id=None, subject_ids=sorted({row.resident_id for row in rows}), ground="REGISTERED")
    is_clerk = viewer.role is Role.PRACTICE_CLERK
    waiting = [
        Awaiting(
            ref=row.ask["ref"],
            person_ref=row.resident.ref,
            identity=found.get(row.resident_id, Identity()),
            home=row.home.body.name,
            decided="" if is_clerk else row.decided,
            by=member_words(row.for_whom or row.by),
            at=row.happened_at,
            answer_by_on=date.fromisoformat(row.ask["answer_by_on"]),
            state=_state(row, on),
            title=f"{DecisionKind(row.kind).label.capitalize()}: decision of {row.happened_at:%d.%m.%Y}",
            received=row.received_by or "",
        )
        for row in rows
    ]
    return sorted(waiting, key=lambda one: (one.state is rules.AskState.QUERIED, one.answer_by_on, one.at))


def owed_in(home: HomeInSight) -> list[Owed]:
    """Open follow-ups about people of a home in sight, by day. Two statements whatever the number."""
    rows = FollowUp.objects.filter(
        home=home.home_id, stands=True, ended_at=None, resident__in=living_in(home=home).values("resident")
    )
    owed = _owed(rows, home.at)
    notice_list(home.viewer, place_id=home.home_id, subject_ids=_people(rows), ground=home.ground.name)
    return owed


def asked_of(*, viewer: Viewer, at: datetime) -> list[Owed]:
    """Open follow-ups asked of the viewer's body, by day, about people the viewer may see."""
    people = people_of(viewer=viewer, at=at).order_by().values("pk")
    rows = FollowUp.objects.filter(owner_body=viewer.body_id, stands=True, ended_at=None, resident__in=people)
    owed = _owed(rows, at)
    notice_list(viewer, place_id=viewer.body_id, subject_ids=_people(rows), ground="OWED")
    return owed


def follow_up(*, follow_up_id: int, at: datetime) -> Owed:
    """One follow-up, open or done; the caller has its proof."""
    return _owed(FollowUp.objects.filter(pk=follow_up_id), at)[0]


def outstanding(*, homes: Iterable[int], at: datetime) -> dict[int, dict[rules.AskState, int]]:
    """How many decisions of each home stand where with the registered GP: facts about the service, no person named."""
    on = london_date(at)
    counts: dict[int, dict[rules.AskState, int]] = {}
    asked = _awaited().filter(home__in=list(homes))
    for row in _with_ask(asked, at).order_by().iterator():
        states = counts.setdefault(row.home_id, {})
        state = _state(row, on)
        states[state] = states.get(state, 0) + 1
    return counts


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """Decisions as signs: when anything was last decided about each person."""
    return [last_recorded(Decision.objects.filter(stands=True, home__in=homes, recorded_at__lte=at))]


def member_words(membership: Any) -> str:
    """Who, in which capacity, of which body: `Priya Shah, clinician of the round, Exe Valley PCN`."""
    return f"{membership.user.name}, {ROLE_WORDS[Role(membership.role)]}, {membership.body.name}"


_WRITERS = ("by__user", "by__body", "for_whom__user", "for_whom__body")


def _awaited() -> QuerySet[Decision]:
    """Standing decisions about which a reply is still awaited."""
    asks = Ask.objects.filter(decision=OuterRef("pk"), stands=True, ended_at=None)
    return Decision.objects.filter(Exists(asks), stands=True)


def _with_ask(decisions: QuerySet[Decision], at: datetime) -> QuerySet[Any]:
    """Decisions with what is asked about them and where that stands."""
    asks = Ask.objects.filter(decision=OuterRef("pk"), stands=True)
    replies = Reply.objects.filter(ask__decision=OuterRef("pk"), stands=True).order_by("-id")
    answers = QueryAnswer.objects.filter(reply__ask__decision=OuterRef("pk"), stands=True)
    received = Received.objects.filter(ask__decision=OuterRef("pk"), stands=True)
    disputes = Dispute.objects.filter(decision=OuterRef("pk"), stands=True, ended_at=None)
    return decisions.annotate(
        ask=Subquery(asks.values(found=JSONObject(ref="ref", answer_by_on=Cast("answer_by_on", CharField())))[:1]),
        last_reply=Coalesce(Subquery(replies.values("kind")[:1]), Value("")),
        last_reply_id=Subquery(replies.values("pk")[:1]),
        answered_reply_id=Subquery(answers.order_by("-reply").values("reply")[:1]),
        meanwhile=Subquery(disputes.values("meanwhile")[:1]),
        received_by=Subquery(received.order_by("-id").values("by__user__name")[:1]),
        practice_now=practice_of("resident", at),
        practice_name=practice_of("resident", at, "practice__body__name"),
    )


def _state(row: Any, on: date) -> rules.AskState:
    facts = rules.AskFacts(
        answer_by_on=date.fromisoformat(row.ask["answer_by_on"]),
        last_reply=row.last_reply,
        is_query_answered=row.last_reply_id is not None and row.answered_reply_id == row.last_reply_id,
        is_in_dispute=row.meanwhile is not None,
        has_practice=row.practice_now is not None,
    )
    return rules.state_of(facts, on)


def _said(decision_id: int) -> list[Said]:
    """Everything said about a decision, in the order in which it was."""
    replies = Reply.objects.filter(ask__decision=decision_id, stands=True).select_related("by__user", "by__body")
    answers = QueryAnswer.objects.filter(reply__ask__decision=decision_id, stands=True)
    received = Received.objects.filter(ask__decision=decision_id, stands=True)
    settled = Settlement.objects.filter(dispute__decision=decision_id, stands=True)
    said = [
        Said(ReplyKind(row.kind).label, row.said_by or member_words(row.by), row.recorded_at, row.words, row.meanwhile)
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


def _owed(rows: QuerySet[FollowUp], at: datetime) -> list[Owed]:
    on = london_date(at)
    done = FollowUpDone.objects.filter(follow_up=OuterRef("pk"), stands=True)
    found = list(
        rows.select_related("by__user", "by__body", "owner_body", "resident", "ended_by__user", "ended_by__body")
        .annotate(came_of_it=Subquery(done.values("words")[:1]))
        .order_by("due_on", "pk")
    )
    people = identities({row.resident_id for row in found})
    return [
        Owed(
            ref=row.ref,
            words=row.words,
            due_on=row.due_on,
            owner=f"{ROLE_WORDS[Role(row.owner_role)]}, {row.owner_body.name}"
            if row.owner_role
            else row.owner_body.name,
            owner_id=row.owner_body_id,
            asked_by=member_words(row.by),
            asked_at=row.happened_at,
            person_ref=row.resident.ref,
            identity=people.get(row.resident_id, Identity()),
            is_late=row.ended_at is None and row.due_on < on,
            done_at=row.ended_at,
            done_by=member_words(row.ended_by) if row.ended_by else "",
            came_of_it=row.came_of_it or "",
        )
        for row in found
    ]


def _people(rows: QuerySet[FollowUp]) -> list[int]:
    return sorted(set(rows.order_by().values_list("resident_id", flat=True)))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def entries(resident_id: int) -> list[Any]:
    """What is kept of a person here as branches of the timeline.

    `decision` (state: `said_so_far`, on: by when an answer is expected, empty when nobody is asked), `dispute` (what
    applies meanwhile, of the decision `ref`) and `follow_up` (state: who owes it, on: by when).
    """
    asks = Ask.objects.filter(decision=OuterRef("pk"), stands=True).values("answer_by_on")[:1]
    return [
        entry_rows(
            Decision.objects.filter(resident=resident_id, stands=True),
            kind="decision",
            words="decided",
            ref="ref",
            state=_said_so_far(),
            on=Subquery(asks),
        ),
        entry_rows(
            Dispute.objects.filter(resident=resident_id, stands=True),
            kind="dispute",
            words="meanwhile",
            ref="decision__ref",
        ),
        entry_rows(
            FollowUp.objects.filter(resident=resident_id, stands=True),
            kind="follow_up",
            words="words",
            ref="ref",
            state="owner_body__name",
            on="due_on",
        ),
    ]


def state_in_entry(entry: Entry, on: date, *, has_practice: bool) -> rules.AskState | None:
    """Where the decision of a timeline's line stands with the registered GP; None when nobody is asked."""
    if entry.kind != "decision" or not entry.on:
        return None
    facts = rules.AskFacts(
        answer_by_on=date.fromisoformat(entry.on),
        last_reply="do_not_adopt" if entry.state == "in_dispute" else entry.state,
        is_query_answered=False,
        is_in_dispute=entry.state == "in_dispute",
        has_practice=has_practice,
    )
    return rules.state_of(facts, on)


def _said_so_far() -> Case:
    """The last reply to a decision: its kind, `in_dispute` while it is, empty for none or for a
    query answered since.
    """
    replies = Reply.objects.filter(ask__decision=OuterRef("pk"), stands=True).order_by("-id")
    answers = QueryAnswer.objects.filter(reply=OuterRef("pk"), stands=True)
    disputes = Dispute.objects.filter(decision=OuterRef("pk"), stands=True, ended_at=None)
    last = replies.annotate(
        so_far=Case(When(Exists(answers), then=Value("")), default="kind", output_field=CharField())
    )
    return Case(
        When(Exists(disputes), then=Value("in_dispute")),
        default=Coalesce(Subquery(last.values("so_far")[:1]), Value("")),
        output_field=CharField(),
    )
