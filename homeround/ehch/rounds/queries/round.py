"""One round: who was there, who still needs an outcome, and what came of each person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from homeround.accounts.rights import Extent, Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.queries import meanwhile_of, member_words
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.queries import Identity, identities
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.models import Made, Outcome, Review, Round, RoundClosing, RoundMode, With
from homeround.ehch.rounds.queries.versions import newest_version
from homeround.ehch.rounds.queries.worklist import WorklistRow, worklist_rows
from homeround.ehch.rounds.rules import must_have_outcome
from homeround.kernel.audit.noticed import notice_list


@dataclass(frozen=True)
class ReviewLine:
    """What came of one person in a round. `meanwhile` says, for each decision in dispute, what applies until settled.
    `notes` are empty for those who read only what the home must do, `room` once
    the round is closed.
    """

    resident_id: int
    person_ref: str
    identity: Identity
    outcome: str
    how: str
    notes: str
    wanted: str
    by: str
    at: datetime
    decided: tuple[str, ...]
    decision_refs: tuple[str, ...]
    meanwhile: tuple[str, ...]
    asked: tuple[str, ...]
    written_by_id: int
    room: str


@dataclass(frozen=True)
class RoundPage:
    """A round as its page and its summary show it."""

    ref: str
    home_code: str
    home: str
    on: date
    mode: str
    leader: str
    home_representative: str
    medical_input: str
    no_medical_input_because: str
    is_open: bool
    closed_at: datetime | None
    summary: str
    reviewed: tuple[ReviewLine, ...]
    need_outcome: tuple[WorklistRow, ...]
    have_reason: tuple[WorklistRow, ...]
    others: tuple[WorklistRow, ...]


@dataclass(frozen=True)
class ReviewStands:
    """The newest version of a person's review in a round, for its form; `version` is None before the first.

    Who types for clinicians changes only what they typed themselves: they do not read a clinician's notes.
    """

    version: int | None
    how: str = ""
    outcome: str = ""
    notes: str = ""
    wanted: str = ""
    by: str = ""
    at: datetime | None = None
    may_change: bool = True


def round_page(held: RoundInSight) -> RoundPage:
    """A round in sight, whole. Statements do not grow with the number of residents."""
    row = Round.objects.select_related("leader__user", "leader__body", "home__body").get(pk=held.round_id)
    closing = None if held.is_open else RoundClosing.objects.filter(round=held.round_id, stands=True).first()
    everybody = worklist_rows(held.home) if held.is_open else []
    reviewed = _reviewed(held, rooms={one.resident_id: one.room for one in everybody})
    done = {line.person_ref for line in reviewed}
    waiting = [one for one in everybody if one.ref not in done]
    shown = {*(one.resident_id for one in waiting), *(one.resident_id for one in reviewed)}
    notice_list(held.home.viewer, place_id=held.home.home_id, subject_ids=sorted(shown), ground=held.home.ground.name)
    return RoundPage(
        ref=row.ref,
        home_code=row.home.body.code,
        home=row.home.body.name,
        on=row.on,
        mode=RoundMode(row.mode).label,
        leader=member_words(row.leader),
        home_representative=row.home_representative,
        medical_input=row.medical_input,
        no_medical_input_because=row.no_medical_input_because,
        is_open=held.is_open,
        closed_at=row.ended_at,
        summary=closing.summary if closing else "",
        reviewed=tuple(reviewed),
        need_outcome=tuple(one for one in waiting if must_have_outcome(one.reasons)),
        have_reason=tuple(one for one in waiting if one.reasons and not must_have_outcome(one.reasons)),
        others=tuple(one for one in waiting if not one.reasons),
    )


def review_stands(held: RoundInSight, who: PersonInSight) -> ReviewStands:
    """What the form of a review starts from."""
    row = newest_version(held.round_id, who.resident_id)
    if row is None:
        return ReviewStands(None)
    is_mine = row.by_id == who.viewer.membership_id
    reads_notes = is_mine or who.capacity.extent(Kind.CLINICAL) is Extent.ALL
    return ReviewStands(
        version=row.pk,
        how=row.how,
        outcome=row.outcome,
        notes=row.notes if reads_notes else "",
        wanted=row.wanted,
        by=row.by.user.name,
        at=row.recorded_at,
        may_change=reads_notes,
    )


@dataclass(frozen=True)
class OpenRound:
    """The round that is open in a home: one at a time."""

    ref: str
    leader: str
    opened_at: datetime


def open_round_of(home: HomeInSight) -> OpenRound | None:
    """The open round of a home in sight; None when none is open. One statement."""
    row = Round.objects.filter(home=home.home_id, ended_at=None, stands=True).select_related("leader__user").first()
    return OpenRound(row.ref, row.leader.user.name, row.recorded_at) if row else None


def _reviewed(held: RoundInSight, *, rooms: Mapping[int, str]) -> list[ReviewLine]:
    versions = Review.objects.filter(round=held.round_id, stands=True)
    newest = versions.exclude(pk__in=versions.exclude(supersedes=None).values("supersedes"))
    rows = list(newest.select_related("resident", "by__user", "by__body", "for_whom__user", "for_whom__body"))
    found = identities(row.resident_id for row in rows)
    made: dict[int, list[Made]] = {}
    for one in Made.objects.filter(review__round=held.round_id, stands=True).select_related("decision", "follow_up"):
        made.setdefault(one.resident_id, []).append(one)
    reads_notes = held.home.viewer.capacity.extent(Kind.CLINICAL) is Extent.ALL
    meanwhile = meanwhile_of(one.decision_id for some in made.values() for one in some if one.decision_id)
    lines = [
        ReviewLine(
            resident_id=row.resident_id,
            person_ref=row.resident.ref,
            identity=found.get(row.resident_id, Identity()),
            outcome=Outcome(row.outcome).label,
            how=With(row.how).label,
            notes=row.notes if reads_notes else "",
            wanted=row.wanted,
            by=member_words(row.for_whom or row.by),
            at=row.recorded_at,
            decided=tuple(one.decision.decided for one in made.get(row.resident_id, []) if one.decision),
            decision_refs=tuple(one.decision.ref for one in made.get(row.resident_id, []) if one.decision),
            meanwhile=tuple(
                meanwhile.get(one.decision.pk, "") for one in made.get(row.resident_id, []) if one.decision
            ),
            asked=tuple(one.follow_up.words for one in made.get(row.resident_id, []) if one.follow_up),
            written_by_id=row.by_id,
            room=rooms.get(row.resident_id, ""),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.at)
