"""What we do for a person now, as everybody reads it: disputes first, in words that a carer acts on (H27).

A carer reads what the home does and that it is in dispute; the decision that is disputed is for those who read
decisions, and for them stands only as "not this".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from homeround.accounts.rights import Extent
from homeround.ehch.decisions.queries import Applies
from homeround.ehch.decisions.rules import Source
from homeround.ehch.decisions.words import NEW, NEW_WORDS, AskState
from homeround.kernel.calendar.times import shown_date
from homeround.web.forms import Option
from homeround.web.presenters.states import Status, ask_status

READS_DECISIONS = frozenset({Extent.ALL, Extent.DECISIONS})


TAKEN_BACK_MARKS: Final[Mapping[Source, str]] = {
    Source.WRONG_PERSON: "Wrong person",
    Source.WITHDRAWN: "Withdrawn",
    Source.CORRECTED: "Corrected",
}


@dataclass(frozen=True)
class AppliesLine:
    """One thing that the home does now. `mark` says what is unusual about it: in dispute, from a later day, stopped.

    `page_ref` is the decision to open, `gp` what the registered GP has said, `not_this` what was decided and does not
    apply: the three are empty for those who read no decisions.
    """

    does: str
    mark: Status | None
    is_in_dispute: bool
    since: str
    by: str
    page_ref: str = ""
    gp: Status | None = None
    not_this: str = ""
    note: str = ""


def applies_lines(found: Iterable[Applies], extent: Extent) -> tuple[AppliesLine, ...]:
    """What applies about one person, in the order of the query, for a viewer who reads so much of the clinical record.

    Nothing for those who read no part of it.
    """
    if extent is Extent.HOME_PART:
        return tuple(_line_for_carers(line) for line in found)
    return tuple(_line(line) for line in found) if extent in READS_DECISIONS else ()


def applies_of(found: Mapping[int, Iterable[Applies]], extent: Extent) -> dict[int, tuple[AppliesLine, ...]]:
    """The same of many people, by person."""
    return {person: applies_lines(lines, extent) for person, lines in found.items()}


def not_theirs_line(words: str, by: str, on: date) -> AppliesLine:
    """An answer that was about somebody else: it never reads as something to be done. `on`: when it was taken off."""
    return AppliesLine(
        does=f"Do not do this, it was an answer about somebody else: “{words}”",
        mark=Status(TAKEN_BACK_MARKS[Source.WRONG_PERSON], "bad"),
        is_in_dispute=False,
        since=f"taken off {shown_date(on)}",
        by=f"answered by {by}",
    )


def replaces_options(found: Mapping[int, Iterable[Applies]]) -> list[Option]:
    """What a new decision may replace, to be chosen from what applies now; "nothing" is an answer.

    What is in dispute is settled first, and then replaced.
    """
    lines = [line for about in found.values() for line in about if line.can_be_replaced]
    return [Option(line.decision_ref, line.does, hint=_since(line)) for line in lines] + [Option(NEW, NEW_WORDS)]


def _line_for_carers(line: Applies) -> AppliesLine:
    return AppliesLine(
        does=line.does,
        mark=_mark(line),
        is_in_dispute=line.is_in_dispute,
        since=_since(line),
        by=_by(line),
        note=_not_confirmed(line),
    )


def _line(line: Applies) -> AppliesLine:
    return AppliesLine(
        does=line.does,
        mark=_mark(line),
        is_in_dispute=line.is_in_dispute,
        since=_since(line),
        by=_by(line),
        page_ref=line.decision_ref,
        gp=_gp(line),
        not_this=line.not_this,
        note=_not_confirmed(line),
    )


def _not_confirmed(line: Applies) -> str:
    return "" if line.is_confirmed else f"{line.decided_by.name} has not confirmed it yet."


def _mark(line: Applies) -> Status | None:
    if line.is_taken_back:
        return Status(TAKEN_BACK_MARKS[line.source], "bad")
    if line.is_in_dispute:
        return Status("In dispute: do this until it is settled", "bad")
    if line.is_stopped:
        return Status("Stops" if line.is_coming else "Stopped", "late")
    return Status(f"From {shown_date(line.since_on)}", "wait") if line.is_coming else None


def _since(line: Applies) -> str:
    if line.is_taken_back:
        return f"on {shown_date(line.since_on)}"
    return f"from {shown_date(line.since_on)}" if line.is_coming else f"since {shown_date(line.since_on)}"


def _by(line: Applies) -> str:
    if line.is_taken_back:
        return f"decided by {line.decided_by.shown}"
    typed = f", typed by {line.typed_by.name}" if line.typed_by and line.source is Source.DECIDED else ""
    return f"{line.by.shown}{typed}"


def _gp(line: Applies) -> Status | None:
    """What the registered GP has said: whose turn it is belongs to it."""
    if line.state is None:
        return None
    status = ask_status(line.state)
    if line.state is AskState.QUERIED:
        return Status(f"{status.words}: waits for {line.decided_by.body}", status.tone)
    if line.state is AskState.LATE and line.answer_by_on:
        return Status(f"{status.words} since {shown_date(line.answer_by_on)}", status.tone)
    return status
