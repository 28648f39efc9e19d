"""What is true of rounds: what is a reason to see somebody, in which order people stand, when a round can close.

Pure: signs and dates come in. There is no score: the order is the strongest reason, then the longest since review, and
the number of reasons counts for nothing (REQ-36, REQ-37; H46).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from homeround.ehch.residents.rules import Sign
from homeround.kernel.calendar.times import london_date, shown, shown_date, weeks_between
from homeround.kernel.calendar.working_days import Calendar, working_days_until
from homeround.kernel.reviewed import Reviewed, register


class ReasonKind(StrEnum):
    """Who or what gives a reason; the four stand side by side."""

    PERSON = "person"
    STAFF = "staff"
    DATES = "dates"
    CLINICIAN = "clinician"


class Strength(StrEnum):
    """How strong a reason is."""

    MUST = "must"
    SHOULD = "should"
    CONSIDER = "consider"


STRENGTHS: Final = tuple(Strength)


@dataclass(frozen=True)
class ReasonRule:
    """A reason as reviewed data: its words, who gives it, how strong it is, and the number it waits for, if any."""

    code: str
    words: str
    kind: ReasonKind
    strength: Strength
    threshold: int | None = None
    threshold_means: str = ""


REASONS: Final[Mapping[str, ReasonRule]] = {
    rule.code: rule
    for rule in (
        ReasonRule("concern", "Somebody is worried", ReasonKind.STAFF, Strength.MUST),
        ReasonRule("not_reached", "Not reached in the last round", ReasonKind.CLINICIAN, Strength.MUST),
        ReasonRule(
            "clock_at_risk",
            "Assessment or plan nearly due",
            ReasonKind.DATES,
            Strength.MUST,
            threshold=2,
            threshold_means="working days before the due date",
        ),
        ReasonRule("new_resident", "New here, not yet reviewed", ReasonKind.DATES, Strength.SHOULD),
        ReasonRule(
            "nothing_recorded",
            "Nothing recorded for a while",
            ReasonKind.DATES,
            Strength.CONSIDER,
            threshold=28,
            threshold_means="days without any entry",
        ),
    )
}

REVIEWED: Final = register(
    "reasons to see somebody",
    Reviewed(
        source="the service's four kinds of reason; strengths and thresholds are ours, to be agreed by each PCN",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 5, 31),
    ),
)

ORDER_IN_WORDS: Final = (
    "People with a reason come first: must, then should, then consider; among equals whoever was reviewed longest ago. "
    "Everybody else stands below in the same order. The number of reasons does not count."
)


@dataclass(frozen=True)
class Reason:
    """A reason to see one person, with what it rests on and how old that is."""

    code: str
    words: str
    kind: ReasonKind
    strength: Strength
    evidence: str
    age_days: int


def reasons_of(signs: Iterable[Sign], at: datetime, calendar: Calendar) -> list[Reason]:
    """The reasons that one person's signs give, strongest first. Signs it does not know give none."""
    by_code: dict[str, list[Sign]] = {}
    for sign in signs:
        by_code.setdefault(sign.code, []).append(sign)
    reviewed_at = last_at(by_code.get("reviewed", []))
    found = [
        *(
            _reason("concern", f"{shown(sign.since)}: {sign.words}", sign.since, at)
            for sign in by_code.get("concern", [])
        ),
        *_not_reached(by_code.get("not_reached", []), reviewed_at, at),
        *_clocks(by_code.get("clock", []), at, calendar),
        *_new_here(by_code.get("arrived", []), reviewed_at, at),
        *_nothing_recorded(by_code, at),
    ]
    return sorted(found, key=lambda reason: (STRENGTHS.index(reason.strength), -reason.age_days))


def last_at(signs: Iterable[Sign]) -> datetime | None:
    """When the newest of these signs began."""
    return max((sign.since for sign in signs), default=None)


def weeks_since(reviewed_at: datetime | None, at: datetime) -> int | None:
    """Whole weeks since the last review; None when nobody has reviewed them here."""
    return None if reviewed_at is None else weeks_between(london_date(reviewed_at), london_date(at))


