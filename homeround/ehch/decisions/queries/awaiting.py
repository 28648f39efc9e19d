"""What awaits the registered practices: their own for them, a home's for those who wait there, counts for the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from homeround.accounts.author import Author, author_columns, author_in, author_of
from homeround.accounts.rights import Kind, Reach, Right
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.access import is_own
from homeround.ehch.decisions.models import Ask, Decision, Dispute, QueryAnswer, Reply
from homeround.ehch.decisions.queries.applies import Applies, applies_now
from homeround.ehch.decisions.queries.asked import (
    WRITERS,
    AskedBefore,
    Corrects,
    ask_state,
    asked_before,
    awaited_or_in_dispute,
    corrects_in,
    due_on,
    said_before,
    with_ask,
    with_corrected,
)
from homeround.ehch.decisions.queries.validity import validity_in, with_validity
from homeround.ehch.decisions.queries.whereabouts import gone_in, with_whereabouts
from homeround.ehch.decisions.waits import open_asks, own_question
from homeround.ehch.decisions.words import DECISION_KINDS, AskState, DecisionKind, DecisionState
from homeround.ehch.residents.access import PersonInSight, living_stays, people_of, practice_of
from homeround.ehch.residents.models import RegistrationStart
from homeround.ehch.residents.queries import Identity, identities
from homeround.ehch.residents.rules import FORMER_HOME_READS
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Answered:
    """A question of the practice, what was answered, and by whom. `practice_before` names the practice that asked where
    it is not the one of now.
    """

    asked: str
    answer: str
    by: Author
    practice_before: str = ""


@dataclass(frozen=True)
class Awaiting:
    """A decision that awaits its practice's reply, or to be settled. A clerk gets title and due date alone."""

    ref: str
    decision_ref: str
    person_ref: str
    identity: Identity
    home: str
    decided: str
    by: Author
    typed_by: Author | None
    at: datetime
    answer_by_on: date
    state: AskState
    title: str
    received: str
    because: str = ""
    before: str = ""
    corrects: Corrects | None = None
    in_force_from_on: date | None = None
    until_on: date | None = None
    stops: bool = False
    practice: str = ""
    meanwhile: str = ""
    validity: DecisionState = DecisionState.APPLIES
    applies: Applies | None = None
    """What the home does of it now; None once it does nothing of it: it was replaced, or changes nothing."""
    is_confirmed: bool = True
    is_own: bool = False
    """Whether the viewer decided it themselves, in another capacity: a colleague of the practice replies."""
    answered: Answered | None = None
    """The practice's last question and its answer, while the reply is awaited again."""
    gone: str = ""
    """How they went who live in no home now, `died` or `left`: nobody does anything of it, whatever is replied."""
    rests_on: str = ""
    """What it answered, where that puts it in question (`words.ANSWERED_WHAT`)."""
    asked_at: datetime | None = None
    """Since when a question of the practice waits for the PCN's answer; None while none does."""
    asked_before: AskedBefore | None = None
    """The open question of the practice before. A clerk gets none."""
    said_before: str = ""
    """The practice that replied last, by name, where it is not the one of now."""


def awaiting_reply(*, viewer: Viewer, at: datetime, ask: str = "", page: slice | None = None) -> list[Awaiting]:
    """What awaits the viewer's practice, overdue first, then by day, its own questions last; its own patients only,
    wherever they live. A clerk gets title and due date alone.

    `page` is the part of the list wanted, `ask` the ref of one line. Four statements whatever the number.
    """
    if viewer.reach is not Reach.PRACTICE:
        return []
    asked = [decision for decision, ref in _asked_of(practice=viewer.body_id, at=at) if ref == ask or not ask]
    wanted = asked[page or slice(None)]
    found = {row.pk: row for row in _whole(decisions=wanted, at=at)}
    rows = [found[decision] for decision in wanted]
    people = sorted({row.resident_id for row in rows})
    notice_list(viewer, place_id=viewer.body_id, subject_ids=people, ground="REGISTERED")
    named = identities(people)
    is_clerk = not viewer.may(Right.REPLIES)
    applying = {} if is_clerk else _applying(people, at)
    return [
        _waiting(row, named.get(row.resident_id, Identity()), viewer, at, applying.get(row.ref), title_only=is_clerk)
        for row in rows
    ]


def _applying(people: list[int], at: datetime) -> dict[str, Applies]:
    """What applies about these people, by the decision it comes from."""
    return {line.decision_ref: line for lines in applies_now(people, at=at).values() for line in lines}


