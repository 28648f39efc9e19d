"""One round: who was there, who still needs an outcome, and what came of each person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from homeround.accounts.author import Author, author_of
from homeround.accounts.rights import Extent, Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.models import Decision
from homeround.ehch.decisions.queries import Applies, Owed, as_corrected, member_words, owed_among
from homeround.ehch.decisions.words import ANSWERED_WHAT, to_be_checked
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.queries import Identity, identities
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.models import (
    CancellingTakenBack,
    MadeInReview,
    Review,
    ReviewConfirming,
    Round,
    RoundAmendment,
    RoundCancelling,
    RoundClosing,
)
from homeround.ehch.rounds.queries.in_question import with_doubts
from homeround.ehch.rounds.queries.summary import applies_by_decision
from homeround.ehch.rounds.queries.versions import newest, newest_version
from homeround.ehch.rounds.queries.worklist import WorklistRow, worklist_rows
from homeround.ehch.rounds.rules import is_left_open, is_written_up, must_have_outcome
from homeround.ehch.rounds.words import MODE_WORDS, OUTCOME_WORDS, WITHOUT_SEEING, Outcome, RoundMode, seen_words
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar.times import london_date


@dataclass(frozen=True)
class MadeDecision:
    """A decision that a review made, as it is right: its words, whether it changes anything, and what the home does now
    because of it (None: it does not apply, or not any more). `was` is what it said before it was corrected, or empty.
    """

    ref: str
    words: str
    changes: bool
    applies: Applies | None
    was: str = ""


@dataclass(frozen=True)
class ReviewLine:
    """What one clinician found about one person in a round. `decisions` are what it decided, each with what applies now
    because of it. `rests_on`: what it answered, where that puts it in question (`decisions.words.ANSWERED_WHAT`), or
    empty. `notes` are empty for those who read only what the home must do (`notes_withheld` says that there are some).
    `typed_by` is who typed it for them, or empty.
    """

    resident_id: int
    person_ref: str
    identity: Identity
    outcome: str
    was_reached: bool
    how: str
    notes: str
    notes_withheld: bool
    wanted: str
    see_again_on: date | None
    by: str
    typed_by: str
    at: datetime
    decisions: tuple[MadeDecision, ...]
    asked: tuple[Owed, ...]
    written_by: Author
    reviewer: Author
    rests_on: str = ""

    @property
    def in_question(self) -> str:
        """That it is to be checked, and why, in words; empty where nothing puts it in question."""
        return to_be_checked(self.rests_on)


@dataclass(frozen=True)
class Amendment:
    """What somebody added to a closed round."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class OpenedAgain:
    """That a round was cancelled by mistake: who cancelled it, when and why, and who opened it again, when and why."""

    cancelled_because: str
    cancelled_by: str
    cancelled_at: datetime
    because: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RoundPage:
    """A round as its page and its summary show it. `cancelled_because` is empty unless it was cancelled; the rows of
    the people of the home are there while it is open.
    """

    ref: str
    home_code: str
    home: str
    on: date
    mode: RoundMode
    mode_words: str
    leader: str
    home_representative: str
    medical_input: str
    no_medical_input_because: str
    is_open: bool
    is_left_open: bool
    is_written_up: bool
    cancelled_because: str
    closed_by: str
    amendments: tuple[Amendment, ...]
    closed_at: datetime | None
    summary: str
    reviewed: tuple[ReviewLine, ...]
    need_outcome: tuple[WorklistRow, ...]
    have_reason: tuple[WorklistRow, ...]
    others: tuple[WorklistRow, ...]
    everybody: tuple[WorklistRow, ...]
    opened_again: tuple[OpenedAgain, ...] = ()

    @property
    def somebody_was_seen(self) -> bool:
        """Whether anybody has an outcome other than "not reached": else the round counts for no week (`waits.held`)."""
        return any(line.was_reached for line in self.reviewed)

    @property
    def still_must(self) -> tuple[WorklistRow, ...]:
        """Who has an outcome, and a reason that they must be seen that is still there."""
        reviewed = {line.person_ref for line in self.reviewed}
        return tuple(row for row in self.everybody if row.ref in reviewed and must_have_outcome(row.reasons))


@dataclass(frozen=True)
class ReviewStands:
    """The newest version of what one clinician found about a person in a round, for its form; `version` is None before
    the first.

    Who types for clinicians changes only what they typed themselves: they do not read a clinician's notes.
    """

    version: int | None
    how: str = ""
    outcome: str = ""
    notes: str = ""
    wanted: str = ""
    see_again_on: date | None = None
    by: str = ""
    at: datetime | None = None
    happened_at: datetime | None = None
    may_change: bool = True
    reviewer: int | None = None
    is_own: bool = False
    to_confirm: bool = False


