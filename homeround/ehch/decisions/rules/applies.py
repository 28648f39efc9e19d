"""What applies now about a person: of each thing that was decided, the one thing that the home does (H27).

A thread is the decisions on one thing, each replacing the one before. Of a thread the newest decision in force applies;
while it is in dispute what the registered GP wrote for meanwhile applies instead, and once that is settled, what was
settled. A decision taken back counts as if it had never been made, so that what applied before applies again; one
that was written on the wrong person is said for a while not to be done, for somebody has perhaps begun (H1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from homeround.ehch.decisions.words import DecisionState, SettledAs
from homeround.kernel.reviewed import Reviewed, register

STOPPED_SHOWN: Final = timedelta(days=14)
"""How long something that was stopped, or was written on the wrong person, is still shown as that, so that nobody goes
on with it from habit.
"""

REVIEWED: Final = register(
    "how long something stopped is shown",
    Reviewed(
        source="no published rule; to be agreed with each PCN",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 26),
        next_review_on=date(2027, 11, 30),
    ),
)


class Source(StrEnum):
    """Where the words of what the home does come from."""

    DECIDED = "decided"
    MEANWHILE = "meanwhile"
    SETTLED = "settled"
    STOPPED = "stopped"
    WRONG_PERSON = "wrong_person"


NOT_FOR_THEM: Final = "Do not do this, it was written on the wrong person: “{decided}”"
"""What stands for a decision on the wrong person wherever it is said what the home does: it never reads as an order,
also without the mark beside it.
"""


@dataclass(frozen=True)
class AppliesFacts:
    """The newest decision of a thread, or one that starts later, and what came of it.

    `meanwhile` is empty when it was never disputed; `settled_as` when no dispute about it was settled. `disputed_on`
    and `settled_on` are the days of those two. `wrong_person_on` is the day on which it turned out to be written on the
    wrong person.
    """

    decided: str
    in_force_from_on: date
    stops: bool
    meanwhile: str = ""
    is_in_dispute: bool = False
    disputed_on: date | None = None
    settled_as: str = ""
    from_now_on: str = ""
    settled_on: date | None = None
    wrong_person_on: date | None = None


@dataclass(frozen=True)
class SourcedWords:
    """What the home does, since when, and where the words come from."""

    source: Source
    does: str
    since_on: date


def what_applies(facts: AppliesFacts, on: date) -> SourcedWords | None:
    """What the home does of this thread on a day, or will do when its decision starts later; None for nothing any more.

    Something stopped, or written on the wrong person, is still shown as that for `STOPPED_SHOWN`.
    """
    found = _sourced(facts)
    if found.source in SHOWN_A_WHILE and on > found.since_on + STOPPED_SHOWN:
        return None
    return found


SHOWN_A_WHILE: Final = frozenset({Source.STOPPED, Source.WRONG_PERSON})


def _sourced(facts: AppliesFacts) -> SourcedWords:
    if facts.wrong_person_on is not None:
        return SourcedWords(Source.WRONG_PERSON, NOT_FOR_THEM.format(decided=facts.decided), facts.wrong_person_on)
    if facts.is_in_dispute and facts.disputed_on:
        return SourcedWords(Source.MEANWHILE, facts.meanwhile, facts.disputed_on)
    if facts.settled_as and facts.settled_on:
        return _settled(facts, facts.settled_on)
    source = Source.STOPPED if facts.stops else Source.DECIDED
    return SourcedWords(source, facts.decided, facts.in_force_from_on)


def _settled(facts: AppliesFacts, settled_on: date) -> SourcedWords:
    since_on = max(settled_on, facts.in_force_from_on)
    if facts.settled_as == SettledAs.STOPPED:
        return SourcedWords(Source.STOPPED, f"Stop: {facts.meanwhile}", settled_on)
    if facts.settled_as == SettledAs.DECIDED:
        source = Source.STOPPED if facts.stops else Source.SETTLED
        return SourcedWords(source, facts.decided, since_on)
    words = facts.meanwhile if facts.settled_as == SettledAs.MEANWHILE else facts.from_now_on
    return SourcedWords(Source.SETTLED, words, settled_on)


def order(source: Source, since_on: date, on: date) -> tuple[int, bool, bool, int]:
    """What was written on the wrong person first, then disputes, then what applies, the newest first; what starts later
    and what was stopped last.
    """
    first = {Source.WRONG_PERSON: 0, Source.MEANWHILE: 1}
    return (first.get(source, 2), source is Source.STOPPED, since_on > on, -since_on.toordinal())


@dataclass(frozen=True)
class DecisionFacts:
    """What came of one decision. `ended_how` is empty, or how it was taken back; `settled_as` as in `AppliesFacts`;
    `is_replaced` says that a later decision on the same thing has taken its place.
    """

    in_force_from_on: date | None
    stops: bool = False
    is_replaced: bool = False
    ended_how: str = ""
    is_in_dispute: bool = False
    settled_as: str = ""


def decision_state(facts: DecisionFacts, on: date) -> DecisionState:
    """Whether a decision applies on a day: the one judgement that every page, list and print shows beside its words.

    What is in dispute, or was settled otherwise, does not apply, also before the day from which it was to apply.
    """
    if facts.ended_how:
        return DecisionState(facts.ended_how)
    if facts.in_force_from_on is None:
        return DecisionState.CHANGES_NOTHING
    if facts.is_in_dispute:
        return DecisionState.IN_DISPUTE
    if facts.is_replaced:
        return DecisionState.REPLACED
    if facts.settled_as == SettledAs.STOPPED:
        return DecisionState.SETTLED_STOPPED
    if facts.settled_as and facts.settled_as != SettledAs.DECIDED:
        return DecisionState.SETTLED_OTHERWISE
    if facts.in_force_from_on > on:
        return DecisionState.COMING
    return DecisionState.STOPS if facts.stops else DecisionState.APPLIES
