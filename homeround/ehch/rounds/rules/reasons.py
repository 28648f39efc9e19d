"""What is a reason to see somebody, in which order people stand, and when a round can close.

Pure: signs, waits and dates come in. There is no score: the order is the strongest reason, then the longest since
review, and the number of reasons counts for nothing (REQ-36, REQ-37; H46).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from homeround.ehch.residents.rules import Sign, Wait
from homeround.ehch.rounds.rules.kinds import TURNS
from homeround.kernel.calendar.times import london_date, shown, shown_date, weeks_between
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
    """A reason as reviewed data: its words, those of a carer's page, who gives it, how strong it is, and the number it
    waits for, if any.

    `is_urgent`: whoever has it stands above everybody else.
    """

    code: str
    words: str
    in_home: str
    kind: ReasonKind
    strength: Strength
    threshold: int | None = None
    threshold_means: str = ""
    is_urgent: bool = False


REASONS: Final[Mapping[str, ReasonRule]] = {
    rule.code: rule
    for rule in (
        ReasonRule(
            "help_now",
            "Help is needed now: to be phoned",
            "Help is needed now",
            ReasonKind.STAFF,
            Strength.MUST,
            is_urgent=True,
        ),
        ReasonRule(
            "help_called",
            "Help was called: not answered",
            "Help was called",
            ReasonKind.STAFF,
            Strength.MUST,
            is_urgent=True,
        ),
        ReasonRule("concern", "Somebody is worried", "Somebody is worried", ReasonKind.STAFF, Strength.MUST),
        ReasonRule(
            "not_reached",
            "Not reached in the last round",
            "Not seen on the last round",
            ReasonKind.CLINICIAN,
            Strength.MUST,
        ),
        ReasonRule(
            "clock_at_risk",
            "Assessment or plan nearly due, or overdue",
            "Assessment or plan due soon, or overdue",
            ReasonKind.DATES,
            Strength.MUST,
            threshold=2,
            threshold_means="working days before the due date",
        ),
        ReasonRule("see_again", "To be seen again", "They are to be seen again", ReasonKind.CLINICIAN, Strength.MUST),
        ReasonRule(
            "decide_again",
            "Outcome without its decision",
            "Something is to be decided again",
            ReasonKind.CLINICIAN,
            Strength.MUST,
        ),
        ReasonRule(
            "dispute",
            "In dispute with the GP",
            "The GP does not agree with a decision",
            ReasonKind.CLINICIAN,
            Strength.MUST,
        ),
        ReasonRule(
            "gp_question", "The GP has a question", "The GP has a question", ReasonKind.CLINICIAN, Strength.MUST
        ),
        ReasonRule(
            "asked_by_clinician",
            "A clinician or their GP asks",
            "A clinician or the GP wants them seen",
            ReasonKind.CLINICIAN,
            Strength.MUST,
        ),
        ReasonRule(
            "asked_by_person",
            "They or their family ask",
            "They or their family ask",
            ReasonKind.PERSON,
            Strength.SHOULD,
        ),
        ReasonRule("asked_by_staff", "Put forward by staff", "Staff want them seen", ReasonKind.STAFF, Strength.SHOULD),
        ReasonRule(
            "follow_up", "Follow-up due or overdue", "Something asked is due", ReasonKind.CLINICIAN, Strength.SHOULD
        ),
        ReasonRule(
            "came_back",
            "Asked, and it could not be done",
            "Something asked could not be done",
            ReasonKind.CLINICIAN,
            Strength.SHOULD,
        ),
        ReasonRule(
            "decision_ends",
            "A decision ends, or has ended",
            "Something decided for some days ends, or has ended",
            ReasonKind.CLINICIAN,
            Strength.SHOULD,
        ),
        ReasonRule(
            "nobody_responsible",
            "Nobody is medically responsible",
            "No GP practice is known",
            ReasonKind.DATES,
            Strength.SHOULD,
        ),
        ReasonRule("new_resident", "New here, not yet reviewed", "New here", ReasonKind.DATES, Strength.SHOULD),
        ReasonRule(
            "back_from_hospital",
            "Back from hospital, not yet reviewed",
            "Back from hospital",
            ReasonKind.DATES,
            Strength.SHOULD,
        ),
        ReasonRule(
            "no_reply",
            "The GP has not replied in time",
            "The GP has not replied yet",
            ReasonKind.CLINICIAN,
            Strength.CONSIDER,
        ),
        ReasonRule(
            "nothing_recorded",
            "No concern, decision or review for a while",
            "No concern, decision or review for a while",
            ReasonKind.DATES,
            Strength.CONSIDER,
            threshold=28,
            threshold_means="days without a concern, a decision, a review, an assessment or a plan",
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
        reviewed_on=date(2026, 11, 27),
        next_review_on=date(2027, 5, 31),
    ),
)

ORDER_IN_WORDS: Final = (
    "Whoever needs help now comes first. People with a reason: must, then should, then consider; among equals whoever "
    "was reviewed longest ago. Everybody else stands below in the same order. The number of reasons does not count."
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


def reasons_of(signs: Iterable[Sign], waits: Iterable[Wait], at: datetime) -> list[Reason]:
    """The reasons that one person's signs and open things give, strongest first. A sign it does not know gives none."""
    by_code: dict[str, list[Sign]] = {}
    for sign in signs:
        by_code.setdefault(sign.code, []).append(sign)
    found = [
        *(_open_thing(wait, at) for wait in waits if TURNS[wait.kind].reason),
        *_new_here(by_code, at),
        *_back_from_hospital(by_code, at),
        *_nothing_recorded(by_code, at),
    ]
    return sorted(found, key=lambda reason: (_place(reason), -reason.age_days))


