"""Decisions with what is asked about them and where that stands: what the other queries here start from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from homeround.accounts.rights import ROLE_WORDS, Role
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.models import Ask, Decision, Dispute, QueryAnswer, Received, Reply
from homeround.ehch.residents.access import practice_of

WRITERS = ("by__user", "by__body", "for_whom__user", "for_whom__body")
"""Who decided, for whom it was typed: what a page names needs."""


WRITERS = ("by__user", "by__body", "for_whom__user", "for_whom__body")


def member_words(membership: Any) -> str:
    """Who, in which capacity, of which body: `Priya Shah, clinician of the round, Exe Valley PCN`."""
    return f"{membership.user.name}, {ROLE_WORDS[Role(membership.role)]}, {membership.body.name}"


def awaited() -> QuerySet[Decision]:
    """Standing decisions about which a reply is still awaited."""
    asks = Ask.objects.filter(decision=OuterRef("pk"), stands=True, ended_at=None)
    return Decision.objects.filter(Exists(asks), stands=True)


def awaited_or_in_dispute() -> QuerySet[Decision]:
    """Standing decisions that somebody still has to answer or to settle."""
    asks = Ask.objects.filter(decision=OuterRef("pk"), stands=True)
    disputes = Dispute.objects.filter(decision=OuterRef("pk"), stands=True, ended_at=None)
    return Decision.objects.filter(Exists(asks.filter(ended_at=None)) | Exists(disputes), Exists(asks), stands=True)


def with_ask(decisions: QuerySet[Decision], at: datetime) -> QuerySet[Any]:
    """Decisions with what is asked about them and where that stands."""
    asks = Ask.objects.filter(decision=OuterRef("pk"), stands=True)
    replies = Reply.objects.filter(ask__decision=OuterRef("pk"), stands=True).order_by("-id")
    answers = QueryAnswer.objects.filter(reply__ask__decision=OuterRef("pk"), stands=True)
    received = Received.objects.filter(ask__decision=OuterRef("pk"), stands=True)
    disputes = Dispute.objects.filter(decision=OuterRef("pk"), stands=True, ended_at=None)
    return decisions.annotate(
        ask=Subquery(asks.values(found=JSONObject(ref="ref", answer_by_on=Cast("answer_by_on", CharField())))[:1]),
        last_reply=Coalesce(Subquery(replies.values("kind")[:1]), Value("")),
        last_reply_id=Subquery(replies.values("pk")[:1]),
        answered_reply_id=Subquery(answers.order_by("-reply").values("reply")[:1]),
        meanwhile=Subquery(disputes.values("meanwhile")[:1]),
        received_by=Subquery(received.order_by("-id").values("by__user__name")[:1]),
        practice_now=practice_of("resident", at),
        practice_name=practice_of("resident", at, "practice__body__name"),
    )


def ask_state(row: Any, on: date) -> rules.AskState:
    facts = rules.AskFacts(
        answer_by_on=date.fromisoformat(row.ask["answer_by_on"]),
        last_reply=row.last_reply,
        is_query_answered=row.last_reply_id is not None and row.answered_reply_id == row.last_reply_id,
        is_in_dispute=row.meanwhile is not None,
        has_practice=row.practice_now is not None,
    )
    return rules.state_of(facts, on)
