"""A home on the pages of those who serve several: whether its round ran, with the day that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from homeround.ehch.decisions.rules import AskState
from homeround.ehch.rounds.queries import HomeFacts
from homeround.kernel.calendar.times import shown_date
from homeround.web.jinja import plural
from homeround.web.presenters.reasons import ReasonCount, reason_counts
from homeround.web.presenters.states import Status

LATE_STATES: Final = (AskState.LATE, AskState.NOBODY)


@dataclass(frozen=True)
class HomeLine:
    """One home. `missed` is the number of whole weeks without a round; `ran` says when and is never without a day."""

    code: str
    name: str
    pcn: str
    lead: str
    local_authority: str
    ran: Status
    missed: int
    is_closed: bool
    open_round: str
    open_by: str
    last_on: date | None
    last_ref: str
    reasons: tuple[ReasonCount, ...]
    replies: int

    @property
    def stands_out(self) -> bool:
        """Whether weeks were missed, or no round was ever held, in a home that is open."""
        return bool(self.missed) or (self.last_on is None and not self.open_round and not self.is_closed)

    @property
    def is_held(self) -> bool:
        """Whether this week's round was held and closed."""
        return self.ran.tone == "good"


def home_line(facts: HomeFacts, on: date) -> HomeLine:
    """One home's facts for a row."""
    missed = 0 if facts.open_round or facts.closed_on else weeks_missed(facts.last_round_on, on)
    return HomeLine(
        code=facts.code,
        name=facts.name,
        pcn=facts.pcn,
        lead=facts.lead,
        local_authority=facts.local_authority,
        ran=round_status(facts, on),
        missed=missed,
        is_closed=facts.closed_on is not None,
        open_round=facts.open_round,
        open_by=facts.open_round_by,
        last_on=facts.last_round_on,
        last_ref=facts.last_round_ref,
        reasons=tuple(reason_counts(facts.reasons)),
        replies=facts.replies_awaited,
    )


def round_status(facts: HomeFacts, on: date) -> Status:
    """Whether the round ran this week (Monday to Sunday), and for how many whole weeks it did not."""
    if facts.open_round:
        return Status(f"Open now, led by {facts.open_round_by}", "wait")
    if facts.closed_on is not None:
        return Status(f"The home closed {shown_date(facts.closed_on)}")
    if facts.last_round_on is None:
        return Status("No round on record", "late")
    if facts.round_this_week:
        return Status(f"Held {shown_date(facts.last_round_on)}", "good")
    missed = weeks_missed(facts.last_round_on, on)
    if missed:
        return Status(f"Missed {plural(missed, 'week')}: last held {shown_date(facts.last_round_on)}", "late")
    return Status(f"Not yet this week: last held {shown_date(facts.last_round_on)}", "wait")


def replies_status(replies: dict[AskState, int]) -> Status:
    """Replies that registered GPs owe, as somebody who oversees reads them."""
    late = sum(replies.get(state, 0) for state in LATE_STATES)
    waiting = late + sum(replies.get(state, 0) for state in (AskState.AWAITED, AskState.QUERIED))
    if not waiting:
        return Status("None awaited")
    return Status(
        f"{waiting} awaited, {late} of them overdue" if late else f"{waiting} awaited", "late" if late else "wait"
    )


def weeks_missed(last_on: date | None, on: date) -> int:
    """Whole weeks, Monday to Sunday, that passed without a round since the last one; 0 when there never was one."""
    if last_on is None:
        return 0
    return max((_monday(on) - _monday(last_on)).days // 7 - 1, 0)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