def last_at(signs: Iterable[Sign]) -> datetime | None:
    """When the newest of these signs began."""
    return max((sign.since for sign in signs), default=None)


def weeks_since(reviewed_at: datetime | None, at: datetime) -> int | None:
    """Whole weeks since the last review; None when nobody has reviewed them here."""
    return None if reviewed_at is None else weeks_between(london_date(reviewed_at), london_date(at))


def order(reasons: Iterable[Reason], reviewed_at: datetime | None, name: str) -> tuple[int, float, str]:
    """Where a person stands on the worklist: urgent first, then the strongest reason, then longest since
    review, never reviewed first.
    """
    strongest = min((_place(reason) for reason in reasons), default=len(STRENGTHS))
    return (strongest, reviewed_at.timestamp() if reviewed_at else float("-inf"), name)


def _place(reason: Reason) -> int:
    """How far up a reason puts somebody: what is urgent above every strength."""
    return -1 if REASONS[reason.code].is_urgent else STRENGTHS.index(reason.strength)


def gives_a_must(wait: Wait) -> bool:
    """Whether an open thing is by itself a reason that somebody must be seen."""
    reason = TURNS[wait.kind].reason
    return bool(reason) and REASONS[reason].strength is Strength.MUST


def must_have_outcome(reasons: Iterable[Reason]) -> bool:
    """Whether a round cannot close while this person has no outcome: whoever has a reason that is a must."""
    return any(reason.strength is Strength.MUST for reason in reasons)


def _reason(code: str, evidence: str, since: datetime, at: datetime) -> Reason:
    rule = REASONS[code]
    age = (london_date(at) - london_date(since)).days
    return Reason(code, rule.words, rule.kind, rule.strength, evidence, max(age, 0))


def _open_thing(wait: Wait, at: datetime) -> Reason:
    return _reason(TURNS[wait.kind].reason, _evidence(wait, at), wait.since, at)


def _evidence(wait: Wait, at: datetime) -> str:
    """What an open thing says for itself: its own words with the day it began, or the day by which it is due."""
    began = shown_date(london_date(wait.since))
    if wait.kind == "not_reached":
        return f"round of {began}"
    if wait.kind == "see_again":
        return f"about {shown_date(date.fromisoformat(wait.due_on))}, says {wait.whom}"
    if wait.kind == "decision_ends":
        last_on = date.fromisoformat(wait.due_on)
        ends = "ended" if london_date(at) > last_on else "ends"
        return f"{wait.words.rstrip('.')}: {ends} {shown_date(last_on)}"
    if not wait.due_on:
        return f"{shown(wait.since)}: {wait.words}" if wait.words else f"since {began}"
    due_on = date.fromisoformat(wait.due_on)
    when = f"{'overdue since' if london_date(at) > due_on else 'due'} {shown_date(due_on)}"
    return f"{wait.words.rstrip('.') or TURNS[wait.kind].words}: {when}"


def _new_here(by_code: Mapping[str, list[Sign]], at: datetime) -> list[Reason]:
    """The reason that an arrival gives until they were reviewed. A sign's words are the ISO day of arrival."""
    newest = max(by_code.get("arrived", []), key=lambda sign: sign.words, default=None)
    reviewed_at = last_at(by_code.get("reviewed", []))
    if newest is None or (reviewed_at is not None and london_date(reviewed_at).isoformat() >= newest.words):
        return []
    return [_reason("new_resident", f"arrived {shown_date(date.fromisoformat(newest.words))}", newest.since, at)]


def _back_from_hospital(by_code: Mapping[str, list[Sign]], at: datetime) -> list[Reason]:
    """The reason that a return gives until they were reviewed after it: a round on the morning of that day does not
    count. A sign's words are the ISO day of the return.
    """
    back_at, reviewed_at = last_at(by_code.get("back", [])), last_at(by_code.get("reviewed", []))
    if back_at is None or (reviewed_at is not None and reviewed_at > back_at):
        return []
    return [_reason("back_from_hospital", f"back {shown_date(london_date(back_at))}", back_at, at)]


def _nothing_recorded(by_code: Mapping[str, list[Sign]], at: datetime) -> list[Reason]:
    last = last_at(
        sign for code, signs in by_code.items() for sign in signs if code in {"recorded", "reviewed", "lives"}
    )
    rule = REASONS["nothing_recorded"]
    if last is None or (london_date(at) - london_date(last)).days < (rule.threshold or 0):
        return []
    return [_reason("nothing_recorded", f"none since {shown_date(london_date(last))}", last, at)]