def round_page(held: RoundInSight) -> RoundPage:
    """A round in sight, whole. Statements do not grow with the number of residents."""
    was_cancelled = Exists(CancellingTakenBack.objects.filter(cancelling__round=OuterRef("pk")))
    rounds = Round.objects.select_related("leader__user", "leader__body", "home__body")
    row = rounds.annotate(was_cancelled=was_cancelled).get(pk=held.round_id)
    ending = None if held.is_open else _ending(held.round_id)
    everybody = worklist_rows(held.home) if held.is_open else []
    reviewed = _reviewed(held)
    have_outcome = {line.person_ref for line in reviewed}
    waiting = [row for row in everybody if row.ref not in have_outcome]
    here = [row for row in waiting if not row.away]
    shown = {*(line.resident_id for line in waiting), *(line.resident_id for line in reviewed)}
    notice_list(held.home.viewer, place_id=held.home.home_id, subject_ids=sorted(shown), ground=held.home.ground.name)
    return RoundPage(
        ref=row.ref,
        home_code=row.home.body.code,
        home=row.home.body.name,
        on=row.on,
        mode=RoundMode(row.mode),
        mode_words=MODE_WORDS[RoundMode(row.mode)],
        leader=member_words(row.leader),
        home_representative=row.home_representative,
        medical_input=row.medical_input,
        no_medical_input_because=row.no_medical_input_because,
        is_open=held.is_open,
        is_left_open=held.is_open and is_left_open(row.on, london_date(held.home.at)),
        is_written_up=held.is_open and is_written_up(row.on, london_date(held.home.at)),
        cancelled_because=ending.because if isinstance(ending, RoundCancelling) else "",
        closed_by=member_words(ending.by) if ending else "",
        amendments=() if held.is_open else tuple(_amendments(held.round_id)),
        closed_at=row.ended_at,
        summary=ending.summary if isinstance(ending, RoundClosing) else "",
        reviewed=tuple(reviewed),
        need_outcome=tuple(row for row in here if must_have_outcome(row.reasons)),
        have_reason=tuple(row for row in here if row.reasons and not must_have_outcome(row.reasons)),
        others=tuple(row for row in waiting if row.away or not row.reasons),
        everybody=tuple(everybody),
        opened_again=tuple(_opened_again(held.round_id)) if row.was_cancelled else (),
    )


def round_mode(held: RoundInSight) -> RoundMode:
    """How a round in sight is held; one statement."""
    return RoundMode(Round.objects.values_list("mode", flat=True).get(pk=held.round_id))


def _ending(round_id: int) -> RoundClosing | RoundCancelling | None:
    """How a round ended: closed, or cancelled."""
    about = {"round": round_id}
    closing = RoundClosing.objects.filter(**about).select_related("by__user", "by__body").first()
    return closing or RoundCancelling.objects.filter(**about).select_related("by__user", "by__body").first()


def _opened_again(round_id: int) -> list[OpenedAgain]:
    people = ("by__user", "by__body", "cancelling__by__user", "cancelling__by__body")
    rows = CancellingTakenBack.objects.filter(cancelling__round=round_id).select_related(*people).order_by("pk")
    return [
        OpenedAgain(
            row.cancelling.because,
            member_words(row.cancelling.by),
            row.cancelling.recorded_at,
            row.because,
            member_words(row.by),
            row.recorded_at,
        )
        for row in rows
    ]


def _amendments(round_id: int) -> list[Amendment]:
    rows = RoundAmendment.objects.filter(round=round_id).select_related("by__user", "by__body")
    return [Amendment(row.words, member_words(row.by), row.recorded_at) for row in rows.order_by("recorded_at", "pk")]


