"""What a round decided, as what applies now because of it: never the words of the day once they do not apply (H27)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from homeround.accounts.rights import Extent
from homeround.ehch.decisions.queries import Applies, Owed, WithGp
from homeround.ehch.decisions.rules import is_waited_for_at_practice
from homeround.ehch.decisions.words import DOES_NOT_APPLY, AskState, DecisionState
from homeround.ehch.rounds.queries import MadeDecision, RoundSummary, SummaryLine
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.applies import READS_DECISIONS, AppliesLine, applies_lines
from homeround.web.presenters.decisions import gp_status, owed_status, validity_status
from homeround.web.presenters.states import Status

GONE = Status("Does not apply any more", "late")


@dataclass(frozen=True)
class DecidedLine:
    """One decision of a round. `applies` is what the home does now because of it; without one, `words` are what was
    decided, with `mark` when they do not apply any more. Carers get no words that do not apply. `was` is what it said
    before it was corrected; `is_here` whether the person lives in the home now.
    """

    ref: str
    person_ref: str
    applies: AppliesLine | None
    words: str
    mark: Status | None
    was: str = ""
    is_here: bool = True

    @property
    def is_done(self) -> bool:
        """Whether the home does it now, or will, in some way."""
        return self.applies is not None and not self.applies.is_not_to_be_done


def decided_lines(made: Iterable[MadeDecision], extent: Extent) -> tuple[DecidedLine, ...]:
    """What one review decided, for a viewer who reads so much of the clinical record."""
    return tuple(
        _line(decision.ref, "", decision.words, decision.applies, extent, changes=decision.changes, was=decision.was)
        for decision in made
    )


def asked_lines(asked: Iterable[Owed], at: datetime) -> tuple[tuple[Owed, Status], ...]:
    """What one review asked for, each with what became of it: never a bare order."""
    return tuple((owed, owed_status(owed, london_date(at))) for owed in asked)


def home_lines(
    sent: Iterable[SummaryLine], extent: Extent, living: Collection[str] | None = None
) -> tuple[DecidedLine, ...]:
    """What a round's decisions mean for the home, each with its person. `living`: the refs of who lives there now; of
    anybody else nobody does anything there.
    """
    return tuple(
        replace(
            _line(
                line.ref, line.person_ref, line.words, line.applies, extent, changes=line.on is not None, was=line.was
            ),
            is_here=living is None or line.person_ref in living,
        )
        for line in sent
    )


@dataclass(frozen=True)
class AskedLine:
    """What a registered GP is asked about: where that is, which decision it is (`words`, for who reads decisions), and
    that it does not apply any more. `is_expected`: a reply is still expected by the line's day.
    """

    line: SummaryLine
    status: Status
    words: str
    mark: Status | None
    is_expected: bool


@dataclass(frozen=True)
class SentOn:
    """What a round sent to practices and to owners, each with what became of it, in the words of its own page."""

    to_practices: tuple[AskedLine, ...]
    to_owners: tuple[tuple[SummaryLine, Status], ...]


def sent_on(summary: RoundSummary, at: datetime, extent: Extent) -> SentOn:
    """What became of what a round sent, for a viewer who reads so much of the clinical record: that it ended says
    neither that a GP answered nor that something was done.
    """
    return SentOn(
        tuple(_asked(line, line.with_gp, extent) for line in summary.to_practices if line.with_gp),
        tuple((line, owed_status(line.owed, london_date(at))) for line in summary.to_owners if line.owed),
    )


def _asked(line: SummaryLine, with_gp: WithGp, extent: Extent) -> AskedLine:
    """A reply about what does not apply any more is no tick: somebody would take the decision for one that holds."""
    status, validity = gp_status(with_gp.state, with_gp.said_before), with_gp.validity
    is_over = validity.state in DOES_NOT_APPLY - {DecisionState.IN_DISPUTE}
    return AskedLine(
        line=line,
        status=replace(status, tone="plain") if is_over and with_gp.state is AskState.READ else status,
        words=line.words if extent in READS_DECISIONS else "",
        mark=validity_status(validity.state, validity.in_force_from_on, validity.until_on) if is_over else None,
        is_expected=is_waited_for_at_practice(with_gp.state),
    )


def _line(
    ref: str, person_ref: str, words: str, applies: Applies | None, extent: Extent, *, changes: bool, was: str
) -> DecidedLine:
    reads = extent in READS_DECISIONS
    page, was = (ref, was) if reads else ("", "")
    if applies is not None:
        [line] = applies_lines([applies], extent) or (None,)
        return DecidedLine(page, person_ref, line, "", None, was)
    if changes:
        return DecidedLine(page, person_ref, None, words if reads else "", GONE, was)
    return DecidedLine(page, person_ref, None, words, None, was)
