"""A person's record as sections of one page: what is open first, then everything as a timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from homeround.accounts.author import first_name_of
from homeround.accounts.rights import ROLE_WORDS, Role
from homeround.ehch.decisions.queries import ASKED_BEFORE, Validity, state_in_entry
from homeround.ehch.decisions.words import (
    DECISION_STATES,
    DOES_NOT_APPLY,
    UNANSWERED,
    FollowUpEnd,
    to_be_checked,
)
from homeround.ehch.deterioration.rules import is_late
from homeround.ehch.deterioration.words import (
    FIRST,
    NO_WORDS_YET,
    NOT_ANSWERED,
    WAITING,
    Phone,
    State,
)
from homeround.ehch.residents.rules import TAKEN_BACK, Entry
from homeround.ehch.rounds.queries import PersonRecord
from homeround.ehch.rounds.rules.kinds import ENTRIES
from homeround.ehch.rounds.words import ASKS_WORDS, Asks
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.concerns import added_to_since, status_of
from homeround.web.presenters.decisions import came_back_status, doubt_words, to_do_status, validity_status
from homeround.web.presenters.states import Status, ask_status

STILL_SHOWN: Final = WAITING | {State.OPEN_WHEN_THEY_LEFT, State.OPEN_WHEN_THEY_DIED}
"""Concerns that the page of a person shows first: what waits, and what nobody had answered when they left or died."""

MOST_LINES: Final = 150
"""Lines of the timeline on one page; what is older is said to be there."""


@dataclass(frozen=True)
class OpenThing:
    """Something about the person that is still to be done, or a decision: its words, its state, who wrote it when.

    `is_urgent`: a concern about which nobody has been spoken to. `is_waiting`: a decision that waits for the registered
    GP, or for an answer to them.
    """

    ref: str
    words: str
    status: Status | None
    by: str
    at: datetime
    note: str = ""
    is_urgent: bool = False
    is_waiting: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the timeline. `page` names the page that tells more, when there is one. `is_day`: of what happened only
    the day is known, not the time.
    """

    at: datetime
    what: str
    words: str
    by: str
    page: str = ""
    ref: str = ""
    is_day: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Record:
    """What the page of a person shows of their record."""

    concerns: tuple[OpenThing, ...]
    put_forward: tuple[OpenThing, ...]
    decisions: tuple[OpenThing, ...]
    follow_ups: tuple[OpenThing, ...]
    last_review: Line | None
    timeline: tuple[Line, ...]
    earlier: int

    @property
    def to_be_phoned(self) -> tuple[OpenThing, ...]:
        """Concerns about which nobody has been spoken to although it is urgent."""
        return tuple(concern for concern in self.concerns if concern.is_urgent)


def record(
    found: PersonRecord, *, at: datetime, has_practice: bool, validity: Mapping[str, Validity] | None = None
) -> Record:
    """The sections, from the lines that the viewer may read. `validity` says of each decision whether it applies."""
    today, validity = london_date(at), validity or {}
    readers = {entry.ref: entry.by for entry in found.of("read")}
    newest = newest_words(found)
    meanwhile = {entry.ref: entry.words for entry in found.of("dispute", only_open=True)}
    seen = [entry for entry in found.of("review", only_open=True) if entry.state != "not_reached"]
    lines = [_line(entry, validity, readers, today) for entry in found.entries]
    return Record(
        concerns=tuple(
            _concern(entry, readers, newest, at) for entry in found.of("concern") if State(entry.state) in STILL_SHOWN
        ),
        put_forward=tuple(
            OpenThing(entry.ref, entry.words, None, by_whom(entry), entry.at, note=ASKS_WORDS[Asks(entry.state)])
            for entry in found.of("put_forward", only_open=True)
        ),
        decisions=tuple(
            _decision(entry, today, meanwhile.get(entry.ref, ""), validity, has_practice=has_practice)
            for entry in found.of("decision")
        ),
        follow_ups=(
            *(
                _came_back(entry, today)
                for entry in found.of("follow_up_end", only_open=True)
                if entry.state in CAME_BACK
            ),
            *(
                _follow_up(entry, today)
                for entry in sorted(found.of("follow_up", only_open=True), key=lambda entry: entry.on)
            ),
        ),
        last_review=_line(seen[0], validity, readers, today) if seen else None,
        timeline=tuple(lines[:MOST_LINES]),
        earlier=max(0, len(lines) - MOST_LINES),
    )


def newest_words(found: PersonRecord) -> dict[str, str]:
    """What was added last to each concern, by its ref. Of "Yes, now" without words the first that followed is not."""
    first = {entry.ref: entry.words for entry in found.of("concern")}
    last = {entry.ref: entry.words for entry in reversed(found.of("added"))}
    return {ref: words for ref, words in last.items() if words != first.get(ref)}


