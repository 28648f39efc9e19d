"""What waits for the viewer, as one component shows it on every first page: what, about whom, how old, where to act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.urls import reverse

from homeround.ehch.residents.queries import Identity
from homeround.ehch.residents.rules import FORMER_HOME_READS
from homeround.ehch.residents.words import DepartureKind
from homeround.ehch.rounds.queries import Waiting, WaitRow
from homeround.ehch.rounds.rules import TURNS, Urgency, weeks_missed
from homeround.ehch.rounds.rules.turn import IS_NOT_CHASED, ORDER_IN_WORDS, Rank
from homeround.kernel.calendar.times import shown_date
from homeround.web.jinja import plural
from homeround.web.presenters.calm import Against, calm
from homeround.web.presenters.person import PersonLine, line_of
from homeround.web.presenters.states import Status

ON_A_FIRST_PAGE: Final = 8
"""So many lines stand on a first page; the whole list is one tap away."""

TONES: Final[Mapping[Urgency, str]] = {Urgency.URGENT: "bad", Urgency.LATE: "late", Urgency.WAITING: "wait"}

OF_A_RANK: Final[Mapping[Rank, tuple[str, str]]] = {
    Rank.URGENT: ("thing is urgent", "things are urgent"),
    Rank.CONCERN: ("concern is not answered", "concerns are not answered"),
    Rank.LATE: ("thing is late", "things are late"),
    Rank.WAITING: ("waits in its time", "wait in their time"),
}
"""How much there is in each part of the list, in its order."""

TYPED: Final = frozenset({"to_confirm", "decision_to_confirm"})
"""What waits for a clinician to confirm it; who else has it on a list reads for whom it was typed."""


@dataclass(frozen=True)
class WaitLine:
    """One line: its state, whom it is about, where, its own words, how old it is and whose it is by name.

    `href` is empty for whoever does not open the page to act on.
    """

    status: Status
    is_urgent: bool
    person: PersonLine | None
    home: str
    detail: str
    age: str
    whose: str
    href: str


@dataclass(frozen=True)
class WaitList:
    """What waits for the viewer. `more` is how many lines are on the whole list and not here."""

    lines: tuple[WaitLine, ...]
    number: int
    more: int
    calm: Status
    in_a_line: Status
    order: str = ORDER_IN_WORDS

    @property
    def urgent(self) -> tuple[WaitLine, ...]:
        """The lines of what is urgent."""
        return tuple(line for line in self.lines if line.is_urgent)


def wait_list(
    waiting: Waiting, today: date, *, shows_home: bool = True, lines: Mapping[str, PersonLine] | None = None
) -> WaitList:
    """The component's list; in a home its own name is left out, and `lines` are those of its people (H1)."""
    return WaitList(
        lines=tuple(
            _line(row, today, lines or {}, shows_home=shows_home, may_open=waiting.may_open) for row in waiting.mine
        ),
        number=waiting.number,
        more=waiting.number - len(waiting.mine),
        calm=_nothing_waits(waiting),
        in_a_line=_in_a_line(waiting),
    )


def lines_behind(rows: Iterable[WaitRow], today: date, lines: Mapping[str, PersonLine]) -> tuple[WaitLine, ...]:
    """What a number of a home counts: each leads to where the viewer acts on it, or, where it is the turn of others, to
    the person.
    """
    return tuple(_behind(row, today, lines) for row in rows)


def _behind(row: WaitRow, today: date, lines: Mapping[str, PersonLine]) -> WaitLine:
    line = _line(row, today, lines, shows_home=False, may_open=row.is_theirs)
    if row.is_theirs or not row.identity or row.wait.kind == "expected":
        return line
    return replace(line, href=reverse("resident", args=[row.wait.person_ref]))


def _in_a_line(waiting: Waiting) -> Status:
    """How much waits for the viewer in each part of the list; red where any of it is urgent or late."""
    parts = [Against(waiting.by_rank.get(rank, 0), one, many) for rank, (one, many) in OF_A_RANK.items()]
    if waiting.number:
        return calm("Nothing waits for you", *parts, otherwise="late" if waiting.late else "wait")
    return _nothing_waits(waiting)


