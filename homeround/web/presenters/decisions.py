"""What decisions and replies say on pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from homeround.ehch.decisions.queries import Awaiting, DecisionPage
from homeround.ehch.decisions.rules import AskState
from homeround.kernel.calendar.times import shown_date
from homeround.web.presenters.person import PersonLine, line_of
from homeround.web.presenters.states import Status, ask_status

Compared = list[tuple[str, str, str]]


@dataclass(frozen=True)
class AwaitingLine:
    """One decision that awaits a reply, with before and after side by side."""

    ref: str
    decision_ref: str
    person_ref: str
    line: PersonLine
    born: str
    home: str
    title: str
    compared: Compared
    because: str
    by: str
    at: object
    status: Status
    is_questioned: bool
    """Whether the practice itself has asked, and waits for an answer."""
    answer_by: str
    received: str
    practice: str
    meanwhile: str


def awaiting_line(one: Awaiting) -> AwaitingLine:
    """A decision on a list."""
    born = one.identity.born_on
    return AwaitingLine(
        ref=one.ref,
        decision_ref=one.decision_ref,
        person_ref=one.person_ref,
        line=line_of(one.person_ref, one.identity),
        born=f"born {shown_date(born)}" if born else "date of birth not recorded here",
        home=one.home,
        title=one.title,
        compared=before_and_after(one.before, one.decided, one.in_force_from_on),
        because=one.because,
        by=one.by,
        at=one.at,
        status=ask_status(one.state),
        is_questioned=one.state is AskState.QUERIED,
        answer_by=shown_date(one.answer_by_on),
        received=one.received,
        practice=one.practice or "no practice known",
        meanwhile=one.meanwhile,
    )


def before_and_after(before: str, decided: str, from_on: date | None) -> Compared:
    """What applied and what applies, for the macro `compare`."""
    when = f"from {shown_date(from_on)}" if from_on else "changes nothing"
    return [(when[:1].upper() + when[1:], before, decided)]


def compared(page: DecisionPage) -> Compared:
    """The same of one decision."""
    return before_and_after(page.before, page.decided, page.in_force_from_on)
