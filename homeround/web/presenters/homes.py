"""A home on the pages of those who serve several: whether its round ran, in which week, and what is late and whose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from homeround.ehch.rounds.queries import HomeFacts
from homeround.ehch.rounds.rules import weeks_missed
from homeround.kernel.calendar.times import shown_date
from homeround.web.jinja import plural
from homeround.web.presenters.calm import Against, calm
from homeround.web.presenters.states import Status


@dataclass(frozen=True)
class LateCount:
    """How much of one kind waits in a home, whose it is, and the page that lists it."""

    number: int
    words: str
    whose: str
    page: str


@dataclass(frozen=True)
class HomeLine:
    """One home. `missed` is the number of whole weeks without a round; `ran` says when and is never without a day."""

    home_id: int
    code: str
    name: str
    phone: str
    pcn: str
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
    late: tuple[LateCount, ...]
    replies: int

    @property
    def stands_out(self) -> bool:
        """Whether weeks were missed, a round was left open, or none was ever held, in a home that is open."""
        never = self.last_on is None and not self.open_round
        return not self.is_closed and (bool(self.missed) or bool(self.left_open) or never)


LATE_KINDS: Final[tuple[tuple[tuple[str, ...], str, str, str, str], ...]] = (
    # kinds, one, many, whose, page
    (("to_be_phoned",), "to be phoned about", "to be phoned about", "home and PCN", "home_today"),
    (("unread", "unanswered"), "concern", "concerns", "PCN", "home_today"),
    (("gp_question",), "GP question", "GP questions", "PCN", "home_replies"),
    (("dispute",), "dispute", "disputes", "PCN and practice", "home_replies"),
    (("silence",), "reply", "replies", "practice", "home_replies"),
    (("follow_up",), "follow-up", "follow-ups", "home", "home_follow_ups"),
    (("follow_up_pcn",), "follow-up", "follow-ups", "PCN", "home_follow_ups"),
    (("assessment", "plan"), "assessment or plan", "assessments or plans", "home and PCN", "worklist"),
    (("nobody_responsible",), "without a practice", "without a practice", "PCN and home", "worklist"),
    (("not_reached",), "not reached", "not reached", "PCN", "worklist"),
    (("to_confirm",), "to confirm", "to confirm", "PCN", "waiting"),
    (("expected",), "expected, not come", "expected, not come", "home", "home_today"),
)
"""How each kind is counted for a home, in the order in which it stands there."""

LATE_FROM_THE_START: Final = frozenset({"gp_question", "dispute", "to_be_phoned"})
"""Kinds that are counted as soon as they are open: they stand in the way of what the home does."""


def home_line(facts: HomeFacts, on: date) -> HomeLine:
    """One home's facts for a row."""
    missed = 0 if facts.round_this_week or facts.closed_on else weeks_missed(facts.last_round_on, on)
    left_open = f"Open since {shown_date(facts.left_open_on)}" if facts.left_open_on else ""
    return HomeLine(
        home_id=facts.home_id,
        code=facts.code,
        name=facts.name,
        phone=facts.phone,
        pcn=facts.pcn,
        lead=facts.lead,
        local_authority=facts.local_authority,
        ran=round_status(facts, on),
        last_week=_last_week(facts),
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
    """Whether the round ran this week (Monday to Sunday), and for how many whole weeks it did not."""
    if facts.open_round:
        return Status(f"Open now, led by {facts.open_round_by}", "wait")
    if facts.closed_on is not None:
        return Status(f"The home closed {shown_date(facts.closed_on)}")
    if facts.last_round_on is None:
        return Status("No round on record", "late")
    if facts.held_this_week:
        left = Against(1 if facts.left_open else 0, "round left open", "rounds left open")
        return calm(f"Held {shown_date(facts.held_this_week)}", left)
    missed = weeks_missed(facts.last_round_on, on)
    if missed:
        return Status(f"Missed {plural(missed, 'week')}: last held {shown_date(facts.last_round_on)}", "late")
    return Status(f"Not yet this week: last held {shown_date(facts.last_round_on)}", "wait")


def _last_week(facts: HomeFacts) -> Status:
    if facts.held_last_week:
        return Status(f"Held {shown_date(facts.held_last_week)}", "good")
    return Status("None held", "plain" if facts.closed_on else "late")


def _late(facts: HomeFacts) -> list[LateCount]:
    found = []
    for kinds, one, many, whose, page in LATE_KINDS:
        number = sum(_number(facts, kind) for kind in kinds)
        if number:
            found.append(LateCount(number, one if number == 1 else many, whose, page))
    return found


def _number(facts: HomeFacts, kind: str) -> int:
    counted: Mapping[str, int] = facts.open if kind in LATE_FROM_THE_START else facts.late
    return counted.get(kind, 0)


def replies_status(awaited: int, late: int) -> Status:
    """Replies that registered GPs owe, as somebody who oversees reads them."""
    if late:
        return Status(f"{awaited} awaited, {late} of them overdue", "late")
    return calm("None awaited", Against(awaited, "awaited", "awaited"), tone="plain", otherwise="wait")
