"""What applies now about a person: of each thing that was decided, the one thing that the home does (H27).

A thread is the decisions on one thing, each replacing the one before. Of a thread the newest decision in force applies;
while it is in dispute what the registered GP wrote for meanwhile applies instead, and once that is settled, what was
settled. A decision taken back counts as if it had never been made, so that what applied before applies again; it is
said for a while that it is not to be done, for somebody has perhaps begun (H1, H27, H34). One whose last day has passed
counts no more either, and it is said for a while that it has ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from homeround.ehch.decisions.words import DecisionState, SettledAs
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.reviewed import Reviewed, register

STOPPED_SHOWN: Final = timedelta(days=14)
"""How long something that was stopped, or taken back after it applied, is still shown as that, so that nobody goes on
with it from habit.
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
    ENDED = "ended"
    WRONG_PERSON = "wrong_person"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


NOT_TO_BE_DONE: Final[Mapping[Source, str]] = {
    Source.WRONG_PERSON: "Do not do this, it was written on the wrong person: “{did}”",
    Source.WITHDRAWN: "Do not do this, it was withdrawn: “{did}”",
    Source.CORRECTED: "Do not do this, it was wrong and was corrected: “{did}”",
}
"""What stands for a decision that was taken back wherever it is said what the home does: it never reads as an order,
also without the mark beside it.
"""


HAS_ENDED: Final = "This was until {day} and has ended: “{did}”"
"""What stands for a decision after its last day: it never reads as an order either."""


STOPS_WHAT: Final = "“{before}” stops. Decided: “{decided}”"
"""What stands for a decision by which something stops: what stops comes first, for what was decided is often worded as
what is done from now on ("normal drinks"), and beside "stopped" would read as its opposite (H27).
"""


STOP_TAKEN_BACK: Final = "That “{before}” stops was taken back."
"""What stands before a decision by which something stopped, once it was taken back."""


def stopping(before: str, decided: str) -> str:
    """The words of a decision by which something stops."""
    return STOPS_WHAT.format(before=before, decided=decided) if before else decided


@dataclass(frozen=True)
class AppliesFacts:
    """The newest decision of a thread, or one that starts later, and what came of it.

    `meanwhile` is empty when it was never disputed; `settled_as` when no dispute about it was settled. `disputed_on`
    and `settled_on` are the days of those two. `ended_as` says how it was taken back, and `ended_on` on which day; None
    for one that was not. `until_on` is its last day, None for until it is changed;
    `is_looked_at` says whether somebody saw the person in a round of the week of that day, or later. `before` is what
    applied before, where `stops` says that it stops. `fell`: the words of what was said about a dispute and was taken
    back, each with the day. `settled_meanwhile`: what the home did meanwhile of the dispute that was settled last.
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
    ended_as: Source | None = None
    ended_on: date | None = None
    until_on: date | None = None
    is_looked_at: bool = True
    before: str = ""
    fell: tuple[tuple[str, date], ...] = ()
    settled_meanwhile: str = ""


@dataclass(frozen=True)
class SourcedWords:
    """What the home does, since when, and where the words come from."""

    source: Source
    does: str
    since_on: date


def what_applies(facts: AppliesFacts, on: date) -> SourcedWords | None:
    """What the home does of this thread on a day, or will do when its decision starts later; None for nothing any more.

    Something stopped, ended, or taken back, is still shown as that for `STOPPED_SHOWN`, and what has ended until
    somebody has looked at it; not what was withdrawn before its day.
    """
    found = _sourced(facts)
    if has_ended(facts, on) and facts.until_on:
        words = HAS_ENDED.format(day=shown_date(facts.until_on), did=last_done(facts))
        found = SourcedWords(Source.ENDED, words, facts.until_on)
    if found.source in NEVER_BEGUN and facts.in_force_from_on > found.since_on:
        return None
    is_open = found.source is Source.ENDED and not facts.is_looked_at
    if found.source in SHOWN_A_WHILE and on > found.since_on + STOPPED_SHOWN and not is_open:
        return None
    return found


def is_from_before(said_at: datetime, back_at: datetime, *, is_seen_since: bool) -> bool:
    """Whether words were said before somebody came back from hospital, and nobody of a round has seen them since: the
    hospital has perhaps changed what they say (H32). `said_at` is the day's beginning where only the day is known.
    """
    return said_at < back_at and not is_seen_since


def has_ended(facts: AppliesFacts, on: date) -> bool:
    """Whether a decision's last day has passed, while it would apply otherwise as it was decided: what came of a
    dispute about it has no last day.
    """
    return is_as_decided(facts) and facts.until_on is not None and on > facts.until_on


def is_as_decided(facts: AppliesFacts) -> bool:
    """Whether the home does what was decided: nobody took it back, and no dispute made something else of it."""
    return facts.ended_as is None and not facts.is_in_dispute and facts.settled_as in ("", SettledAs.DECIDED)


OF_THE_DECIDER: Final = frozenset({Source.DECIDED, Source.STOPPED, Source.ENDED})
"""Where the words are those of whoever decided; else they are the registered GP's, or what was agreed with them."""