def order(reasons: Iterable[Reason], reviewed_at: datetime | None, name: str) -> tuple[int, float, str]:
    """Where a person stands on the worklist: strongest reason, then longest since review, never reviewed first."""
    strongest = min((STRENGTHS.index(reason.strength) for reason in reasons), default=len(STRENGTHS))
    return (strongest, reviewed_at.timestamp() if reviewed_at else float("-inf"), name)


def must_have_outcome(reasons: Iterable[Reason]) -> bool:
    """Whether a round cannot close while this person has no outcome: whoever has a reason that is a must."""
    return any(reason.strength is Strength.MUST for reason in reasons)


WITH_DECISION: Final = frozenset({"plan_changed", "medicine_changed", "referral"})
"""Outcomes that say that something was decided."""
WITHOUT_DECISION: Final = frozenset({"no_change", "plan_kept", "not_reached"})
"""Outcomes that say that nothing was."""


def problems_of_review(
    how: str, outcome: str, *, is_decided: bool, known: tuple[frozenset[str], frozenset[str]]
) -> dict[str, str]:
    """What stands against keeping a review, field by field. `known`: the ways and outcomes that there are."""
    ways, outcomes = known
    problems: dict[str, str] = {}
    if how not in ways and outcome != "not_reached":
        problems["how"] = "Say how you were with them, or that you were not."
    if outcome not in outcomes:
        problems["outcome"] = "Choose what came of it."
    elif outcome in WITH_DECISION and not is_decided:
        problems["decided"] = "Say what changes for the home: the registered GP is asked about exactly these words."
    elif outcome in WITHOUT_DECISION and is_decided:
        problems["outcome"] = "Something changes for the home, so choose the outcome that says so."
    return problems


def _reason(code: str, evidence: str, since: datetime, at: datetime) -> Reason:
    rule = REASONS[code]
    age = (london_date(at) - london_date(since)).days
    return Reason(code, rule.words, rule.kind, rule.strength, evidence, max(age, 0))


def _not_reached(signs: list[Sign], reviewed_at: datetime | None, at: datetime) -> list[Reason]:
    newest = max(signs, key=lambda sign: sign.since, default=None)
    if newest is None or (reviewed_at is not None and reviewed_at > newest.since):
        return []
    return [_reason("not_reached", f"round of {shown_date(london_date(newest.since))}", newest.since, at)]


def _clocks(signs: list[Sign], at: datetime, calendar: Calendar) -> list[Reason]:
    """Open obligations near or past their due date. A sign's words are the obligation and its ISO due date."""
    threshold = REASONS["clock_at_risk"].threshold or 0
    found = []
    for sign in signs:
        obligation, due = sign.words.rsplit(" ", 1)
        left = working_days_until(london_date(at), date.fromisoformat(due), calendar)
        if left <= threshold:
            due_on = date.fromisoformat(due)
            when = "overdue since" if london_date(at) > due_on else "due"
            evidence = f"{obligation}: {when} {shown_date(due_on)}"
            found.append(_reason("clock_at_risk", evidence, sign.since, at))
    return found


def _new_here(signs: list[Sign], reviewed_at: datetime | None, at: datetime) -> list[Reason]:
    """A sign's words are the ISO day of arrival."""
    newest = max(signs, key=lambda sign: sign.words, default=None)
    if newest is None or (reviewed_at is not None and london_date(reviewed_at).isoformat() >= newest.words):
        return []
    arrived_on = date.fromisoformat(newest.words)
    reason = _reason("new_resident", f"arrived {shown_date(arrived_on)}", newest.since, at)
    return [reason]


def _nothing_recorded(by_code: Mapping[str, list[Sign]], at: datetime) -> list[Reason]:
    last = last_at(
        sign for code, signs in by_code.items() for sign in signs if code in {"recorded", "reviewed", "lives"}
    )
    rule = REASONS["nothing_recorded"]
    if last is None or (london_date(at) - london_date(last)).days < (rule.threshold or 0):
        return []
    return [_reason("nothing_recorded", f"nothing recorded since {shown_date(london_date(last))}", last, at)]
