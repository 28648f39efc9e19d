"""What is true of residents: why somebody may see one, who is medically responsible, what a departure closes, and by
when a person who moved in, or came back from hospital, has been assessed and has a
plan.

The wording changed from days to working days, so the rule sets are dated data and both due dates are always shown.
Serves REQ-67 and REQ-68; control of hazard H8. Pure: dates come in.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from homeround.kernel import nhs_number as numbers
from homeround.kernel.refusals import Invalid
from homeround.kernel.reviewed import Evidence, Reviewed, register
from homeround.kernel.times import shown_date
from homeround.kernel.working_days import Calendar, Count, count_after


@dataclass(frozen=True)
class RuleSet:
    """By when after an arrival the assessment and the plan are due, counted in one of two ways, and who says so."""

    code: str
    words: str
    working_days: int | None
    calendar_days: int | None
    from_on: date
    source: str
    evidence: Evidence


@dataclass(frozen=True)
class DueDates:
    """Both due dates of an arrival, each by the end of that day; `due_on` is the one that the rule set asks for.

    `provisional` is about the working days: some bank holidays of the period are not known; it may come later.
    """

    due_working_on: date
    due_calendar_on: date
    provisional: bool
    rule_set: str
    due_on: date
    reasoning: str


WITHIN_CALENDAR_DAYS: Final = 7
WITHIN_WORKING_DAYS: Final = 7

RULE_SETS: Final = (
    RuleSet(
        code="7-days-2020",
        words="within 7 days of admission or re-admission",
        working_days=None,
        calendar_days=WITHIN_CALENDAR_DAYS,
        from_on=date(2020, 10, 1),
        source="guide to EHCH for care home managers, March 2021, on the Network Contract DES 2020/21",
        evidence="V",
    ),
    RuleSet(
        code="7-working-days-2023",
        words="within 7 working days of admission or re-admission",
        working_days=WITHIN_WORKING_DAYS,
        calendar_days=None,
        from_on=date(2023, 4, 1),
        source="NHS England's EHCH page, on the Network Contract DES 2023/24",
        evidence="V",
    ),
)
"""In order of their first day. That day 0 is the day of arrival is our reading of both."""

REVIEWED: Final = register(
    "due dates after an arrival",
    Reviewed(
        source="; ".join(rules.source for rules in RULE_SETS),
        licence="facts only; no text of the sources is shipped",
        mode="shipped",
        evidence="V",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 4, 30),
    ),
)


def rule_set_on(day: date) -> RuleSet:
    """The rules for an arrival on that day: the last set that had begun, or the first for a day before any."""
    begun = [rules for rules in RULE_SETS if rules.from_on <= day]
    return begun[-1] if begun else RULE_SETS[0]


def due_dates(arrived_on: date, calendar: Calendar) -> DueDates:
    """When assessment and plan of somebody who arrived on that day (day 0) are due, and how that was counted."""
    rules = rule_set_on(arrived_on)
    count = count_after(arrived_on, days=rules.working_days or WITHIN_WORKING_DAYS, calendar=calendar)
    calendar_days = rules.calendar_days or WITHIN_CALENDAR_DAYS
    due_working_on = count.counted[-1]
    due_calendar_on = arrived_on + timedelta(days=calendar_days)
    return DueDates(
        due_working_on=due_working_on,
        due_calendar_on=due_calendar_on,
        provisional=count.provisional,
        rule_set=rules.code,
        due_on=due_working_on if rules.working_days else due_calendar_on,
        reasoning=" ".join(
            [
                f"Day 0 is the day of arrival, {shown_date(arrived_on)}.",
                *_working_day_sentences(count, calendar),
                f"In calendar days, day {calendar_days} is {shown_date(due_calendar_on)}.",
                f"The rule for this arrival is: {rules.words}.",
            ]
        ),
    )


def _working_day_sentences(count: Count, calendar: Calendar) -> list[str]:
    first, last = shown_date(count.counted[0]), shown_date(count.counted[-1])
    sentences = [f"Working day 1 is {first} and working day {len(count.counted)} is {last}."]
    if count.weekend:
        sentences.append(f"Not counted as weekend: {', '.join(map(shown_date, count.weekend))}.")
    if count.holidays:
        named = (f"{shown_date(on)} ({calendar.name_of(on)})" for on in count.holidays)
        sentences.append(f"Not counted as bank holiday: {', '.join(named)}.")
    if count.provisional:
        sentences.append(
            f"Provisional: bank holidays are known only from {shown_date(calendar.begins_on)} "
            f"to {shown_date(calendar.horizon)}, so this may come later."
        )
    return sentences


class Relationship(StrEnum):
    """By which relationship a viewer may see a person; shown as the answer to "why can I see this?"."""

    LIVES_HERE = "they live in your home"
    LIVED_HERE = "they lived in your home"
    SERVED = "your PCN serves the home they live in"
    WAS_SERVED = "your PCN served the home they lived in"
    REGISTERED = "they are registered with your practice"
    MDT = "you are on the MDT of their home"
    CO_OPTED = "you were co-opted for them"


FORMER: Final = frozenset({Relationship.LIVED_HERE, Relationship.WAS_SERVED})
"""Relationships of the past: they show the stay that was, and nothing that came after it (trust.md, "In time")."""

FORMER_HOME_READS: Final = timedelta(weeks=8)
"""How long a home and its PCN still read, and complete, the stay of somebody who left; the dead stay with them."""

SEEING_REVIEWED: Final = register(
    "how long a former home reads",
    Reviewed(
        source="design decision on access in time; no published rule",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 11, 30),
    ),
)


@dataclass(frozen=True)
class Sign:
    """Something that a slice knows about a person and that may be a reason to see them; no judgement.

    `source` is the row it comes from; `words` what it says; `since` when it began.
    """

    person: int
    code: str
    since: datetime
    source: int
    words: str


@dataclass(frozen=True)
class Entry:
    """One line of a person's timeline, as a slice knows it: what kind, when, its words, who wrote it in which role.

    `state` and `on` (an ISO date) mean what the kind says; `ended_at` is empty while it is open.
    """

    kind: str
    at: datetime
    source: int
    ref: str
    words: str
    state: str
    on: str
    ended_at: datetime | None
    by: str
    role: str
    body: str


@dataclass(frozen=True)
class Registration:
    """A start of registration as the rules see it. `kind` is a value of `models.RegistrationKind`."""

    kind: str
    practice_id: int | None
    practice: str
    gp_name: str
    phone: str
    until_on: date | None
    last_confirmed_on: date | None
    source: str


@dataclass(frozen=True)
class Responsible:
    """Who is medically responsible: a practice and perhaps a named GP, or nobody known (`practice` empty) and why."""

    practice_id: int | None
    practice: str
    gp_name: str
    phone: str
    why_nobody: str
    last_confirmed_on: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether anybody is known to be medically responsible."""
        return self.practice_id is not None