SHOWN_A_WHILE: Final = frozenset({Source.STOPPED, Source.ENDED, *NOT_TO_BE_DONE})
LEAVES_A_GAP: Final = frozenset({Source.WITHDRAWN, Source.ENDED})
"""Where nothing takes the place of what is not done any more: what applied before it is said."""

NEVER_BEGUN: Final = frozenset({Source.WITHDRAWN, Source.CORRECTED})
"""Where nobody has begun what was taken back before its day; about somebody else it is said in any case."""


def _sourced(facts: AppliesFacts) -> SourcedWords:
    if facts.ended_as is not None and facts.ended_on is not None:
        words = NOT_TO_BE_DONE[facts.ended_as].format(did=last_done(facts))
        if facts.stops and facts.before and is_as_decided(replace(facts, ended_as=None)):
            words = f"{STOP_TAKEN_BACK.format(before=facts.before)} {words}"
        return SourcedWords(facts.ended_as, words, facts.ended_on)
    if facts.is_in_dispute and facts.disputed_on:
        return SourcedWords(Source.MEANWHILE, facts.meanwhile, facts.disputed_on)
    if facts.settled_as and facts.settled_on:
        return _settled(facts, facts.settled_on)
    if facts.stops:
        return SourcedWords(Source.STOPPED, stopping(facts.before, facts.decided), facts.in_force_from_on)
    return SourcedWords(Source.DECIDED, facts.decided, facts.in_force_from_on)


def last_done(facts: AppliesFacts) -> str:
    """The words of a decision that was taken back: as it was settled, else as it was decided.

    What the registered GP wrote for meanwhile is often what applies again, so it is never said not to be done. Nor is a
    settlement by which it stopped: "do not do this: stop" would read as "go on".
    """
    done = _sourced(replace(facts, ended_as=None, is_in_dispute=False))
    return facts.decided if done.source is Source.STOPPED else done.does


def done_of(decided: str, *, settled_as: str = "", from_now_on: str = "", meanwhile: str = "") -> str:
    """The words of what the home did of a decision: as it was settled, else as it was decided (`last_done`)."""
    settled_on = date.min if settled_as else None
    facts = AppliesFacts(
        decided, date.min, stops=False, meanwhile=meanwhile, settled_as=settled_as, from_now_on=from_now_on,
        settled_on=settled_on,
    )  # fmt: skip
    return last_done(facts)


def not_any_more(facts: AppliesFacts, does: str, on: date) -> tuple[str, ...]:
    """What the home did of this thread until lately and does no more, for `STOPPED_SHOWN`: the instruction for
    meanwhile once the dispute is settled otherwise, what was settled once that is disputed anew, and an instruction or
    a settlement that was taken back (H27).
    Whoever began it reads it here; nobody is told so of what was decided and is disputed.
    """
    over = [words for words, fell_on in facts.fell if on <= fell_on + STOPPED_SHOWN]
    is_lately = facts.settled_on is not None and on <= facts.settled_on + STOPPED_SHOWN
    if is_lately and facts.settled_as in {SettledAs.DECIDED, SettledAs.OTHERWISE}:
        over.append(facts.settled_meanwhile)
    is_disputed_lately = facts.disputed_on is not None and on <= facts.disputed_on + STOPPED_SHOWN
    if facts.is_in_dispute and is_disputed_lately and facts.settled_as in {SettledAs.MEANWHILE, SettledAs.OTHERWISE}:
        over.append(facts.from_now_on or facts.settled_meanwhile)
    return tuple(words for words in dict.fromkeys(over) if words and words != does)


def _settled(facts: AppliesFacts, settled_on: date) -> SourcedWords:
    since_on = max(settled_on, facts.in_force_from_on)
    if facts.settled_as == SettledAs.STOPPED:
        return SourcedWords(Source.STOPPED, f"Stop: {facts.meanwhile}", settled_on)
    if facts.settled_as == SettledAs.DECIDED:
        if facts.stops:
            return SourcedWords(Source.STOPPED, stopping(facts.before, facts.decided), since_on)
        return SourcedWords(Source.SETTLED, facts.decided, since_on)
    words = facts.meanwhile if facts.settled_as == SettledAs.MEANWHILE else facts.from_now_on
    return SourcedWords(Source.SETTLED, words, settled_on)


PAST: Final = frozenset({Source.STOPPED, Source.ENDED})


def order(source: Source, since_on: date, on: date) -> tuple[int, bool, bool, int]:
    """What was taken back first, then disputes, then what applies, the newest first; what starts later
    and what was stopped or has ended last.
    """
    first = {**dict.fromkeys(NOT_TO_BE_DONE, 0), Source.MEANWHILE: 1}
    return (first.get(source, 2), source in PAST, since_on > on, -since_on.toordinal())


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
    until_on: date | None = None


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
    if facts.until_on is not None and on > facts.until_on:
        return DecisionState.ENDED
    return DecisionState.STOPS if facts.stops else DecisionState.APPLIES