MOVED: Final = frozenset({"concern", "added", "put_forward"})
"""Kinds that are never typed for somebody: where two names stand, the second moved the entry to this person."""


def by_whom(entry: Entry, *, place: bool = False) -> str:
    """`Cora Carer, carer`, with the place unless it is the page's; both names of what was typed for somebody."""
    where = f", {entry.body}" if place else ""
    who = f"{entry.by}, {ROLE_WORDS[Role(entry.role)]}{where}"
    if not entry.typed_by:
        return who
    return f"{who}, {'moved' if entry.kind in MOVED else 'typed'} by {entry.typed_by}"


def _concern(entry: Entry, readers: dict[str, str], newest: dict[str, str], at: datetime) -> OpenThing:
    state, phone = State(entry.state), Phone(entry.on)
    status = status_of(
        state,
        phone,
        first_name=first_name_of(readers[entry.ref]) if entry.ref in readers else "",
        is_late=is_late(state, entry.at, at),
    )
    is_urgent = state in NOT_ANSWERED and phone is Phone.TO_BE_PHONED
    last = newest.get(entry.ref)
    words = f"{last}{FIRST}{entry.words}" if last else entry.words or NO_WORDS_YET
    return OpenThing(entry.ref, words, status, by_whom(entry), entry.at, is_urgent=is_urgent)


APPLIES_NOT: Final = Status("Taken back: it does not apply", "bad")


def _decision(
    entry: Entry, today: date, meanwhile: str, validity: Mapping[str, Validity], *, has_practice: bool
) -> OpenThing:
    state = state_in_entry(entry, today, has_practice=has_practice)
    return OpenThing(
        entry.ref,
        entry.words,
        APPLIES_NOT if entry.ended_at else ask_status(state) if state else None,
        by_whom(entry, place=True),
        entry.at,
        note=f"What applies meanwhile: {meanwhile}" if meanwhile else _note(entry, validity),
        is_waiting=state is not None and not entry.ended_at and state in UNANSWERED,
    )


def _note(entry: Entry, validity: Mapping[str, Validity]) -> str:
    """That it does not apply any more, and that a question of the practice before waits for an answer."""
    asked = entry.state == ASKED_BEFORE and not entry.ended_at
    notes = (_gone(entry, validity), "Their practice before has a question that nobody has answered" if asked else "")
    return ". ".join(note for note in notes if note)


def _gone(entry: Entry, validity: Mapping[str, Validity]) -> str:
    """That nobody does what was decided any more, and why, or that it is to be checked; empty while it applies, or
    where its status says so.
    """
    found = validity.get(entry.ref)
    if found is not None and found.rests_on:
        return to_be_checked(found.rests_on)
    if found is None or found.state not in DOES_NOT_APPLY or entry.ended_at:
        return ""
    return validity_status(found.state, None).words


def _follow_up(entry: Entry, today: date) -> OpenThing:
    status = to_do_status(date.fromisoformat(entry.on), entry.mark, today)
    return OpenThing(entry.ref, entry.words, status, by_whom(entry), entry.at, note=f"For: {entry.state}")


CAME_BACK: Final = frozenset({FollowUpEnd.CANNOT})


def _came_back(entry: Entry, today: date) -> OpenThing:
    """What could not be done, and those who asked have not gone on with it."""
    return OpenThing(entry.ref, entry.words, came_back_status(entry.mark, today), by_whom(entry), entry.at)


def to_be_done(entry: Entry, today: date) -> str:
    """What a follow-up asks for; while it is not done, after what is to be known of the decision it comes from."""
    known = "" if entry.ended_at else doubt_words(entry.mark, today)
    return f"{known} {entry.words}" if known else entry.words


def _line(entry: Entry, validity: Mapping[str, Validity], readers: Mapping[str, str], today: date) -> Line:
    kind = ENTRIES[entry.kind.removesuffix(TAKEN_BACK)]
    what = kind.what(entry)
    if kind.kind != entry.kind and not kind.says_itself:
        what = f"{what} ({SINCE_TAKEN_BACK})"
    if entry.kind == "concern" and entry.state == State.UNREAD and entry.ref in readers:
        what = f"Concern, {added_to_since(first_name_of(readers[entry.ref]))}"
    found = validity.get(entry.ref) if entry.kind == "decision" else None
    if found is not None and found.state in DOES_NOT_APPLY:
        what = f"{what}: {DECISION_STATES[found.state]}"
    if found is not None and found.rests_on:
        what = f"{what}. {to_be_checked(found.rests_on)}"
    words = to_be_done(entry, today) if kind.kind == "follow_up" else entry.words if kind.has_words else ""
    by = by_whom(entry, place=entry.kind == "dispute")
    return Line(entry.at, what, words, by, kind.page, entry.ref, kind.is_day, kind.kind)


SINCE_TAKEN_BACK: Final = "taken back or put right since"
"""What stands with a line that no longer holds: why is a line of its own."""
