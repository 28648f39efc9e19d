"""The choices of decisions, replies and follow-ups, what each is called and what each means. Written down here only."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class DecisionKind(StrEnum):
    """What a decision is about."""

    PLAN = "plan"
    MEDICINE = "medicine"
    REFERRAL = "referral"
    OTHER = "other"


DECISION_KINDS: Final[Mapping[DecisionKind, str]] = {
    DecisionKind.PLAN: "plan of care",
    DecisionKind.MEDICINE: "medicine",
    DecisionKind.REFERRAL: "referral",
    DecisionKind.OTHER: "other",
}

NEW: Final = "new"
"""The answer to "What does this replace?" when it replaces nothing; every other answer is the ref of a decision."""

NEW_WORDS: Final = "Nothing: it is new"


class ReplyKind(StrEnum):
    """What a practice can say. None of them moves responsibility, and none means that it agrees."""

    READ = "read"
    QUERY = "query"
    DO_NOT_ADOPT = "do_not_adopt"
    NOT_OUR_PATIENT = "not_our_patient"


ANSWERS: Final = frozenset({ReplyKind.READ, ReplyKind.DO_NOT_ADOPT})
"""What ends what is asked; after the others the reply is still awaited."""

REPLIES: Final[Mapping[ReplyKind, str]] = {
    ReplyKind.READ: "I have read this",
    ReplyKind.QUERY: "I have a question",
    ReplyKind.DO_NOT_ADOPT: "I do not adopt this",
    ReplyKind.NOT_OUR_PATIENT: "Not our patient",
}

THE_REPLY_MEANS: Final[Mapping[ReplyKind, str]] = {
    ReplyKind.READ: "This says that you have read it. It does not mean that you agree, and it moves no responsibility.",
    ReplyKind.QUERY: "The clinician who decided answers you. Until then it stays as it is, and not yet answered.",
    ReplyKind.DO_NOT_ADOPT: (
        "The decision is in dispute until it is settled. The home does what you write below meanwhile."
    ),
    ReplyKind.NOT_OUR_PATIENT: (
        "You will not see this person any more. The home and its PCN read at once that nobody is responsible."
    ),
}
"""What each reply's button says below it (H26)."""


class SettledAs(StrEnum):
    """What the home does from the settlement on (H27)."""

    DECIDED = "decided"
    MEANWHILE = "meanwhile"
    OTHERWISE = "otherwise"
    STOPPED = "stopped"


SETTLED_AS: Final[Mapping[SettledAs, str]] = {
    SettledAs.DECIDED: "What was decided",
    SettledAs.MEANWHILE: "What it has done meanwhile",
    SettledAs.OTHERWISE: "Something else",
    SettledAs.STOPPED: "Neither: it stops, and nothing takes its place",
}


class AskState(StrEnum):
    """Where a decision stands with the registered GP."""

    AWAITED = "awaited"
    LATE = "late"
    NOBODY = "nobody"
    QUERIED = "queried"
    READ = "read"
    IN_DISPUTE = "in_dispute"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


ASK_STATES: Final[Mapping[AskState, str]] = {
    AskState.AWAITED: "not yet answered",
    AskState.LATE: "not yet answered, overdue",
    AskState.NOBODY: "nobody to ask: no practice known",
    AskState.QUERIED: "the GP has a question",
    AskState.READ: "read by the GP",
    AskState.IN_DISPUTE: "in dispute",
    AskState.SETTLED: "was in dispute, settled",
    AskState.WITHDRAWN: "taken back: the GP is not asked any more",
}

SAID_BEFORE: Final[Mapping[AskState, str]] = {
    AskState.QUERIED: "{practice}, their practice before, has a question",
    AskState.READ: "read by {practice}, their practice before",
    AskState.IN_DISPUTE: "in dispute: {practice}, their practice before, does not adopt it",
    AskState.SETTLED: "was in dispute with {practice}, their practice before; settled",
}
"""The same where a practice before said it: its words are never shown as those of the practice of now."""

ASKED_BY: Final = "Asked by {practice}, their practice before: "
DISPUTED_BY: Final = "Not adopted by {practice}, their practice before. Meanwhile: "
"""What stands on a list before the words, where not the practice of now has asked or does not adopt it."""

UNANSWERED: Final = frozenset(AskState) - {AskState.READ, AskState.SETTLED, AskState.WITHDRAWN}
"""Where somebody still has to answer or to settle something."""


class DecisionState(StrEnum):
    """Whether a decision applies."""

    APPLIES = "applies"
    COMING = "coming"
    STOPS = "stops"
    CHANGES_NOTHING = "changes_nothing"
    IN_DISPUTE = "in_dispute"
    SETTLED_OTHERWISE = "settled_otherwise"
    SETTLED_STOPPED = "settled_stopped"
    REPLACED = "replaced"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    WRONG_PERSON = "wrong_person"
    CORRECTED = "corrected"


DECISION_STATES: Final[Mapping[DecisionState, str]] = {
    DecisionState.APPLIES: "applies now",
    DecisionState.COMING: "applies later",
    DecisionState.STOPS: "stopped",
    DecisionState.CHANGES_NOTHING: "changes nothing",
    DecisionState.IN_DISPUTE: "in dispute: it does not apply",
    DecisionState.SETTLED_OTHERWISE: "does not apply as it was decided: settled otherwise",
    DecisionState.SETTLED_STOPPED: "does not apply: settled, and stopped",
    DecisionState.REPLACED: "does not apply any more: replaced by a later decision",
    DecisionState.ENDED: "does not apply any more: its last day has passed",
    DecisionState.WITHDRAWN: "withdrawn",
    DecisionState.WRONG_PERSON: "does not apply: it was written on the wrong person",
    DecisionState.CORRECTED: "corrected",
}

