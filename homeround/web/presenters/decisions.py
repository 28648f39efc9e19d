"""What decisions and replies say on pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from homeround.accounts.rights import Kind
from homeround.ehch.decisions.kinds import QUESTION_WITHIN
from homeround.ehch.decisions.queries import Answered, AskedBefore, Awaiting, Corrects, DecisionPage, Owed
from homeround.ehch.decisions.rules import AskState
from homeround.ehch.decisions.words import (
    DECISION_STATES,
    DOES_NOT_APPLY,
    DOUBTS,
    FOLLOW_UP_ENDS,
    SAID_BEFORE,
    DecisionState,
    Doubt,
    EventKind,
    FollowUpEnd,
    to_be_checked,
)
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.rules import FORMER
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.web.jinja import capitalize_first
from homeround.web.presenters.applies import AppliesLine, applies_lines
from homeround.web.presenters.person import PersonLine, line_of
from homeround.web.presenters.states import COULD_NOT, Status, ask_status, due_status

Compared = list[tuple[str, str, str]]


@dataclass(frozen=True)
class AwaitingLine:
    """One decision that awaits a reply, with before and after side by side."""

    ref: str
    decision_ref: str
    person_ref: str
    line: PersonLine
    born: str
    home: str
    title: str
    compared: Compared
    because: str
    corrects: Corrects | None
    by: str
    answered: Answered | None
    """What the practice asked and was answered, while its reply is awaited again."""
    asked_before: str
    """What the practice before asked and nobody has answered, in words; empty where it did not."""
    unconfirmed: str
    """That it was typed for a clinician who has not said that it is theirs; empty where they have."""
    in_question: str
    """That it is to be checked, and why; empty where it is not in question."""
    at: object
    status: Status
    is_questioned: bool
    """Whether the practice itself has asked, and waits for an answer."""
    due: str
    """Whose turn it is and since or until when, after the status; empty where the status says all."""
    received: str
    practice: str
    meanwhile: str
    is_own: bool
    """Whether the viewer decided it: a colleague replies."""
    now: Status | None
    """That it does not apply as it was decided, and what the home does instead; None while it applies."""


def awaiting_line(awaiting: Awaiting, at: datetime, lines: Mapping[str, PersonLine] | None = None) -> AwaitingLine:
    """A decision on a list; `lines` are those of the people of the home the list is of."""
    born = awaiting.identity.born_on
    return AwaitingLine(
        ref=awaiting.ref,
        decision_ref=awaiting.decision_ref,
        person_ref=awaiting.person_ref,
        line=(lines or {}).get(awaiting.person_ref) or line_of(awaiting.person_ref, awaiting.identity),
        born=f"born {shown_date(born)}" if born else "date of birth not recorded here",
        home=f"{GONE[awaiting.gone]} {awaiting.home}" if awaiting.gone else awaiting.home,
        title=awaiting.title,
        compared=before_and_after(
            awaiting.before, awaiting.decided, awaiting.in_force_from_on, awaiting.until_on, stops=awaiting.stops
        ),
        because=awaiting.because,
        corrects=awaiting.corrects,
        by=awaiting.by.shown + (f", typed by {awaiting.typed_by.name}" if awaiting.typed_by else ""),
        answered=awaiting.answered,
        asked_before=asked_before_words(awaiting.asked_before, awaiting.by.body),
        in_question=to_be_checked(awaiting.rests_on),
        unconfirmed="" if awaiting.is_confirmed else f"{awaiting.by.name} has not confirmed it yet.",
        at=awaiting.at,
        status=_where_it_is(awaiting, at),
        is_questioned=awaiting.asked_at is not None,
        due=_due(awaiting),
        received=awaiting.received,
        practice=awaiting.practice or "no practice known",
        meanwhile=awaiting.meanwhile,
        is_own=awaiting.is_own,
        now=_now(awaiting),
    )


def _where_it_is(awaiting: Awaiting, at: datetime) -> Status:
    """Where it is with the registered GP; a question that the PCN leaves unanswered is late, and the PCN is."""
    status = gp_status(awaiting.state, awaiting.said_before)
    is_late = awaiting.asked_at is not None and at > awaiting.asked_at + QUESTION_WITHIN
    return Status(status.words, "late") if is_late else status


def gp_status(state: AskState, said_before: str) -> Status:
    """Where a decision is with the registered GP; `said_before` names the practice that said so, where it is not the
    one of now.
    """
    status = ask_status(state)
    if not said_before or state not in SAID_BEFORE:
        return status
    return Status(capitalize_first(SAID_BEFORE[state].format(practice=said_before)), status.tone)


def asked_before_words(asked: AskedBefore | None, owes: str) -> str:
    """Which practice before has asked what, and who owes it the answer since when; empty for no such question."""
    if asked is None:
        return ""
    return (
        f"{asked.practice}, their practice before, asked on {shown_date(london_date(asked.at))}: “{asked.words}” "
        f"It waits for an answer of {owes}."
    )


def _due(awaiting: Awaiting) -> str:
    """Whose turn it is: a reply is expected by a day only while it is the practice's turn."""
    if awaiting.asked_at is not None:
        return f"waits for an answer of {awaiting.by.body} since {shown_date(london_date(awaiting.asked_at))}"
    return (
        f"expected by {shown_date(awaiting.answer_by_on)}"
        if awaiting.state in {AskState.AWAITED, AskState.LATE}
        else ""
    )


