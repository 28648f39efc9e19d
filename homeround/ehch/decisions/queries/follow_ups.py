"""Follow-ups: open ones of a home, what is asked of a body, one with what came of it (REQ-46)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from homeround.accounts.author import Author, author_columns, author_in, author_of
from homeround.accounts.rights import ROLE_WORDS, Kind, Role
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.models import FollowUp, FollowUpEnding, LeftUndone
from homeround.ehch.decisions.models.following_up import doubt, with_sides
from homeround.ehch.decisions.words import Doubt, FollowUpEnd
from homeround.ehch.residents.access import people_of, seen_in
from homeround.ehch.residents.models import Correction, closing_departures
from homeround.ehch.residents.queries import Identity, identities
from homeround.ehch.residents.rules import FORMER_HOME_READS
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared

PEOPLE = (
    *("by__user", "by__body", "for_whom__user", "for_whom__body", "asked_first_by__user", "asked_first_by__body"),
    *("owner__user", "owner_body", "resident"),
)

_BY = ("by__user", "by__body")


@dataclass(frozen=True)
class Owed:
    """A follow-up: what, by when, for whom, and what came of it once it ended.

    `ended_how` is empty while it is open. `left_at` is when the person left or died, which closed it. `came_back` says
    that it could not be done and waits for those who asked. `doubt` is what is to be known of the decision it comes
    from while it is not done (`models.following_up.doubt`): its last day, a `Doubt`, or nothing.
    `passed_to` and `passed_from` are the refs of the same thing as it is asked of others, `passed_on_by` who passed it
    on last; `now_asked` is what it has come to in the end, where it was asked of others (`owed_among`).
    """

    ref: str
    words: str
    due_on: date
    owner: str
    owner_id: int
    asked_by: Author
    typed_by: Author | None
    asked_at: datetime
    person_ref: str
    identity: Identity
    is_late: bool
    ended_how: FollowUpEnd | None = None
    ended_at: datetime | None = None
    ended_by: Author | None = None
    came_of_it: str = ""
    came_back: bool = False
    doubt: str = ""
    left_at: datetime | None = None
    passed_to: str = ""
    passed_from: str = ""
    passed_on_by: Author | None = None
    decision_ref: str = ""
    asked_by_body: int = 0
    ended_by_body: int | None = None
    now_asked: Owed | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.ended_how is None and self.left_at is None

    @property
    def asks_if_needed(self) -> bool:
        """Whether its decision does not apply any more: somebody has to say whether it is still needed."""
        return self.doubt == Doubt.FELL

    @property
    def is_done(self) -> bool:
        """Whether somebody said that it is done."""
        return self.ended_how is FollowUpEnd.DONE


def owed_in(home: HomeInSight) -> list[Owed]:
    """Open follow-ups about people of a home in sight, and what could not be done and waits for whoever asked, by day.
    Two statements whatever the number.
    """
    home.must_read(Kind.IDENTITY)
    since = home.at - FORMER_HOME_READS
    rows = _owed_in(home=home.home_id, on=london_date(home.at), at=home.at, left_since=since)
    notice_list(home.viewer, place_id=home.home_id, subject_ids=_people(rows), ground=home.ground.name)
    return _shown(rows, home.at)


def asked_of(*, viewer: Viewer, at: datetime) -> list[Owed]:
    """Open follow-ups asked of the viewer's body, by day, about people the viewer may see."""
    rows = _asked_of(viewer=viewer, at=at, on=london_date(at), since=at - FORMER_HOME_READS)
    notice_list(viewer, place_id=viewer.body_id, subject_ids=_people(rows), ground="OWED")
    return _shown(rows, at)


def came_back_to(*, viewer: Viewer, at: datetime) -> list[Owed]:
    """What the viewer's side asked for and could not be done, the oldest first: they ask anew, or leave it."""
    rows = _came_back(viewer=viewer, at=at, on=london_date(at), since=at - FORMER_HOME_READS)
    notice_list(viewer, place_id=viewer.body_id, subject_ids=_people(rows), ground="OWED")
    return _shown(rows, at)