TAKEN_BACK: Final = frozenset({DecisionState.WITHDRAWN, DecisionState.WRONG_PERSON, DecisionState.CORRECTED})
"""States of a decision that somebody ended: it asks nothing of anybody any more."""

NOT_MEANT: Final = frozenset({DecisionState.WITHDRAWN, DecisionState.WRONG_PERSON})
"""States of a decision that somebody ended and nothing says rightly in its place."""

DOES_NOT_APPLY: Final = frozenset(
    {
        DecisionState.IN_DISPUTE,
        DecisionState.SETTLED_OTHERWISE,
        DecisionState.SETTLED_STOPPED,
        DecisionState.REPLACED,
        DecisionState.ENDED,
    }
    | TAKEN_BACK
)
"""States in which nobody does what was decided: wherever its words stand, this stands beside them (H27)."""


ANSWERED_WHAT: Final[Mapping[str, str]] = {
    "wrong_person": "a concern that was about somebody else",
    "in_error": "a concern that was raised in error",
}
"""What a decision answered that is in question, by how the concern was taken off (`CorrectionKind`)."""


def to_be_checked(rests_on: str) -> str:
    """What is said beside what answered that, until a clinician says that it holds; empty where nothing puts it in
    question.
    """
    return f"To be checked: it answered {rests_on}" if rests_on else ""


class Owner(StrEnum):
    """Who is asked to do something, as a form offers it."""

    HOME = "home"
    PCN = "pcn"


class FollowUpEnd(StrEnum):
    """How a follow-up ended."""

    DONE = "done"
    CANNOT = "cannot"
    PASSED_ON = "passed_on"
    NOT_NEEDED = "not_needed"


FOLLOW_UP_ENDS: Final[Mapping[FollowUpEnd, str]] = {
    FollowUpEnd.DONE: "done",
    FollowUpEnd.CANNOT: "could not be done",
    FollowUpEnd.PASSED_ON: "passed on",
    FollowUpEnd.NOT_NEEDED: "not needed any more",
}


class Doubt(StrEnum):
    """What is to be known of the decision that a follow-up comes from, before it is done."""

    FELL = "fell"
    IN_DISPUTE = "in_dispute"


IN_DISPUTE_ASK: Final = "What was decided is in dispute: ask before you do this."
"""Before what is to be done because of a decision that the registered GP does not adopt."""

STILL_NEEDED: Final = "What was decided does not apply any more: is this still needed?"
"""What stands before a follow-up of a decision that was taken back or settled otherwise, on every list."""


DOUBTS: Final[Mapping[Doubt, str]] = {Doubt.FELL: STILL_NEEDED, Doubt.IN_DISPUTE: IN_DISPUTE_ASK}


FOLLOW_UP_TAKEN_BACK: Final[Mapping[str, str]] = {
    "decisions_followupending": "A follow-up is open again: it was marked by mistake",
}
SAID_TAKEN_BACK: Final[Mapping[str, str]] = {
    "decisions_reply": "A reply of the practice was taken back",
    "decisions_queryanswer": "An answer to the practice was taken back",
    "decisions_settlement": "A settlement was taken back: it is in dispute again",
    "decisions_withdrawal": "A withdrawal was taken back: the decision applies again",
}
"""What a correction says of what no longer stands, by its table: it stays in what happened (H34)."""


REPLACED_SINCE: Final = "Replaced since:"
"""What stands before a decision whose reply is still owed although a later one has taken its place."""

ENDED_SINCE: Final = "Ended since:"
"""The same, where its last day has passed."""


class Confirms(StrEnum):
    """What somebody may say of what was typed for a clinician."""

    THEIRS = "theirs"
    """It was typed for them: that it is what they found or decided."""
    IN_THEIR_PLACE = "in their place"
    """The clinician acts in this home no more: that they have looked at it, and it holds."""
    A_COLLEAGUE = "a colleague"
    """Nothing: the clinician acts in this home no more, and a clinician of it says so in their place."""
    NOTHING = "nothing"
    """Nothing: it waits for the clinician, who is there."""

    @property
    def is_something(self) -> bool:
        """Whether the viewer may say anything of it."""
        return self in {Confirms.THEIRS, Confirms.IN_THEIR_PLACE}


NOT_TO_CONFIRM: Final = "Only the clinician this was typed for confirms it. Nothing was changed."


class EventKind(StrEnum):
    """What was said or done about a decision after it was made."""

    READ = "read"
    QUERY = "query"
    DO_NOT_ADOPT = "do_not_adopt"
    NOT_OUR_PATIENT = "not_our_patient"
    ANSWER = "answer"
    RECEIVED = "received"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    OPENED = "opened"


EVENTS: Final[Mapping[EventKind, str]] = {
    **{EventKind(kind.value): words for kind, words in REPLIES.items()},
    EventKind.ANSWER: "Answer",
    EventKind.RECEIVED: "Received, not yet answered",
    EventKind.SETTLED: "Settled",
    EventKind.WITHDRAWN: "Withdrawn",
    EventKind.CORRECTED: "Corrected",
    EventKind.OPENED: "Opened",
}
