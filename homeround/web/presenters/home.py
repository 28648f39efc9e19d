"""A home's first page: its people by unit and room with what is open for each, and what its staff owe and are owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from homeround.ehch.care_plans.queries import Clock, OpenClock
from homeround.ehch.decisions.queries import Owed
from homeround.ehch.deterioration.queries import AnsweredLately, OpenConcern
from homeround.ehch.deterioration.words import Phone
from homeround.ehch.residents.queries import Expected, Gone
from homeround.ehch.residents.rules import GONE_SHOWN
from homeround.ehch.rounds.queries import RoundLine, WorklistRow
from homeround.ehch.rounds.rules import REASONS, Strength, is_left_open, weeks_missed
from homeround.kernel.calendar.times import shown_date
from homeround.web.jinja import plural
from homeround.web.presenters.applies import AppliesLine
from homeround.web.presenters.concerns import Spoken, age_of, spoken_of, words_of
from homeround.web.presenters.decisions import owed_status
from homeround.web.presenters.person import PersonLine, in_walking_order, line_here, line_of, went_words
from homeround.web.presenters.states import Status, clock_status, concern_status

FOLDED_ABOVE: Final = 20
"""A home of more people opens on what is open, with its units folded [I]: a phone shows a dozen rows at most."""


CHANGED_OF_LATE: Final = timedelta(days=1)
"""How long what the home does stands on its first page as new: that day and the next, as answers do."""


@dataclass(frozen=True)
class Open:
    """One thing that is open for somebody: where it stands, and the page and ref that tell more."""

    status: Status
    page: str
    ref: str


@dataclass(frozen=True)
class Row:
    """Somebody who lives here, what is open for them, what the home does for them now, and why they are for the round.

    `place` is the name of the row on the page, for links from a list of rooms.
    """

    line: PersonLine
    place: str
    open: tuple[Open, ...]
    does: tuple[AppliesLine, ...]
    for_round: tuple[str, ...]

    @property
    def in_dispute(self) -> bool:
        """Whether something that the home does about them is in dispute with the registered GP."""
        return any(line.is_in_dispute for line in self.does)


@dataclass(frozen=True)
class Unit:
    """The people of one unit, by room; the name is empty where the home has no units."""

    name: str
    rows: tuple[Row, ...]

    @property
    def with_something_open(self) -> int:
        """How many of them have something open."""
        return sum(1 for row in self.rows if row.open)


@dataclass(frozen=True)
class ConcernRow:
    """An open concern with the person it is about."""

    line: PersonLine
    ref: str
    words: str
    status: Status
    stands_out: str
    raised: str
    age: str
    help_now: bool
    is_to_be_phoned: bool
    spoken: Spoken | None


@dataclass(frozen=True)
class NewHere:
    """Somebody whose clock runs: each open obligation with its state, both due dates and how they were counted."""

    line: PersonLine
    clocks: tuple[tuple[Clock, Status], ...]

    @property
    def newest(self) -> Clock:
        """The arrival's days, the same for both obligations."""
        return self.clocks[0][0]


@dataclass(frozen=True)
class OwedRow:
    """A follow-up that is asked of the viewer's body."""

    line: PersonLine
    ref: str
    words: str
    status: Status
    asked_by: str


@dataclass(frozen=True)
class ExpectedRow:
    """Somebody who is expected; past their day it says so."""

    line: PersonLine
    status: Status


def lines_of(rows: Iterable[WorklistRow]) -> dict[str, PersonLine]:
    """Everybody's line by ref, with room and unit."""
    return {row.ref: line_here(row) for row in rows}