@prepared
def _asked_of(*, viewer: Viewer, at: datetime, on: date, since: datetime) -> QuerySet[Any]:
    people = people_of(viewer=viewer, at=at, since=since).order_by().values("pk")
    asked = _with_people(FollowUp.objects.open().filter(resident__in=people), on, at)
    return asked.filter(doer=viewer.body_id)


@prepared
def _came_back(*, viewer: Viewer, at: datetime, on: date, since: datetime) -> QuerySet[Any]:
    people = people_of(viewer=viewer, at=at, since=since).order_by().values("pk")
    asked = _with_people(FollowUp.objects.came_back(Q(resident__in=people)), on, at)
    return asked.filter(asking_side=viewer.body_id)


def follow_up(*, follow_up_id: int, at: datetime) -> Owed:
    """One follow-up, open or ended; the caller has its proof."""
    return owed_among([follow_up_id], at)[0]


@dataclass(frozen=True)
class WhyLeft:
    """Why what could not be done is left as it is, and who said so; `is_open` until it is asked again after all."""

    words: str
    by: Author
    at: datetime
    is_open: bool


def why_left(owed: Owed) -> WhyLeft | None:
    """Why a follow-up that could not be done is left as it is; None of any other. The caller has its proof."""
    if owed.ended_how is not FollowUpEnd.CANNOT or owed.came_back:
        return None
    row = LeftUndone.objects.filter(follow_up__ref=owed.ref).select_related(*_BY).first()
    return WhyLeft(row.words, author_of(row.by), row.recorded_at, row.ended_at is None) if row else None


@dataclass(frozen=True)
class MarkedByMistake:
    """How a follow-up was marked, by whom and when, and who took that back, when and why."""

    how: FollowUpEnd
    words: str
    by: Author
    at: datetime
    because: str
    taken_back_by: Author
    taken_back_at: datetime


def marked_by_mistake(follow_up_id: int) -> tuple[MarkedByMistake, ...]:
    """What was marked about a follow-up and taken back, the oldest first; it stays readable beside it (H34)."""
    table = FollowUpEnding._meta.db_table  # noqa: SLF001 - Django's own name for it
    gone = FollowUpEnding.with_removed.filter(follow_up=follow_up_id, stands=False).select_related(*_BY)
    corrections = Correction.objects.filter(table=table, row__in=[one.pk for one in gone]).select_related(*_BY)
    why = {correction.row: correction for correction in corrections}
    return tuple(
        MarkedByMistake(
            FollowUpEnd(one.how),
            one.words,
            author_of(one.by),
            one.recorded_at,
            why[one.pk].because,
            author_of(why[one.pk].by),
            why[one.pk].recorded_at,
        )
        for one in sorted(gone, key=lambda one: one.pk)
        if one.pk in why
    )


def owed_among(follow_ups: Iterable[int], at: datetime) -> list[Owed]:
    """These follow-ups by day, each with what it has come to where it was asked of others; two statements, and two more
    where one was.
    """
    found = _shown(_these(follow_ups=list(follow_ups), on=london_date(at), at=at), at)
    if not any(owed.passed_to for owed in found):
        return found
    people = [owed.person_ref for owed in found if owed.passed_to]
    later = {owed.ref: owed for owed in _shown(_asked_of_others(people=people, on=london_date(at), at=at), at)}
    return [replace(owed, now_asked=_in_the_end(owed, later)) for owed in found]


def _in_the_end(owed: Owed, later: Mapping[str, Owed]) -> Owed | None:
    """What a follow-up has come to, however often it was asked of others; None for one that never was."""
    found = later.get(owed.passed_to)
    while found is not None and found.passed_to in later:
        found = later[found.passed_to]
    return found


def owed_of(decision_id: int, at: datetime) -> list[Owed]:
    """The follow-ups of a decision by day; two statements. The caller has its proof."""
    return _shown(_of_decision(decision=decision_id, on=london_date(at), at=at), at)