WHY_NOBODY: Final = {
    "applied_for": "registration has been applied for",
    "none": "not registered with any practice",
    "not_known": "registration not known",
    "practice_closed": "the practice has closed",
    "outside_england": "registered outside England",
}


def responsible_for(registration: Registration | None, on: date) -> Responsible:
    """Who is medically responsible on a day, from the registration current then (REQ-19). Never anybody else.

    A temporary registration past its last day is nobody known: it is not silently extended.
    """
    if registration is None:
        return Responsible(None, "", "", "", "registration not recorded here")
    if registration.kind == "temporary" and registration.until_on and registration.until_on < on:
        return Responsible(None, "", "", "", f"temporary registration ended on {shown_date(registration.until_on)}")
    if registration.kind in WHY_NOBODY or registration.practice_id is None:
        return Responsible(None, "", "", "", WHY_NOBODY.get(registration.kind, "registration not known"))
    return Responsible(
        registration.practice_id,
        registration.practice,
        registration.gp_name,
        registration.phone,
        "",
        registration.last_confirmed_on,
    )


CLOSED_BY_DEPARTURE: Final[Mapping[str, bool | Mapping[str, bool]]] = {
    "concern": True,
    "arrival": True,
    "ask": False,
    "dispute": False,
    "follow_up": {"died": True, "left": True, "moved_home": False},
    "co_option": True,
}
"""What a departure closes: True for always, False for never, else by how they left. Replies and disputes stay owed."""