def awaiting_number(*, viewer: Viewer, at: datetime) -> int:
    """How many decisions await the viewer's practice; one statement."""
    return len(_asked_of(practice=viewer.body_id, at=at)) if viewer.reach is Reach.PRACTICE else 0


@prepared
def _asked_of(*, practice: int, at: datetime) -> QuerySet[Any, Any]:
    """The decision and the ref of each open ask of a practice's patients, in the order of the list: from its
    registrations, never from everybody there is.
    """
    once = RegistrationStart.objects.filter(practice=practice).order_by().values("resident")
    asks = open_asks(None).filter(resident__in=once).annotate(practice_now=practice_of("resident", at))
    theirs: QuerySet[Any] = asks.filter(practice_now=practice).annotate(question=Exists(own_question()))
    return theirs.order_by("question", "due", "decision__happened_at", "pk").values_list("decision", "ref")


@prepared
def _whole(*, decisions: list[int], at: datetime) -> QuerySet[Any]:
    rows = with_whereabouts(
        _with_answer(with_validity(with_ask(with_corrected(Decision.objects.filter(pk__in=decisions)), at), at), at)
    )
    whole: QuerySet[Any] = rows.select_related(*WRITERS, "resident", "home__body")
    return whole


def awaited_in(home: HomeInSight) -> list[Awaiting]:
    """What awaits replies about people of a home in sight, disputes first, then by day. Three statements.

    Also about whoever left or died since and lives in no other home, as long as the viewer sees them: a departure
    closes neither, and what the counts and the person's page call open stands here too. About whoever lives in another
    home now it stands there.
    """
    home.must_read(Kind.IDENTITY)
    rows = _about_home(home=home.home_id, viewer=home.viewer, at=home.at, since=home.at - FORMER_HOME_READS)
    people = sorted({row.resident_id for row in rows})
    found = identities(people)
    notice_list(home.viewer, place_id=home.home_id, subject_ids=people, ground=home.ground.name)
    applying = _applying(people, home.at)
    waiting = [
        _waiting(
            row, found.get(row.resident_id, Identity()), home.viewer, home.at, applying.get(row.ref), title_only=False
        )
        for row in rows
    ]
    return sorted(waiting, key=lambda line: (line.state is not AskState.IN_DISPUTE, line.answer_by_on, line.at))


@prepared
def _about_home(*, home: int, viewer: Viewer, at: datetime, since: datetime) -> QuerySet[Any]:
    elsewhere = living_stays().filter(resident=OuterRef("resident")).exclude(home=home)
    lives_here = Exists(living_stays().filter(resident=OuterRef("resident"), home=home))
    seen = people_of(viewer=viewer, at=at, since=since).order_by().values("pk")
    is_left_to_us = Q(home=home) & ~Exists(elsewhere)
    here = awaited_or_in_dispute().filter(lives_here | is_left_to_us, resident__in=seen)
    rows = with_whereabouts(_with_answer(with_validity(with_ask(with_corrected(here), at), at), at))
    whole: QuerySet[Any] = rows.select_related(*WRITERS, "resident", "home__body").order_by("happened_at")
    return whole


def _waiting(
    row: Any, identity: Identity, viewer: Viewer, at: datetime, applies: Applies | None, *, title_only: bool
) -> Awaiting:
    kind, state = DECISION_KINDS[DecisionKind(row.kind)], ask_state(row, london_date(at))
    validity = validity_in(row, at)
    return Awaiting(
        ref=row.ask["ref"],
        decision_ref=row.ref,
        person_ref=row.resident.ref,
        identity=identity,
        home=row.lives_in or row.home.body.name,
        answered=None if title_only else _answered(row),
        gone=gone_in(row),
        decided="" if title_only else row.decided,
        by=author_of(row.for_whom or row.by),
        typed_by=author_of(row.by) if row.for_whom else None,
        at=row.happened_at,
        answer_by_on=due_on(row),
        state=state,
        title=f"{kind.capitalize()}: decision of {shown_date(london_date(row.happened_at))}",
        received=row.received_by or "",
        because="" if title_only else row.because,
        before="" if title_only else row.before,
        corrects=None if title_only else corrects_in(row),
        in_force_from_on=row.in_force_from_on,
        until_on=row.until_on,
        stops=row.stops,
        practice=row.practice_name or "",
        meanwhile="" if title_only else row.meanwhile or "",
        validity=validity.state,
        rests_on=validity.rests_on,
        applies=applies,
        is_confirmed=row.is_confirmed,
        is_own=is_own(row, viewer),
        asked_at=row.last_reply_at if state is AskState.QUERIED else None,
        asked_before=None if title_only else asked_before(row),
        said_before=said_before(row),
    )