def units(
    people: Iterable[WorklistRow],
    concerns: Iterable[OpenConcern],
    owed: Iterable[Owed],
    applies: Mapping[int, tuple[AppliesLine, ...]],
    today: date,
) -> list[Unit]:
    """Everybody by unit and room."""
    opened: dict[str, list[Open]] = {}
    for concern in concerns:
        found = Open(concern_status(concern.concern), "concern", concern.concern.ref)
        opened.setdefault(concern.person_ref, []).append(found)
    for due in owed:
        opened.setdefault(due.person_ref, []).append(Open(_owed_status(due, today), "follow_up", due.ref))
    found_rows = [
        Row(
            line=replace(line_here(row), unit=""),
            place=f"person-{number}",
            open=tuple(opened.get(row.ref, ())),
            does=applies.get(row.resident_id, ()),
            for_round=_for_round(row),
        )
        for number, row in enumerate(sorted(people, key=in_walking_order), start=1)
    ]
    named = zip((row.unit for row in sorted(people, key=in_walking_order)), found_rows, strict=True)
    return [Unit(name, tuple(row for _, row in of_unit)) for name, of_unit in groupby(named, key=lambda pair: pair[0])]


def _owed_status(due: Owed, today: date) -> Status:
    """When it is due, and whose it is: a row in a home also carries what the PCN or a team owes."""
    status = owed_status(due, today)
    return Status(f"{status.words}, {due.owner}", status.tone)


def disputes(found: Iterable[Unit]) -> list[Row]:
    """Everybody about whom something is in dispute: what applies until it is settled stands first on the page (H27)."""
    return [row for unit in found for row in unit.rows if row.in_dispute]


@dataclass(frozen=True)
class ChangedRow:
    """Somebody for whom what the home does has changed of late, and what it does."""

    line: PersonLine
    does: tuple[AppliesLine, ...]


def not_to_be_done(found: Iterable[Unit]) -> list[ChangedRow]:
    """Everybody about whom something that was said is not to be done, for as long as it is said, with all that is done
    for them: whoever began it looks at this page first, and in a large home the units are folded (H1, H27).
    """
    rows = (row for unit in found for row in unit.rows)
    return [ChangedRow(row.line, row.does) for row in rows if any(line.is_not_to_be_done for line in row.does)]


def new_of_late(found: Iterable[Unit], today: date) -> list[ChangedRow]:
    """Everybody for whom the home does, or stops, something since yesterday, with just that; what is in dispute stands
    above, and what an answer told the home among the answers.
    """

    def is_new(line: AppliesLine) -> bool:
        stands_elsewhere = line.is_in_dispute or line.is_not_to_be_done
        return not stands_elsewhere and line.changed_on is not None and line.changed_on >= today - CHANGED_OF_LATE

    everybody = (row for unit in found for row in unit.rows)
    rows = [ChangedRow(row.line, tuple(line for line in row.does if is_new(line))) for row in everybody]
    return [row for row in rows if row.does]


def concern_rows(concerns: Iterable[OpenConcern], lines: Mapping[str, PersonLine], at: datetime) -> list[ConcernRow]:
    """The open concerns in their own order: help needed now first, then what stands out."""
    return [
        ConcernRow(
            line=lines.get(concern.person_ref) or line_of(concern.person_ref, concern.identity),
            ref=concern.concern.ref,
            words=words_of(concern.concern.words, concern.concern.newest),
            status=concern_status(concern.concern),
            stands_out=concern.concern.stands_out,
            raised=concern.concern.raised.author.name,
            age=age_of(concern.concern.waits_since, at),
            help_now=concern.concern.help_now,
            is_to_be_phoned=concern.concern.phone is Phone.TO_BE_PHONED,
            spoken=spoken_of(concern.concern.spoken),
        )
        for concern in concerns
    ]


@dataclass(frozen=True)
class AnswerRow:
    """A concern that was answered of late: `words` are what the home is told, empty where a round has seen them;
    `applies` says whether the home does anything for them now, with their name below.
    """

    line: PersonLine
    ref: str
    noticed: str
    words: str
    applies: bool
    who: str
    at: datetime


def answer_rows(
    answered: Iterable[AnsweredLately],
    lines: Mapping[str, PersonLine],
    applies: Mapping[int, tuple[AppliesLine, ...]],
) -> list[AnswerRow]:
    """What the PCN answered of late, the newest first."""
    return [
        AnswerRow(
            line=lines[one.person_ref],
            ref=one.ref,
            noticed=one.noticed,
            words=one.words,
            applies=bool(applies.get(one.resident_id)),
            who=f"{one.by.name}, typed by {one.typed_by.name}" if one.typed_by else one.by.name,
            at=one.at,
        )
        for one in answered
        if one.person_ref in lines
    ]