def closes(what: str, departure: str) -> bool:
    """Whether a departure of this kind closes open work of this kind. Raises KeyError for work the table does not
    know.
    """
    rule = CLOSED_BY_DEPARTURE[what]
    return rule if isinstance(rule, bool) else rule[departure]


def is_open(what: str, began_at: datetime, ended_at: datetime | None, departure: tuple[str, datetime] | None) -> bool:
    """Whether work that began is open: nothing ended it and no later standing departure closes its kind."""
    if ended_at is not None:
        return False
    if departure is None:
        return True
    kind, left_at = departure
    return left_at < began_at or not closes(what, kind)


OLDEST_YEARS: Final = 120
STAY_KINDS: Final = ("permanent", "trial", "respite", "discharge_to_assess", "emergency")
PLACE_KINDS: Final = ("nursing", "residential")


def problems_of_identity(
    given: str, family: str, born_on: date | None, nhs_number: str, no_number_because: str, today: date
) -> dict[str, str]:
    """What stands against keeping who somebody is said to be, field by field. No age is refused but the impossible."""
    problems: dict[str, str] = {}
    if not given.strip():
        problems["given"] = "Enter their first name, or what they are called."
    if not family.strip():
        problems["family"] = "Enter their family name."
    if born_on is None:
        problems["born_on"] = "Enter their date of birth, for example 27 3 1938."
    elif born_on > today:
        problems["born_on"] = "This date of birth is in the future. Check the year."
    elif born_on.year < today.year - OLDEST_YEARS:
        problems["born_on"] = f"This date of birth is more than {OLDEST_YEARS} years ago. Check the year."
    if nhs_number.strip():
        try:
            numbers.parse(nhs_number)
        except Invalid as refusal:
            problems |= refusal.problems
    elif not no_number_because.strip():
        problems["nhs_number"] = "Enter the NHS number, or say below why it is not known yet."
    return problems


def problems_of_stay(kind: str, place: str, room: str, planned_end_on: date | None, today: date) -> dict[str, str]:
    """What stands against keeping a stay, field by field."""
    problems: dict[str, str] = {}
    if kind not in STAY_KINDS:
        problems["kind"] = "Choose what kind of stay this is."
    if place not in PLACE_KINDS:
        problems["place"] = "Choose nursing or residential."
    if not room.strip():
        problems["room"] = "Enter their room, or what the room is called."
    if planned_end_on is not None and planned_end_on < today:
        problems["planned_end_on"] = "This day has passed. Enter the day the stay is planned to end, or leave it empty."
    return problems


def are_alike(name: str, other: str) -> bool:
    """Whether two names can be taken for each other: the same family name, or the same first name and initial (H1)."""
    mine, theirs = name.casefold().split(), other.casefold().split()
    if not mine or not theirs:
        return False
    return mine[-1] == theirs[-1] or (mine[0] == theirs[0] and mine[-1][0] == theirs[-1][0])


def alike_among(names: Iterable[str]) -> frozenset[str]:
    """Those of these names that can be taken for another one among them; a name that comes twice can."""
    words = [(name, name.casefold().split()) for name in names if name.strip()]
    families = Counter(parts[-1] for _, parts in words)
    firsts = Counter((parts[0], parts[-1][0]) for _, parts in words)
    return frozenset(name for name, parts in words if families[parts[-1]] > 1 or firsts[parts[0], parts[-1][0]] > 1)


def room_order(room: str) -> tuple[int, str]:
    """Rooms in the order people walk them: 2 before 10, names after numbers."""
    digits = "".join(character for character in room if character.isdigit())
    return (int(digits) if digits else 10_000, room)
