"""Decisions, disputes and follow-ups as signs of the worklist and as lines of a person's timeline."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from homeround.ehch.decisions import rules
from homeround.ehch.decisions.models import (
    Ask,
    Decision,
    Dispute,
    FollowUp,
    FollowUpEnding,
    LeftUndone,
    QueryAnswer,
    Reply,
    Settlement,
    Withdrawal,
)
from homeround.ehch.decisions.models.asking import asked_now, expected_by
from homeround.ehch.decisions.models.deciding import words_decided
from homeround.ehch.decisions.models.following_up import doubt
from homeround.ehch.decisions.words import FOLLOW_UP_TAKEN_BACK, SAID_TAKEN_BACK, ReplyKind
from homeround.ehch.residents.models import Correction, over_at
from homeround.ehch.residents.queries import entry_rows, last_recorded, with_taken_back
from homeround.ehch.residents.rules import Entry


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """Decisions as signs: when anything was last decided about each person."""
    return [last_recorded(Decision.objects.filter(home__in=homes, recorded_at__lte=at))]


def entries(resident_id: int) -> list[Any]:
    """What is kept of a person here as branches of the timeline.

    `decision` (state: `said_so_far`, on: by when an answer is expected, empty when nobody is asked), `dispute` (what
    applies meanwhile, of the decision `ref`), `reply` of the practice (state: its kind, of the decision `ref`) and
    `query_answer`, what its question was answered with, `settlement` (what was agreed, of the decision `ref`),
    `withdrawal` (why, of the decision `ref`), `follow_up` (state: who owes it, on: by when, mark: `doubt`),
    `follow_up_end` (state: how, words: what came of it, mark: `doubt`; one that could not be done is open until those
    who asked go on with it), `left_undone` (why it is left as it is).
    What was taken back of it stays, and why is a line of its own: `follow_up_back`, `said_back` (state: of which
    table).
    """
    asks = Ask.objects.filter(decision=OuterRef("pk")).values(expected=expected_by())[:1]
    return [
        entry_rows(
            Decision.objects.filter(resident=resident_id),
            kind="decision",
            words=words_decided(),
            ref="ref",
            state=_said_so_far(),
            on=Subquery(asks),
        ),
        entry_rows(
            Dispute.objects.filter(resident=resident_id),
            kind="dispute",
            words="meanwhile",
            ref="decision__ref",
        ),
        entry_rows(
            with_taken_back(Settlement, resident_id),
            kind="settlement",
            words="words",
            ref="dispute__decision__ref",
        ),
        entry_rows(
            with_taken_back(Withdrawal, resident_id),
            kind="withdrawal",
            words="because",
            ref="decision__ref",
        ),
        *_of_replies(resident_id),
        *_of_follow_ups(resident_id),
        *_taken_back(resident_id),
    ]


def _of_replies(resident_id: int) -> list[Any]:
    return [
        entry_rows(
            with_taken_back(Reply, resident_id),
            kind="reply",
            words="words",
            ref="ask__decision__ref",
            state="kind",
        ),
        entry_rows(
            with_taken_back(QueryAnswer, resident_id),
            kind="query_answer",
            words="words",
            ref="reply__ask__decision__ref",
        ),
    ]


def _of_follow_ups(resident_id: int) -> list[Any]:
    return [
        entry_rows(
            FollowUp.objects.filter(resident=resident_id),
            kind="follow_up",
            words="words",
            ref="ref",
            state="owner_body__name",
            on="due_on",
            ended=over_at("follow_up"),
            mark=doubt(),
        ),
        entry_rows(
            with_taken_back(FollowUpEnding, resident_id),
            kind="follow_up_end",
            words=_came_of_it(),
            ref="follow_up__ref",
            state="how",
            ended=over_at("follow_up", home="follow_up__home"),
            mark=doubt("follow_up__decision"),
        ),
        entry_rows(
            LeftUndone.objects.filter(resident=resident_id),
            kind="left_undone",
            words="words",
            ref="follow_up__ref",
        ),
    ]


def _taken_back(resident_id: int) -> list[Any]:
    """What was said or marked and taken back since: it stays in what happened, with the reason (H34)."""
    return [
        entry_rows(
            Correction.objects.filter(resident=resident_id, table__in=list(tables)),
            kind=kind,
            words="because",
            state="table",
        )
        for kind, tables in (("follow_up_back", FOLLOW_UP_TAKEN_BACK), ("said_back", SAID_TAKEN_BACK))
    ]


def _came_of_it() -> Case:
    """What was to be done, and what came of it in the words of whoever did it."""
    asked = Cast("follow_up__words", TextField())
    both = Concat(asked, Value(": ", output_field=TextField()), "words", output_field=TextField())
    return Case(When(words="", then=asked), default=both, output_field=TextField())


ASKED_BEFORE: Final = "asked_before"
"""The state of a decision's line whose open question is of the practice before."""


def state_in_entry(entry: Entry, on: date, *, has_practice: bool) -> rules.AskState | None:
    """Where the decision of a timeline's line stands with the registered GP; None when nobody is asked."""
    if entry.kind != "decision" or not entry.on:
        return None
    facts = rules.AskFacts(
        answer_by_on=date.fromisoformat(entry.on),
        last_reply="do_not_adopt" if entry.state == "in_dispute" else entry.state,
        is_query_answered=False,
        is_in_dispute=entry.state == "in_dispute",
        has_practice=has_practice,
        is_withdrawn=entry.ended_at is not None,
        is_asked_anew=entry.state == ASKED_BEFORE,
    )
    return rules.state_of(facts, on)


def _said_so_far() -> Case:
    """The last reply to a decision: its kind, `in_dispute` while it is, empty for none or for a query answered since;
    `ASKED_BEFORE` for an open question where another practice is asked now.
    """
    replies = Reply.objects.filter(ask__decision=OuterRef("pk")).order_by("-id")
    answers = QueryAnswer.objects.filter(reply=OuterRef("pk"))
    disputes = Dispute.objects.filter(decision=OuterRef("pk"), ended_at=None)
    last = replies.annotate(
        asked_now=Coalesce(asked_now("ask"), "practice"),
        so_far=Case(
            When(Exists(answers), then=Value("")),
            When(~Q(practice=F("asked_now")), kind=ReplyKind.QUERY.value, then=Value(ASKED_BEFORE)),
            default="kind",
            output_field=CharField(),
        ),
    )
    return Case(
        When(Exists(disputes), then=Value("in_dispute")),
        default=Coalesce(Subquery(last.values("so_far")[:1]), Value("")),
        output_field=CharField(),
    )
