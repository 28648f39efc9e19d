"""A home on the pages of those who serve several: whether its round ran, in which week, and what is late and whose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from homeround.ehch.residents.rules import Wait
from homeround.ehch.rounds.queries import HomeFacts
from homeround.ehch.rounds.rules import Urgency, urgency_of, weeks_missed
from homeround.kernel.calendar.times import shown_date
from homeround.web.jinja import plural
from homeround.web.presenters.calm import Against, calm
from homeround.web.presenters.states import Status


@dataclass(frozen=True)
class LateColumn:
    """A column of what is late in a home: its head, the words of a number in it, whose it is."""

    kinds: tuple[str, ...]
    head: str
    one: str
    many: str
    whose: str

    @property
    def code(self) -> str:
        """What stands for it in the address of its list."""
        return self.kinds[0]

    @property
    def is_late_only(self) -> bool:
        """Whether its number leaves out what is open and not late."""
        return not COUNTED_WHEN_OPEN.intersection(self.kinds)

    def counts(self, wait: Wait, at: datetime) -> bool:
        """Whether the number of this column counts something that waits: its list shows just that."""
        is_late = urgency_of(wait, at) is not Urgency.WAITING
        return wait.kind in self.kinds and (is_late or wait.kind in COUNTED_WHEN_OPEN)


LATE_COLUMNS: Final = (
    LateColumn(("to_be_phoned",), "To phone", "to be phoned about", "to be phoned about", "Home, PCN"),
    LateColumn(("phoned", "unread", "unanswered", "answer_gone"), "Concerns", "concern", "concerns", "PCN"),
    LateColumn(("gp_question",), "GP asks", "GP question", "GP questions", "PCN"),
    LateColumn(("dispute",), "Disputes", "dispute", "disputes", "PCN"),
    LateColumn(("follow_up_pcn",), "To do", "follow-up", "follow-ups", "PCN"),
    LateColumn(("silence",), "Replies", "reply", "replies", "Practices"),
    LateColumn(("follow_up",), "To do", "follow-up", "follow-ups", "Home"),
    LateColumn(("expected",), "Arrivals", "expected, not come", "expected, not come", "Home"),
    LateColumn(("assessment", "plan"), "Plans", "assessment or plan", "assessments or plans", "Home, PCN"),
    LateColumn(("nobody_responsible",), "No GP", "without a practice", "without a practice", "Home, PCN"),
)
"""In the order of a row, those of one owner beside each other but for what is urgent. Kinds about rounds and what only
its own author sees to (a review to confirm) have no column.
"""

WHOSE: Final = tuple((whose, tuple(some)) for whose, some in groupby(LATE_COLUMNS, key=lambda column: column.whose))
"""The columns under whose they are, for the heads of a table."""

COUNTED_WHEN_OPEN: Final = frozenset({"gp_question", "dispute", "to_be_phoned"})
"""Kinds that are counted as soon as they are open: they stand in the way of what the home does."""


@dataclass(frozen=True)
class LateCell:
    """How much of one column there is in a home; nothing leaves the cell empty."""

    column: LateColumn
    number: int

    @property
    def words(self) -> str:
        """The number with its words."""
        return plural(self.number, self.column.one, self.column.many)


@dataclass(frozen=True)
class HomeLine:
    """One home. `missed` is the number of whole weeks without a round; `ran` says when and is never without a day.
    `nobody_reads`: a PCN serves it that has no care coordinator.
    """

    home_id: int
    code: str
    name: str
    phone: str
    pcn: str
    nobody_reads: bool
    lead: str
    local_authority: str
    ran: Status
    last_week: Status
    missed: int
    is_closed: bool
    is_held: bool
    open_round: str
    left_open: str
    left_open_words: str
    last_on: date | None
    last_ref: str
    to_see: int
    late: tuple[LateCell, ...]
    replies: int

    @property
    def stands_out(self) -> bool:
        """Whether weeks were missed, a round was left open, or none was ever held, in a home that is open."""
        never = self.last_on is None and not self.open_round
        return not self.is_closed and (bool(self.missed) or bool(self.left_open) or never)


def home_line(facts: HomeFacts, on: date) -> HomeLine:
    """One home's facts for a row."""
    missed = 0 if facts.round_this_week or facts.closed_on else _missed(facts, on)
    left_open = f"Left open {short_day(facts.left_open_on, on)}" if facts.left_open_on else ""
    return HomeLine(
        home_id=facts.home_id,
        code=facts.code,
        name=facts.name,
        phone=facts.phone,
        pcn=facts.pcn,
        nobody_reads=bool(facts.pcn) and not facts.has_coordinator,
        lead=facts.lead,
        local_authority=facts.local_authority,
        ran=round_status(facts, on),
        last_week=_last_week(facts, on),
        missed=missed,
        is_closed=facts.closed_on is not None,
        is_held=facts.held_this_week is not None,
        open_round=facts.open_round,
        left_open=facts.left_open,
        left_open_words=f"{left_open}, {facts.left_open_by}" if left_open else "",
        last_on=facts.last_round_on,
        last_ref=facts.last_round_ref,
        to_see=facts.to_see,
        late=tuple(_late(facts)),
        replies=facts.awaited,
    )


def round_status(facts: HomeFacts, on: date) -> Status:
    """Whether the round ran this week (Monday to Sunday), and for how many whole weeks it did not. One that is open now
    hides none that was held.
    """
    if facts.open_round:
        held = f"Held {short_day(facts.held_this_week, on)}; another is open" if facts.held_this_week else "Open"
        return Status(f"{held} now: {facts.open_round_by}", "wait")
    if facts.closed_on is not None:
        return Status(f"The home closed {shown_date(facts.closed_on)}")
    missed = _missed(facts, on)
    if facts.last_round_on is None:
        return Status(f"No round yet in {plural(missed, 'week')}" if missed else "No round yet", "late")
    if facts.held_this_week:
        held = f"Held {short_day(facts.held_this_week, on)}"
        return Status(f"{held}; an earlier round is left open", "late") if facts.left_open else Status(held, "good")
    if missed:
        return Status(f"Missed {plural(missed, 'week')}", "late")
    return Status("Not yet", "wait")


def _missed(facts: HomeFacts, on: date) -> int:
    return weeks_missed(facts.last_round_on, on, covered_from=facts.covered_from)


def _last_week(facts: HomeFacts, on: date) -> Status:
    """The day of last week's round, or since when there was none."""
    if facts.held_last_week:
        return Status(f"Held {short_day(facts.held_last_week, on)}", "good")
    if facts.closed_on is not None:
        return Status("None")
    if facts.last_round_on is None or facts.held_this_week:
        return Status("None", "late")
    return Status(f"None since {short_day(facts.last_round_on, on)}", "late")


def _late(facts: HomeFacts) -> list[LateCell]:
    return [LateCell(column, sum(_number(facts, kind) for kind in column.kinds)) for column in LATE_COLUMNS]


def _number(facts: HomeFacts, kind: str) -> int:
    counted: Mapping[str, int] = facts.open if kind in COUNTED_WHEN_OPEN else facts.late
    return counted.get(kind, 0)


def short_day(day: date, on: date) -> str:
    """A day of a list: `24 Nov`, with its year where that is not the year of today."""
    return f"{day.day} {day:%b}" + (f" {day.year}" if day.year != on.year else "")


def replies_status(awaited: int, late: int) -> Status:
    """Replies that registered GPs owe, as somebody who oversees reads them."""
    if late:
        return Status(f"{awaited} awaited, {late} of them overdue", "late")
    return calm("None awaited", Against(awaited, "awaited", "awaited"), tone="plain", otherwise="wait")