def new_here(clocks: Iterable[OpenClock], lines: Mapping[str, PersonLine]) -> list[NewHere]:
    """People whose clock runs, the first due first."""
    by_person: dict[str, list[OpenClock]] = {}
    for open_clock in clocks:
        by_person.setdefault(open_clock.person_ref, []).append(open_clock)
    return [
        NewHere(
            lines.get(ref) or line_of(ref, found[0].identity),
            tuple((open_clock.clock, clock_status(open_clock.clock)) for open_clock in found),
        )
        for ref, found in by_person.items()
    ]


def owed_rows(owed: Iterable[Owed], lines: Mapping[str, PersonLine], today: date) -> list[OwedRow]:
    """Follow-ups, late ones first."""
    return [
        OwedRow(
            line=lines.get(follow_up.person_ref) or line_of(follow_up.person_ref, follow_up.identity),
            ref=follow_up.ref,
            words=follow_up.words,
            status=owed_status(follow_up, today),
            asked_by=follow_up.asked_by.shown,
        )
        for follow_up in sorted(owed, key=lambda follow_up: follow_up.due_on)
    ]


def expected_rows(expected: Iterable[Expected], today: date) -> list[ExpectedRow]:
    """Who is expected, the first first; whose day has passed without a word stands out."""
    return [
        ExpectedRow(
            line_of(arrival.ref, arrival.identity, room=arrival.room, unit=arrival.unit),
            _expected_status(arrival.expected_on, today),
        )
        for arrival in expected
    ]


def _expected_status(on: date | None, today: date) -> Status:
    if on is None:
        return Status("Day not known")
    if on < today:
        return Status(f"Was expected {shown_date(on)}, has not arrived", "late")
    return Status("Expected today" if on == today else f"Expected {shown_date(on)}", "wait")


def _for_round(row: WorklistRow) -> tuple[str, ...]:
    """Why somebody is for the round; a concern is shown as such already, and "consider" is not for carers to chase."""
    codes = dict.fromkeys(
        reason.code
        for reason in row.reasons
        if reason.code not in {"concern", "help_now", "help_called"} and reason.strength is not Strength.CONSIDER
    )
    words = (REASONS[code].in_home for code in codes)
    return tuple(sentence[:1].lower() + sentence[1:] for sentence in words)


@dataclass(frozen=True)
class OpenRound:
    """A round of the home that nobody has closed. It counts for its own day's week: left open, it is late."""

    round: RoundLine
    status: Status


def rounds_of(rounds: list[RoundLine], today: date) -> dict[str, object]:
    """The rounds that are open, those cancelled lately, the one held last, and the weeks missed since."""
    last = next((line for line in rounds if not line.is_open and line.was_held), None)
    missed = weeks_missed(last.on, today) if last else 0
    return {
        "open_rounds": [OpenRound(line, _open_status(line, today)) for line in rounds if line.is_open],
        "cancelled_rounds": [line for line in rounds if line.cancelled_because],
        "last_round": last,
        "missed": Status(f"No round for {plural(missed, 'whole week')}", "late") if missed else None,
    }


def _open_status(open_round: RoundLine, today: date) -> Status:
    if is_left_open(open_round.on, today):
        return Status(f"The round of {shown_date(open_round.on)} was left open", "late")
    return Status(f"A round is open since {shown_date(open_round.on)}", "wait")


@dataclass(frozen=True)
class GoneRow:
    """Somebody who died or left lately: how and when, who wrote that down; `days`: for how long it is shown."""

    line: PersonLine
    how: str
    by: str
    at: datetime
    days: int


def gone_rows(gone: Iterable[Gone]) -> list[GoneRow]:
    """Who died or left lately, as the home's page shows it."""
    return [
        GoneRow(
            line_of(one.ref, one.identity), went_words(one.kind, one.left_on), one.by.shown, one.at, GONE_SHOWN.days
        )
        for one in gone
    ]