def review_stands(held: RoundInSight, who: PersonInSight, *, reviewer: int | None = None) -> ReviewStands:
    """What the form of a review starts from: the viewer's own; for who types for clinicians, what they typed last."""
    row = newest_version(held.round_id, who.resident_id, reviewer or who.viewer.membership_id)
    if row is None and reviewer is None:
        viewer = {"by__user": who.viewer.user_id, "by__body": who.viewer.body_id}
        typed = Review.objects.filter(round=held.round_id, resident=who.resident_id, **viewer)
        row = newest(typed).select_related("by__user", "for_whom", "reviewer").order_by("-pk").first()
    if row is None:
        return ReviewStands(None)
    is_mine = who.viewer.acts_as(row.by)
    reads_notes = is_mine or who.capacity.extent(Kind.CLINICAL) is Extent.ALL
    return ReviewStands(
        version=row.pk,
        how=row.how,
        outcome=row.outcome,
        notes=row.notes if reads_notes else "",
        wanted=row.wanted,
        see_again_on=row.see_again_on,
        by=row.by.user.name,
        at=row.recorded_at,
        happened_at=row.happened_at,
        may_change=reads_notes,
        reviewer=row.reviewer_id,
        is_own=who.viewer.acts_as(row.reviewer),
        to_confirm=row.for_whom is not None
        and who.viewer.acts_as(row.for_whom)
        and not ReviewConfirming.objects.filter(review=row).exists(),
    )


@dataclass(frozen=True)
class OpenRound:
    """A round that is open in a home: one on a day. `is_left_open`: its day is over."""

    ref: str
    leader: str
    on: date
    opened_at: datetime
    is_left_open: bool


def open_rounds_of(home: HomeInSight) -> list[OpenRound]:
    """The open rounds of a home in sight, the newest first: today's, and any that was left open. One statement."""
    today = london_date(home.at)
    rows = Round.objects.filter(home=home.home_id, ended_at=None).select_related("leader__user")
    return [
        OpenRound(row.ref, row.leader.user.name, row.on, row.recorded_at, is_left_open(row.on, today))
        for row in rows.order_by("-on", "-pk")
    ]


def _reviewed(held: RoundInSight) -> list[ReviewLine]:
    rows = list(
        newest(with_doubts(Review.objects.filter(round=held.round_id))).select_related(
            "resident", "by__user", "by__body", "for_whom__user", "for_whom__body", "reviewer__user", "reviewer__body"
        )
    )
    found = identities(row.resident_id for row in rows)
    things = MadeInReview.objects.filter(review__round=held.round_id).select_related(
        "decision", "follow_up", "review__reviewer"
    )
    made: dict[tuple[int, int, int], list[MadeInReview]] = {}
    for thing in things:
        made.setdefault(_whose(thing.review), []).append(thing)
    right = as_corrected(thing.decision for thing in things if thing.decision)
    applies = applies_by_decision(
        {person for (person, *_), some in made.items() if any(t.decision for t in some)}, held.home.at
    )
    reads_notes = held.home.viewer.capacity.extent(Kind.CLINICAL) is Extent.ALL
    asked = [thing.follow_up_id for thing in things if thing.follow_up_id]
    owed = {follow_up.ref: follow_up for follow_up in owed_among(asked, held.home.at)} if asked else {}
    lines = [
        _line(
            row,
            found.get(row.resident_id, Identity()),
            made.get(_whose(row), []),
            right,
            applies,
            owed,
            reads_notes=reads_notes,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.at)


def _whose(review: Review) -> tuple[int, int, int]:
    """About whom a review is, and whose: of the same person for the same body, in whichever membership."""
    return (review.resident_id, review.reviewer.user_id, review.reviewer.body_id)


def _line(
    row: Any,
    identity: Identity,
    made: list[MadeInReview],
    right: Mapping[int, Decision],
    applies: Mapping[str, Applies],
    owed: Mapping[str, Owed],
    *,
    reads_notes: bool,
) -> ReviewLine:
    decisions = [(right[thing.decision.pk], thing.decision) for thing in made if thing.decision]
    return ReviewLine(
        resident_id=row.resident_id,
        person_ref=row.resident.ref,
        identity=identity,
        outcome=OUTCOME_WORDS[Outcome(row.outcome)],
        was_reached=row.outcome not in WITHOUT_SEEING,
        how=seen_words(row.how),
        notes=row.notes if reads_notes else "",
        notes_withheld=bool(row.notes) and not reads_notes,
        wanted=row.wanted,
        see_again_on=row.see_again_on,
        by=member_words(row.for_whom or row.by),
        typed_by=member_words(row.by) if row.for_whom else "",
        at=row.recorded_at,
        decisions=tuple(
            MadeDecision(
                decision.ref,
                decision.decided,
                decision.in_force_from_on is not None,
                applies.get(decision.ref),
                was=first.decided if decision is not first else "",
            )
            for decision, first in decisions
        ),
        asked=tuple(owed[thing.follow_up.ref] for thing in made if thing.follow_up and thing.follow_up.ref in owed),
        written_by=author_of(row.by),
        reviewer=author_of(row.reviewer),
        rests_on=ANSWERED_WHAT.get(row.off_as or "", ""),
    )
