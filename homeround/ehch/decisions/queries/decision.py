"""One decision whole: what was decided, whether it applies, what is asked and where that is, what was said, what is
owed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from homeround.accounts.author import Author, author_of
from homeround.accounts.models import Membership
from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import Reach, Right, roles_reaching, roles_with
from homeround.accounts.telling import told
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import AskInSight, DecisionInSight, owed_as_of
from homeround.ehch.decisions.models import Ask, Confirmation, Decision, NewsRead, Withdrawal
from homeround.ehch.decisions.models.news import (
    disputes_fallen_not_read,
    settlements_by_practice,
    settlements_not_read,
    settlements_not_read_by_pcn,
    taken_off_with_practice,
    withdrawals_not_read,
)
from homeround.ehch.decisions.queries.applies import Applies, applies_now
from homeround.ehch.decisions.queries.asked import (
    WRITERS,
    AskedBefore,
    Corrects,
    ask_state,
    asked_before,
    corrects_in,
    due_on,
    said_before,
    with_ask,
    with_corrected,
)
from homeround.ehch.decisions.queries.events import Event, events_of
from homeround.ehch.decisions.queries.follow_ups import Owed, owed_of
from homeround.ehch.decisions.queries.validity import validity_in, with_validity
from homeround.ehch.decisions.queries.whereabouts import gone_in, with_whereabouts
from homeround.ehch.decisions.words import (
    DECISION_KINDS,
    AskState,
    DecisionKind,
    DecisionState,
    EventKind,
    ReplyKind,
    to_be_checked,
)
from homeround.ehch.residents.access import practice_of
from homeround.kernel.audit.opened import first_opened
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class TakenBack:
    """Why a decision was withdrawn or corrected, and the decision that says it rightly, if one does."""

    because: str
    by: Author
    at: datetime
    corrected_by: str


@dataclass(frozen=True)
class News:
    """What others made of a decision, and whether anybody has read it of the practice that was asked; or, where the
    practice settled it or was not theirs (`for_decider`), of those who had decided. `fell`: the practices that did
    not adopt it and never were the person's, so what they said does not count.
    """

    is_unread: bool
    for_decider: bool
    fell: tuple[str, ...]
    read_by: Author | None
    read_at: datetime | None


@dataclass(frozen=True)
class DecisionPage:
    """One decision with each of its parts apart.

    `rests_on`: what it answered, where that puts it in question (`words.ANSWERED_WHAT`), or empty.
    `applies` is what the home does of it now, when it does anything of it. `replaced_by` is the ref of the later
    decision that has taken its place. `confirmed_at` is empty while the clinician somebody typed for has not confirmed;
    `looked_at_by` is the colleague who looked at it instead, when the clinician acts in the home no more. `gone`: how
    they went who live in no home now (`gone_in`), and `went_on` on which day they went last. `opened`
    is who of the practice of now opened it, `opened_before` who of a practice before; `said_before` names the practice
    that replied last where it is not the one of now, `asked_before` is its question that nobody has answered.
    """

    ref: str
    kind: DecisionKind
    decided: str
    because: str
    before: str
    in_force_from_on: date | None
    until_on: date | None
    stops: bool
    replaces: bool
    by: Author
    typed_by: Author | None
    confirmed_at: datetime | None
    looked_at_by: Author | None
    at: datetime
    validity: DecisionState
    rests_on: str
    applies: Applies | None
    replaced_by: str
    taken_back: TakenBack | None
    ask_ref: str
    answer_by_on: date | None
    state: AskState | None
    practice: str
    said: tuple[Event, ...]
    opened: tuple[Event, ...]
    opened_before: tuple[Event, ...]
    in_dispute_meanwhile: str
    follow_ups: tuple[Owed, ...]
    gone: str = ""
    went_on: date | None = None
    news: News | None = None
    corrects: Corrects | None = None
    asked_before: AskedBefore | None = None
    said_before: str = ""

    @property
    def kind_words(self) -> str:
        """What it is about, in words."""
        return DECISION_KINDS[self.kind]

    @property
    def in_question(self) -> str:
        """That it is to be checked, and why, in words; empty where nothing puts it in question."""
        return to_be_checked(self.rests_on)

    @property
    def is_expected(self) -> bool:
        """Whether the practice is expected to reply by `answer_by_on`."""
        return self.state is not None and rules.is_waited_for_at_practice(self.state)

    @property
    def last_question(self) -> Event | None:
        """The newest question of the registered GP that nobody took back."""
        asked = [event for event in self.said if event.kind is EventKind.QUERY and event.taken_back is None]
        return asked[-1] if asked else None

    @property
    def is_said_now(self) -> bool:
        """Whether the practice of now has said something of it that nobody took back: perhaps from its list."""
        return (self.answer or self.last_question) is not None and not self.said_before

    @property
    def answer(self) -> Event | None:
        """The reply that answers for good: read, or not adopted."""
        answering = {EventKind.READ, EventKind.DO_NOT_ADOPT}
        found = [event for event in self.said if event.kind in answering and event.taken_back is None]
        return found[-1] if found else None


def decision_page(seen: DecisionInSight | AskInSight) -> DecisionPage:
    """One decision whole, or the one behind an ask; statements do not grow with what was said about it."""
    at = owed_as_of(seen.person)
    [row] = _decision(decision=seen.decision_id, at=at)
    validity = validity_in(row, at)
    applying = applies_now([row.resident_id], at=at)[row.resident_id]
    confirmed = _confirmed(row)
    state = ask_state(row, london_date(at)) if row.ask else None
    said = tuple(events_of(row.pk, row.resident_id, at))
    opened = _opened(row)
    return DecisionPage(
        ref=row.ref,
        kind=DecisionKind(row.kind),
        decided=row.decided,
        because=row.because,
        before=row.before,
        in_force_from_on=row.in_force_from_on,
        until_on=row.until_on,
        stops=row.stops,
        replaces=row.replaces_id is not None,
        by=author_of(row.for_whom or row.by),
        typed_by=author_of(row.by) if row.for_whom else None,
        confirmed_at=confirmed.recorded_at if confirmed else None,
        looked_at_by=author_of(confirmed.by) if confirmed and confirmed.by.user_id != row.for_whom.user_id else None,
        at=row.happened_at,
        validity=validity.state,
        rests_on=validity.rests_on,
        applies=next((line for line in applying if line.decision_ref == row.ref), None),
        replaced_by=validity.replaced_by,
        taken_back=_taken_back(row.pk) if row.ended_at else None,
        ask_ref=(row.ask or {}).get("ref", ""),
        answer_by_on=due_on(row) if row.ask else None,
        state=state,
        practice=row.practice_name or "",
        said=said,
        opened=opened[True],
        opened_before=opened[False],
        in_dispute_meanwhile=row.meanwhile or "",
        follow_ups=tuple(owed_of(row.pk, at)),
        gone=gone_in(row),
        went_on=row.went_on,
        corrects=corrects_in(row),
        asked_before=asked_before(row) if row.ask else None,
        said_before=said_before(row),
        news=_news(row) if row.ended_at or state is AskState.SETTLED or any(_fell(said)) else None,
    )


def _fell(said: Iterable[Event]) -> Iterable[bool]:
    """Of each thing said, whether it did not adopt the decision and was taken off since."""
    return (event.kind is EventKind.DO_NOT_ADOPT and event.taken_back is not None for event in said)


@prepared
def _decision(*, decision: int, at: datetime) -> QuerySet[Any]:
    rows = with_validity(with_ask(with_corrected(Decision.objects.filter(pk=decision)), at), at)
    whole: QuerySet[Any] = with_whereabouts(rows).select_related(*WRITERS)
    return whole


def _news(row: Any) -> News | None:
    """What others made of it; None where that is nothing."""
    fallen = taken_off_with_practice().filter(ask__decision=row.pk, kind=ReplyKind.DO_NOT_ADOPT)
    fell = tuple(dict.fromkeys(fallen.order_by("pk").values_list("practice__body__name", flat=True)))
    for_decider = bool(fell) or settlements_by_practice().filter(dispute__decision=row.pk).exists()
    fell_unread = bool(fell) and disputes_fallen_not_read().filter(ask__decision=row.pk).exists()
    unread = (
        fell_unread
        or settlements_not_read_by_pcn().filter(dispute__decision=row.pk).exists()
        or (
            row.practice_now is not None
            and (
                withdrawals_not_read(row.practice_now).filter(decision=row.pk).exists()
                or settlements_not_read(row.practice_now).filter(dispute__decision=row.pk).exists()
            )
        )
    )
    of_it = Q(withdrawal__decision=row.pk) | Q(settlement__dispute__decision=row.pk) | Q(reply__ask__decision=row.pk)
    readings = NewsRead.objects.filter(of_it, resident=row.resident_id).select_related("by__user", "by__body")
    read = readings.order_by("-pk").first()
    if not unread and read is None:
        return None
    return News(unread, for_decider, fell, author_of(read.by) if read else None, read.recorded_at if read else None)


def _confirmed(row: Any) -> Confirmation | None:
    """Who said that what was typed holds; no statement for what nobody typed for somebody else."""
    if row.for_whom is None:
        return None
    return Confirmation.objects.filter(decision=row.pk).select_related("by__user", "by__body").first()


@dataclass(frozen=True)
class Delivered:
    """How the registered practice was told: queued and handed over are facts of the message, not of anybody's reading.

    One message a day goes to each clinician of the practice: it says that something awaits a reply, and names nobody.
    `anybody_there` says whether a clinician of the practice acts in Homeround now.
    """

    queued_at: datetime | None
    handed_over_at: datetime | None
    given_up: bool
    anybody_there: bool


def delivery_of(seen: DecisionInSight) -> Delivered:
    """How the practice that is asked now was told about this decision. Three statements.

    A practice that the person came to later was told when they were registered there.
    """
    at = seen.person.at
    ask = (
        Ask.objects.filter(decision=seen.decision_id)
        .annotate(
            practice_now=practice_of("resident", at),
            registered_at=practice_of("resident", at, "recorded_at"),
        )
        .get()
    )
    since = max(ask.recorded_at, ask.registered_at or ask.recorded_at)
    clinicians = Membership.objects.filter(body=ask.practice_now, role__in=roles_with(Right.REPLIES))
    present = clinicians.annotate(is_open=Exists(open_memberships(at).filter(pk=OuterRef("pk"))))
    members = list(present.values_list("user_id", "is_open"))
    first = told(user_ids={user for user, _ in members}, since=since)
    anybody_there = any(is_open for _, is_open in members)
    if first is None:
        return Delivered(None, None, given_up=False, anybody_there=anybody_there)
    return Delivered(
        max(first.queued_at, since),
        first.handed_over_at,
        given_up=first.given_up_at is not None,
        anybody_there=anybody_there,
    )


@dataclass(frozen=True)
class BuiltOn:
    """What was built on a decision, to be looked at when it is taken back: open follow-ups, and what replaced it."""

    follow_ups: tuple[Owed, ...]
    replaced_by: tuple[tuple[str, str], ...]


def built_on(seen: DecisionInSight) -> BuiltOn:
    """What somebody has to look at again when this decision is taken back. Three statements."""
    owed = [line for line in owed_of(seen.decision_id, seen.person.at) if line.is_open]
    later = Decision.objects.filter(replaces=seen.decision_id, ended_at=None).order_by("pk")
    return BuiltOn(tuple(owed), tuple(later.values_list("ref", "decided")))


def _taken_back(decision_id: int) -> TakenBack | None:
    rows = Withdrawal.objects.filter(decision=decision_id).select_related("by__user", "by__body", "corrected_by")
    row = rows.first()
    if row is None:
        return None
    return TakenBack(row.because, author_of(row.by), row.recorded_at, row.corrected_by.ref if row.corrected_by else "")


def _opened(row: Any) -> dict[bool, tuple[Event, ...]]:
    """Who of the practice of now (True), and of any other (False), opened the decision, and when first."""
    first = first_opened(subject_id=row.resident_id, thing_id=row.pk)
    readers = Membership.objects.filter(pk__in=first, role__in=roles_reaching(Reach.PRACTICE))
    found = list(readers.select_related("user", "body"))
    return {
        is_now: tuple(
            Event(EventKind.OPENED, author_of(reader), first[reader.pk])
            for reader in found
            if (reader.body_id == row.practice_now) is is_now
        )
        for is_now in (True, False)
    }