@prepared
def _these(*, follow_ups: list[int], on: date, at: datetime) -> QuerySet[Any]:
    return _with_people(FollowUp.objects.filter(pk__in=follow_ups), on, at)


@prepared
def _asked_of_others(*, people: list[str], on: date, at: datetime) -> QuerySet[Any]:
    others = FollowUp.objects.filter(resident__ref__in=people, passed_from__isnull=False)
    return _with_people(others, on, at)


@prepared
def _of_decision(*, decision: int, on: date, at: datetime) -> QuerySet[Any]:
    return _with_people(FollowUp.objects.filter(decision=decision), on, at)


@prepared
def _owed_in(*, home: int, on: date, at: datetime, left_since: datetime) -> QuerySet[Any]:
    """Open, and what came back: it is not done either."""
    back = FollowUp.objects.came_back(seen_in([home], "follow_up__home", left_since, on))
    still_open = FollowUp.objects.open().filter(seen_in([home], "home", left_since, on))
    either = Q(pk__in=still_open.order_by().values("pk")) | Q(pk__in=back.order_by().values("pk"))
    return _with_people(FollowUp.objects.filter(either), on, at)


def _with_people(rows: QuerySet[FollowUp], on: date, at: datetime) -> QuerySet[Any]:
    """Follow-ups by day, with whom they are about, who asked, whose it is to do on a day, and how they ended."""
    endings = FollowUpEnding.objects.filter(follow_up=OuterRef("pk"))
    ending = JSONObject(
        words="words", passed_to="passed_to__ref", is_over="ended_how", by_body="by__body_id", **author_columns("by")
    )
    found: QuerySet[Any] = (
        with_sides(rows, on, at)
        .select_related(*PEOPLE, "decision", "passed_from")
        .annotate(
            ending=Subquery(endings.values(found=ending)[:1]),
            doubt=doubt(),
            left_at=Subquery(closing_departures("follow_up").order_by("recorded_at").values("recorded_at")[:1]),
        )
        .order_by("due_on", "pk")
    )
    return found


def _shown(found: list[Any], at: datetime) -> list[Owed]:
    people = identities({row.resident_id for row in found})
    return [_owed(row, people.get(row.resident_id, Identity()), london_date(at)) for row in found]


def _owed(row: Any, identity: Identity, on: date) -> Owed:
    ending = row.ending or {}
    how = FollowUpEnd(row.ended_how) if row.ended_at else None
    left_at = row.left_at if how is None else None
    is_open = how is None and left_at is None
    came_back = how is FollowUpEnd.CANNOT and not ending.get("is_over")
    return Owed(
        ref=row.ref,
        words=row.words,
        due_on=row.due_on,
        owner=_owner(row),
        owner_id=row.doer,
        asked_by=author_of(row.asker),
        typed_by=author_of(row.by) if row.for_whom and not row.asked_first_by else None,
        passed_on_by=author_of(row.by) if row.asked_first_by else None,
        asked_at=row.asked_first_at or row.happened_at,
        person_ref=row.resident.ref,
        identity=identity,
        is_late=is_open and row.due_on < on,
        ended_how=how,
        ended_at=row.ended_at,
        ended_by=author_in(ending) if ending else None,
        came_of_it=ending.get("words", ""),
        came_back=came_back,
        doubt=row.doubt if is_open or came_back else "",
        left_at=left_at,
        passed_to=ending.get("passed_to") or "",
        passed_from=row.passed_from.ref if row.passed_from else "",
        decision_ref=row.decision.ref if row.decision else "",
        asked_by_body=row.asking_side,
        ended_by_body=ending.get("by_body"),
    )


def _owner(row: Any) -> str:
    """Who is to do it: a colleague by name, or a role, and where."""
    if row.owner is not None and row.owner_acts and row.doer == row.owner_body_id:
        return f"{row.owner.user.name}, {row.doer_name}"
    if row.owner_role:
        return f"{ROLE_WORDS[Role(row.owner_role)]}, {row.doer_name}"
    name: str = row.doer_name
    return name


def _people(rows: list[Any]) -> list[int]:
    return sorted({row.resident_id for row in rows})