def _nothing_waits(waiting: Waiting) -> Status:
    """That nothing waits for the viewer: calm only where nothing waits for anybody else in their homes either. A tick
    beside a concern that somebody else has not read would say that all is well (H40).
    """
    concerns = waiting.concerns_of_all
    return calm(
        "Nothing waits for you",
        Against(concerns, "concern to answer", "concerns to answer"),
        Against(len(waiting.everything) - concerns, "other thing", "other things"),
        before="Nothing for you now. For others: ",
        otherwise="wait",
    )


def _line(row: WaitRow, today: date, lines: Mapping[str, PersonLine], *, shows_home: bool, may_open: bool) -> WaitLine:
    page, args = TURNS[row.wait.kind].leads_to(row.wait, row.home_code)
    return WaitLine(
        status=Status(_words(row, today), TONES[row.urgency]),
        is_urgent=row.urgency is Urgency.URGENT,
        person=_person(row, lines) if row.identity else None,
        home=row.home_name if shows_home or row.identity is None else "",
        detail=row.wait.words if row.identity else "",
        age=age_words(row.age_days),
        whose=_whose(row),
        href=reverse(page, args=args) if may_open else "",
    )


def _person(row: WaitRow, lines: Mapping[str, PersonLine]) -> PersonLine:
    """Whom it is about: with room and mark where they live there, with how they went where they do no more."""
    return lines.get(row.wait.person_ref) or line_of(row.wait.person_ref, row.identity or Identity(), gone=row.gone)


def _words(row: WaitRow, today: date) -> str:
    """What it is, with its own day where it has one; about somebody who left, until when home and PCN can see to it:
    then it waits for nobody here.
    """
    gone = row.gone
    if gone is None or gone.on is None or gone.how == DepartureKind.DIED or row.wait.kind in IS_NOT_CHASED:
        return _what(row, today)
    return f"{_what(row, today)}. Seen here until {shown_date(gone.on + FORMER_HOME_READS)} at least"


def _what(row: WaitRow, today: date) -> str:
    if row.wait.kind == "round_missed":
        return _missed(date.fromisoformat(row.wait.due_on), today) if row.wait.due_on else "No round on record"
    if row.wait.kind in TYPED and not row.is_named:
        return f"Typed for {row.wait.whom}: not confirmed by them"
    if not row.wait.due_on or (row.gone and row.wait.kind in IS_NOT_CHASED):
        return row.words
    due_on = date.fromisoformat(row.wait.due_on)
    if row.wait.kind in {"round_open", "expected"}:
        return f"{row.words}: {shown_date(due_on)}"
    return f"{row.words}: {'was due' if due_on < today else 'due'} {shown_date(due_on)}"


def _missed(last_on: date, today: date) -> str:
    """How many weeks had no round, and when the last was: its age counts from that."""
    return f"No round for {plural(weeks_missed(last_on, today), 'whole week')}, the last was {shown_date(last_on)}"


def _whose(row: WaitRow) -> str:
    """By name, where somebody is named; a reply that is owed is the practice's, whoever asks for it (H9)."""
    if row.is_named:
        return "yours"
    if row.wait.kind in TYPED | {"decide_again"}:
        return ""
    if row.wait.kind in SAID_BY and row.wait.member is None:
        return f"{SAID_BY[row.wait.kind]} {row.wait.whom}"
    return row.wait.whom


SAID_BY: Final[Mapping[str, str]] = {
    "gp_question": "decided by",
    "dispute": "decided by",
    "decision_ends": "decided by",
    "see_again": "said by",
}
"""What stands before the name where it waits for nobody by name: whoever said it acts in the home no more, or it is the
practice's list. The name is not whose turn it is (ADR 17)."""


def age_words(days: int) -> str:
    """How long it has waited: days for a week or two, then weeks."""
    if days == 0:
        return "today"
    return plural(days, "day") if days < 14 else plural(days // 7, "week")