GONE: Final[Mapping[str, str]] = {"died": "has died; was in", "left": "has left; was in"}
"""What stands before the home of somebody who lives in none now."""

NOBODY_DOES: Final[Mapping[str, str]] = {
    "died": "They have died: nobody does anything of it.",
    "left": "They live in no home here now: tell whoever looks after them.",
}


def _now(awaiting: Awaiting) -> Status | None:
    if awaiting.gone and awaiting.in_force_from_on is not None:
        wrote = f" The practice wrote: {awaiting.meanwhile}" if awaiting.meanwhile else ""
        return Status(f"{NOBODY_DOES[awaiting.gone]}{wrote}")
    if awaiting.in_force_from_on is None or not awaiting.decided:
        return None
    if awaiting.validity is DecisionState.REPLACED:
        return Status("A later decision has taken its place")
    if awaiting.validity is DecisionState.IN_DISPUTE and awaiting.applies:
        return Status(f"In dispute. Until it is settled the home does: {awaiting.applies.does}", "bad")
    if awaiting.validity is DecisionState.ENDED:
        return validity_status(awaiting.validity, None, awaiting.until_on)
    if awaiting.validity in DOES_NOT_APPLY:
        return (
            Status(f"Now the home does: {awaiting.applies.does}")
            if awaiting.applies
            else validity_status(awaiting.validity, None)
        )
    return None


def before_and_after(
    before: str, decided: str, from_on: date | None, until_on: date | None = None, *, stops: bool = False
) -> Compared:
    """What applied and what applies, from when and up to which day, for the macro `compare`; `stops`: what applied
    stops.
    """
    when = f"from {shown_date(from_on)}" if from_on else "changes nothing"
    if until_on:
        when += f" until {shown_date(until_on)}"
    if stops:
        when += ": it stops, and nothing takes its place"
    return [(when[:1].upper() + when[1:], before, decided)]


def shown_decision(page: DecisionPage, person: PersonInSight) -> dict[str, object]:
    """What every page about one decision shows of it: itself, whether it applies, what the home does now. `is_over`:
    nobody does anything of it (`is_over`), and what is shown is what applied.
    """
    over, extent = is_over(page, person), person.capacity.extent(Kind.CLINICAL)
    applies = applies_lines((page.applies,) if page.applies else (), extent)
    return {
        "page": page,
        "is_over": over,
        "compared": before_and_after(page.before, page.decided, page.in_force_from_on, page.until_on, stops=page.stops),
        "validity": _when_they_went(page, person) if over else decision_status(page),
        "asked_before": asked_before_words(page.asked_before, page.by.body),
        "applies": as_it_was(applies) if over else applies,
    }


def is_over(page: DecisionPage, person: PersonInSight) -> bool:
    """Whether nobody does anything of a decision any more because the person lives there no more: they live in no home
    now, or, for a former home and its PCN, in another. The one answer, whoever looks (H27, H32).
    """
    return bool(page.gone) or person.relationship in FORMER


WHILE_HERE: Final = Status("Applied when they left or died")
"""Of a decision that nothing had ended when the person went: nobody does anything of it now."""

NEVER_BEGAN: Final = Status("Had not begun when they left or died")
"""Of a decision whose first day came after that."""

IN_DISPUTE_THEN: Final = Status("In dispute when they left or died", "bad")
"""What stands for what was done meanwhile: it never reads as an order about somebody who is gone."""


def _when_they_went(page: DecisionPage, person: PersonInSight) -> Status:
    """Whether the decision applied when they went; why it did not, where something had ended it."""
    if page.validity is DecisionState.IN_DISPUTE:
        return IN_DISPUTE_THEN
    if page.validity in DOES_NOT_APPLY | {DecisionState.CHANGES_NOTHING}:
        return decision_status(page)
    went_on = page.went_on if page.gone or person.left_at is None else london_date(person.left_at)
    began = page.in_force_from_on
    return NEVER_BEGAN if began is not None and went_on is not None and began > went_on else WHILE_HERE


