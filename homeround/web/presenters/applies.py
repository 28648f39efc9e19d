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
from homeround.ehch.deterioration.queries import Told
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.web.forms import Option
from homeround.web.jinja import quoted
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

    `page_ref` is the decision to open, or `concern_ref` the concern whose answer it is; `gp` what the registered GP has
    said, `not_this` what was decided and does not apply: the decision and the two are empty for those who read none.
    `changed_on` is the day on which it became so, None for what is to come.
    """

    does: str
    mark: Status | None
    is_in_dispute: bool
    since: str
    by: str
    page_ref: str = ""
    concern_ref: str = ""
    gp: Status | None = None
    not_this: str = ""
    note: str = ""
    is_not_to_be_done: bool = False
    changed_on: date | None = None


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


def with_told(lines: Iterable[AppliesLine], told: Iterable[Told]) -> tuple[AppliesLine, ...]:
    """What applies, with what answers to concerns told the home: below what is not to be done and what is in dispute,
    above what else was decided, which is older in most cases.
    """
    lines, told = list(lines), list(told)
    first = [line for line in lines if line.is_in_dispute or line.is_not_to_be_done]
    off = [_not_theirs(one, one.taken_off_on) for one in told if one.taken_off_on]
    on = [_told(one) for one in told if not one.taken_off_on]
    return (*off, *first, *on, *(line for line in lines if line not in first))


def _told(told: Told) -> AppliesLine:
    """What an answer told the home: it holds until somebody sees the person in a round."""
    return AppliesLine(
        does=told.words,
        mark=Status("Answer to a concern", "wait"),
        is_in_dispute=False,
        since=f"since {shown_date(london_date(told.at))}, in answer to {quoted(told.noticed)}",
        by=told.by.shown,
        concern_ref=told.ref,
        note=f"Before it: {told.called}." if told.called else "",
    )


def _not_theirs(told: Told, on: date) -> AppliesLine:
    """An answer that was taken back, or about somebody else, since a day: it never reads as something to be done."""
    why = "it was an answer about somebody else" if told.is_wrong_person else "the answer was taken back"
    mark = TAKEN_BACK_MARKS[Source.WRONG_PERSON] if told.is_wrong_person else "Taken back"
    return AppliesLine(
        does=f"Do not do this, {why}: “{told.words}”",
        mark=Status(mark, "bad"),
        is_in_dispute=False,
        since=f"taken off {shown_date(on)}",
        by=f"answered by {told.by.shown}",
        is_not_to_be_done=True,
        changed_on=on,
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
        note=_to_be_known(line),
        is_not_to_be_done=line.is_taken_back,
        changed_on=line.changed_on,
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
        note=_to_be_known(line),
        is_not_to_be_done=line.is_taken_back,
        changed_on=line.changed_on,
    )


def _to_be_known(line: Applies) -> str:
    """What whoever does it has to know: that it is from before a stay in hospital, that nobody has confirmed it."""
    notes = [f"Not any more: “{words.rstrip('.')}”." for words in line.not_any_more]
    if line.before:
        notes.append(
            f"Before it: “{line.before.rstrip('.')}”. Ask the PCN or the practice whether that is right again."
        )
    if line.back_on:
        notes.append(
            f"From before the hospital stay (back {shown_date(line.back_on)}): check it against the hospital’s letter, "
            "and ask the PCN or the practice if they differ."
        )
    if line.rests_on:
        notes.append(f"It answered {line.rests_on}: a clinician of the PCN is to say whether it holds.")
    if not line.is_confirmed:
        notes.append(f"{line.decided_by.name} has not confirmed it yet.")
    return " ".join(notes)


def _mark(line: Applies) -> Status | None:
    if line.is_taken_back:
        return Status(TAKEN_BACK_MARKS[line.source], "bad")
    if line.is_in_dispute:
        return Status("In dispute: do this until it is settled", "bad")
    if line.has_ended:
        return Status("Ended", "late")
    usual = _usual_mark(line)
    if line.rests_on:
        return Status(f"To be checked{f', {usual.words[:1].lower()}{usual.words[1:]}' if usual else ''}", "bad")
    return usual


def _usual_mark(line: Applies) -> Status | None:
    """The mark of what is done as it was decided."""
    if line.is_stopped:
        stops = f"Stops from {shown_date(line.since_on)}" if line.is_coming else "Stopped"
        return Status(f"{stops}{_until(line)}", "late")
    if line.back_on:
        until = f", {_until(line)}" if line.until_on and not line.is_coming else ""
        return Status(f"From before the hospital stay{until}", "late")
    words = f"From {shown_date(line.since_on)}" if line.is_coming else ""
    said = f"{words}{_until(line)}"
    return Status(said[:1].upper() + said[1:], "wait") if said else None


def _until(line: Applies) -> str:
    """Up to which day, for what has a last one: on short lists the mark alone says it."""
    if line.until_on is None:
        return ""
    return f"{', ' if line.is_coming or line.is_stopped else ''}until {shown_date(line.until_on)}"


def _since(line: Applies) -> str:
    if line.is_taken_back:
        return f"on {shown_date(line.since_on)}"
    if line.has_ended:
        return "not to be gone on with unless somebody says so"
    if line.again_on:
        return f"again since {shown_date(line.again_on)}"
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