def _with_answer(rows: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """These rows of `with_ask`, each with the newest answer to a question of the practice."""
    answers = QueryAnswer.objects.filter(reply__ask__decision=OuterRef("pk"), recorded_at__lte=at).order_by("-reply")
    found = JSONObject(asked="reply__words", answer="words", **author_columns("by"))
    with_answer: QuerySet[Any] = rows.annotate(answer=Subquery(answers.values(found=found)[:1]))
    return with_answer


def _answered(row: Any) -> Answered | None:
    if not row.answer or row.last_answered != row.last_reply_id:
        return None
    return Answered(row.answer["asked"], row.answer["answer"], author_in(row.answer), said_before(row))


@dataclass(frozen=True)
class SavedAbout:
    """The decision about which a practice has just saved something, to confirm it by name. Somebody who is not its
    patient is not named. `gone` as in `Awaiting`.
    """

    identity: Identity
    home: str
    decision_ref: str
    gone: str = ""


def saved_about(*, viewer: Viewer, ask: str, at: datetime) -> SavedAbout | None:
    """The decision about which `ask` asks, while its person is in the sight of a practice; None for anything else. Two
    statements.
    """
    people = people_of(viewer=viewer, at=at).order_by().values("pk")
    asked = Ask.objects.filter(ref=ask.upper()).values("decision")
    theirs = with_whereabouts(Decision.objects.filter(pk__in=asked, resident__in=people))
    row = theirs.select_related("home__body").first()
    if row is None:
        return None
    identity = identities([row.resident_id]).get(row.resident_id, Identity())
    notice_list(viewer, place_id=viewer.body_id, subject_ids=[row.resident_id], ground="REGISTERED")
    return SavedAbout(identity, row.lives_in or row.home.body.name, row.ref, gone_in(row))


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


def said_by_practice(person: PersonInSight) -> tuple[int, int]:
    """How many replies of the practice of now about a person in sight stand, and how many disputes of theirs are open:
    what falls when it is said that they never were its patient (H28). Two statements.
    """
    replies = Reply.objects.filter(resident=person.resident_id).annotate(now=practice_of("resident", person.at))
    theirs = replies.filter(practice=F("now"))
    disputes = Dispute.objects.filter(ended_at=None, reply__in=theirs.values("pk"))
    return theirs.count(), disputes.count()


def owed_by_practice(*, homes: Iterable[int], at: datetime) -> list[PracticeOwes]:
    """What practices owe about decisions of these homes, most overdue first; no person named. One statement."""
    owes = [PracticeOwes(*row) for row in _owed_by_practice(homes=list(homes), at=at, on=london_date(at))]
    return sorted(owes, key=lambda owed: (-owed.late, -owed.awaited, owed.practice))


@prepared
def _owed_by_practice(*, homes: list[int], at: datetime, on: date) -> QuerySet[Any, Any]:
    asks = open_asks(homes).annotate(
        practice_name=Coalesce(practice_of("resident", at, "practice__body__name"), Value("")),
        practice_phone=Coalesce(practice_of("resident", at, "practice__phone"), Value("")),
        question=Exists(own_question()),
    )
    by_practice: QuerySet[Any, Any] = (
        asks.order_by()
        .values("practice_name", "practice_phone")
        .annotate(
            awaited=Count("pk", filter=Q(question=False)),
            late=Count("pk", filter=Q(question=False, due__lt=on)),
            asked_back=Count("pk", filter=Q(question=True)),
        )
    )
    return by_practice.values_list("practice_name", "practice_phone", "awaited", "late", "asked_back")


def awaited_by_home(*, homes: Iterable[int]) -> dict[int, int]:
    """How many decisions of each home await an answer of the registered GP: a fact about the service. One statement."""
    return dict(_awaited_in(homes=list(homes)))


@prepared
def _awaited_in(*, homes: list[int]) -> QuerySet[Any, Any]:
    counted: QuerySet[Any, Any] = open_asks(homes).order_by().values("seen_to_in").annotate(number=Count("pk"))
    return counted.values_list("seen_to_in", "number")
