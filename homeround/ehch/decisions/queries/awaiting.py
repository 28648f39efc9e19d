"""What awaits the registered practices: their own for them, a home's for those who wait there, counts for the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Q, Value
from django.db.models.functions import Coalesce

from homeround.accounts.rights import Reach, Right
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.models import Reply
from homeround.ehch.decisions.queries.asked import (
    WRITERS,
    ask_state,
    awaited,
    awaited_or_in_dispute,
    due_on,
    member_words,
    with_ask,
)
from homeround.ehch.decisions.waits import open_asks, open_question
from homeround.ehch.decisions.words import DECISION_KINDS, AskState, DecisionKind
from homeround.ehch.residents.access import living_in, people_of, practice_of
from homeround.ehch.residents.queries import Identity, identities
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar.times import london_date, shown_date


@dataclass(frozen=True)
class Awaiting:
    """A decision that awaits its practice's reply, or to be settled. A clerk gets title and due date alone."""

    ref: str
    decision_ref: str
    person_ref: str
    identity: Identity
    home: str
    decided: str
    by: str
    at: datetime
    answer_by_on: date
    state: AskState
    title: str
    received: str
    because: str = ""
    before: str = ""
    in_force_from_on: date | None = None
    practice: str = ""
    meanwhile: str = ""


def awaiting_reply(*, viewer: Viewer, at: datetime) -> list[Awaiting]:
    """What awaits the viewer's practice, overdue first, then by day; its own patients only, wherever they live.

    A clerk gets title and due date alone. Two statements whatever the number.
    """
    if viewer.reach is not Reach.PRACTICE:
        return []
    on = london_date(at)
    people = people_of(viewer=viewer, at=at).filter(practice_now=viewer.body_id)
    decisions = with_ask(awaited().filter(resident__in=people.order_by().values("pk")), at)
    rows = list(decisions.select_related(*WRITERS, "resident", "home__body").order_by("happened_at"))
    found = identities({row.resident_id for row in rows})
    notice_list(
        viewer, place_id=viewer.body_id, subject_ids=sorted({row.resident_id for row in rows}), ground="REGISTERED"
    )
    is_clerk = not viewer.may(Right.REPLIES)
    waiting = [_waiting(row, found.get(row.resident_id, Identity()), on, title_only=is_clerk) for row in rows]
    return sorted(waiting, key=lambda one: (one.state is AskState.QUERIED, one.answer_by_on, one.at))


def awaited_in(home: HomeInSight) -> list[Awaiting]:
    """What awaits replies about people who live in a home in sight, disputes first, then by day. Two statements."""
    on = london_date(home.at)
    living = living_in(home=home).values("resident")
    decisions = with_ask(awaited_or_in_dispute().filter(home=home.home_id, resident__in=living), home.at)
    rows = list(decisions.select_related(*WRITERS, "resident", "home__body").order_by("happened_at"))
    people = sorted({row.resident_id for row in rows})
    found = identities(people)
    notice_list(home.viewer, place_id=home.home_id, subject_ids=people, ground=home.ground.name)
    waiting = [_waiting(row, found.get(row.resident_id, Identity()), on, title_only=False) for row in rows]
    return sorted(waiting, key=lambda one: (one.state is not AskState.IN_DISPUTE, one.answer_by_on, one.at))


def _waiting(row: Any, identity: Identity, on: date, *, title_only: bool) -> Awaiting:
    kind = DECISION_KINDS[DecisionKind(row.kind)]
    return Awaiting(
        ref=row.ask["ref"],
        decision_ref=row.ref,
        person_ref=row.resident.ref,
        identity=identity,
        home=row.home.body.name,
        decided="" if title_only else row.decided,
        by=member_words(row.for_whom or row.by),
        at=row.happened_at,
        answer_by_on=due_on(row),
        state=ask_state(row, on),
        title=f"{kind.capitalize()}: decision of {shown_date(london_date(row.happened_at))}",
        received=row.received_by or "",
        because="" if title_only else row.because,
        before="" if title_only else row.before,
        in_force_from_on=row.in_force_from_on,
        practice=row.practice_name or "",
        meanwhile="" if title_only else row.meanwhile or "",
    )


@dataclass(frozen=True)
class Replied:
    """The reply that somebody gave last, to confirm it by name. Somebody who is not their patient is not named."""

    identity: Identity
    home: str
    decision_ref: str


def replied_last(*, viewer: Viewer, at: datetime) -> Replied | None:
    """The viewer's newest reply, while its person is in sight. Two statements."""
    people = people_of(viewer=viewer, at=at).order_by().values("pk")
    mine = Reply.objects.filter(by=viewer.membership_id)
    newest = mine.order_by("-pk").values("pk")[:1]
    row = mine.filter(pk=newest, resident__in=people).select_related("ask__decision__home__body").first()
    if row is None:
        return None
    identity = identities([row.resident_id]).get(row.resident_id, Identity())
    notice_list(viewer, place_id=viewer.body_id, subject_ids=[row.resident_id], ground="REGISTERED")
    return Replied(identity, row.ask.decision.home.body.name, row.ask.decision.ref)


@dataclass(frozen=True)
class PracticeOwes:
    """How many replies a practice owes about decisions of some homes, and its number to call. `asked_back`: it has a
    question, and the PCN's answer is awaited, not its reply. `practice` is empty where none is known.
    """

    practice: str
    phone: str
    awaited: int
    late: int
    asked_back: int


def owed_by_practice(*, homes: Iterable[int], at: datetime) -> list[PracticeOwes]:
    """What practices owe about decisions of these homes, most overdue first; no person named. One statement."""
    asks = open_asks(homes).annotate(
        practice_name=Coalesce(practice_of("resident", at, "practice__body__name"), Value("")),
        practice_phone=Coalesce(practice_of("resident", at, "practice__phone"), Value("")),
        question=Exists(open_question()),
    )
    is_late = Q(question=False, due__lt=london_date(at))
    rows = (
        asks.order_by()
        .values("practice_name", "practice_phone")
        .annotate(
            awaited=Count("pk", filter=Q(question=False)),
            late=Count("pk", filter=is_late),
            asked_back=Count("pk", filter=Q(question=True)),
        )
    )
    owes = [
        PracticeOwes(row["practice_name"], row["practice_phone"], row["awaited"], row["late"], row["asked_back"])
        for row in rows
    ]
    return sorted(owes, key=lambda owed: (-owed.late, -owed.awaited, owed.practice))


def awaited_by_home(*, homes: Iterable[int]) -> dict[int, int]:
    """How many decisions of each home await an answer of the registered GP: a fact about the service. One statement."""
    counted: Any = (
        open_asks(homes)
        .order_by()
        .values("decision__home")
        .annotate(number=Count("pk"))
        .values_list("decision__home", "number")
    )
    return dict(counted)