def as_it_was(lines: Iterable[AppliesLine]) -> tuple[AppliesLine, ...]:
    """What applied about somebody who is gone: what was in dispute is not said to be done until it is settled."""
    return tuple(replace(line, mark=IN_DISPUTE_THEN) if line.is_in_dispute else line for line in lines)


STATE_TONES: Final[Mapping[DecisionState, str]] = {
    DecisionState.APPLIES: "plain",
    DecisionState.COMING: "wait",
    DecisionState.STOPS: "plain",
    DecisionState.CHANGES_NOTHING: "plain",
    DecisionState.IN_DISPUTE: "bad",
    DecisionState.SETTLED_OTHERWISE: "plain",
    DecisionState.SETTLED_STOPPED: "plain",
    DecisionState.REPLACED: "plain",
    DecisionState.ENDED: "plain",
    DecisionState.WITHDRAWN: "bad",
    DecisionState.WRONG_PERSON: "bad",
    DecisionState.CORRECTED: "bad",
}


def validity_status(
    state: DecisionState, from_on: date | None, until_on: date | None = None, *, stops: bool = False
) -> Status:
    """Whether a decision applies, with the day from which it does, and its last one."""
    words = DECISION_STATES[state]
    until = f", until {shown_date(until_on)}" if until_on else ""
    if until_on and state is DecisionState.ENDED:
        return Status(f"Does not apply any more: it was until {shown_date(until_on)}", STATE_TONES[state])
    if from_on and state is DecisionState.COMING:
        return Status(f"{'Stops' if stops else 'Applies'} from {shown_date(from_on)}{until}", STATE_TONES[state])
    if from_on and state is DecisionState.APPLIES:
        return Status(f"Applies since {shown_date(from_on)}{until}", STATE_TONES[state])
    if from_on and state is DecisionState.STOPS:
        return Status(f"Stopped since {shown_date(from_on)}{until}", STATE_TONES[state])
    return Status(words[:1].upper() + words[1:], STATE_TONES[state])


def decision_status(page: DecisionPage) -> Status:
    """Whether the decision of a page applies."""
    return validity_status(page.validity, page.in_force_from_on, page.until_on, stops=page.stops)


def owed_status(owed: Owed, today: date) -> Status:
    """Where a follow-up is: by when it is to be done, or how it ended; the same wherever it stands."""
    if owed.came_back:
        return came_back_status(owed.doubt, today)
    if owed.ended_how is not None:
        words = capitalize_first(FOLLOW_UP_ENDS[owed.ended_how])
        if owed.now_asked is not None:
            now = owed_status(owed.now_asked, today)
            return Status(f"{words}, now asked of {owed.now_asked.owner}: {now.words}", now.tone)
        return Status(words, "good" if owed.ended_how is FollowUpEnd.DONE else "plain")
    if owed.left_at is not None:
        return Status("Closed: the person left or died")
    return to_do_status(owed.due_on, owed.doubt, today)


def to_do_status(due_on: date, doubt: str, today: date) -> Status:
    """By when a follow-up is to be done, with what is to be known of its decision first (`Owed.doubt`)."""
    due, known = due_status(due_on, today), doubt_words(doubt, today)
    if not known:
        return due
    return Status(f"{known} {due.words}", "late" if doubt in set(Doubt) else due.tone)


def came_back_status(doubt: str, today: date) -> Status:
    """Of a follow-up that could not be done, until those who asked go on with it."""
    known = doubt_words(doubt, today)
    return Status(f"{COULD_NOT.words}. {known}", COULD_NOT.tone) if known else COULD_NOT


def doubt_words(doubt: str, today: date) -> str:
    """What is to be known of the decision of a follow-up before it is done: that it fell, that it is in dispute, that
    its last day has passed; empty while it applies.
    """
    if doubt in DOUBTS:
        return DOUBTS[Doubt(doubt)]
    until_on = date.fromisoformat(doubt) if doubt else today
    return f"What was decided was until {shown_date(until_on)}." if until_on < today else ""


def replies_to(page: DecisionPage) -> dict[str, object]:
    """What the practice has said of a decision, and what was taken back of it: whoever puts the decision right, or
    confirms it, has to have seen that.
    """
    kinds = {EventKind.QUERY, EventKind.READ, EventKind.DO_NOT_ADOPT, EventKind.SETTLED}
    return {"said": [(event.kind, event.at, event.taken_back is None) for event in page.said if event.kind in kinds]}


def answers_to(page: DecisionPage) -> dict[str, object]:
    """What the PCN has answered the practice, and what was taken back of it: a reply rests on that."""
    answers = [event for event in page.said if event.kind is EventKind.ANSWER]
    return {"answered": [(event.at, event.taken_back is None) for event in answers]}
