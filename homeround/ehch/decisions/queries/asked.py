"""Decisions with what is asked about them and where that stands: what the other queries here start from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from homeround.accounts.author import author_of
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.models import (
    Ask,
    Confirmation,
    Decision,
    Dispute,
    QueryAnswer,
    Received,
    Reply,
    Settlement,
    Withdrawal,
)
from homeround.ehch.decisions.models.asking import expected_by
from homeround.ehch.decisions.words import AskState
from homeround.ehch.residents.access import practice_of
from homeround.kernel.calendar.times import london_date

WRITERS = ("by__user", "by__body", "for_whom__user", "for_whom__body")
"""Who decided, and for whom it was typed: what naming them on a page needs."""


def member_words(membership: Any) -> str:
    """Who, in which capacity, of which body: `Priya Shah, clinician of the round, Exe Valley PCN`."""
    return author_of(membership).shown


def awaited_or_in_dispute() -> QuerySet[Decision]:
    """Standing decisions that somebody still has to answer or to settle."""
    asks = Ask.objects.filter(decision=OuterRef("pk"))
    disputes = Dispute.objects.filter(decision=OuterRef("pk"), ended_at=None)
    return Decision.objects.filter(Exists(asks.filter(ended_at=None)) | Exists(disputes), Exists(asks), ended_at=None)


def with_ask(decisions: QuerySet[Decision], at: datetime) -> QuerySet[Any]:
    """Decisions with what is asked about them and where that was at an instant."""
    asks = Ask.objects.filter(decision=OuterRef("pk"))
    replies = Reply.objects.filter(ask__decision=OuterRef("pk"), recorded_at__lte=at).order_by("-id")
    answers = QueryAnswer.objects.filter(reply__ask__decision=OuterRef("pk"), recorded_at__lte=at).order_by("-reply")
    received = Received.objects.filter(ask__decision=OuterRef("pk"))
    disputes = Dispute.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=at), decision=OuterRef("pk"), recorded_at__lte=at
    )
    confirmed = Confirmation.objects.filter(decision=OuterRef("pk"), recorded_at__lte=at)
    return decisions.annotate(
        ask=Subquery(asks.values(found=JSONObject(ref="ref", answer_by_on=Cast(expected_by(at), CharField())))[:1]),
        last_reply=Coalesce(Subquery(replies.values("kind")[:1]), Value("")),
        last_reply_id=Subquery(replies.values("pk")[:1]),
        last_reply_at=Subquery(replies.values("happened_at")[:1]),
        last_answered=Subquery(answers.values("reply")[:1]),
        meanwhile=Subquery(disputes.values("meanwhile")[:1]),
        received_by=Subquery(received.order_by("-id").values("by__user__name")[:1]),
        is_confirmed=Exists(confirmed) | Q(for_whom=None),
        practice_now=practice_of("resident", at),
        practice_name=practice_of("resident", at, "practice__body__name"),
    )


def states_with_gp(decisions: Iterable[int], at: datetime) -> dict[int, AskState]:
    """Where each of these decisions is with the registered GP, by its number; nothing for those nobody is asked about.
    One statement, none for nobody.
    """
    wanted = sorted(set(decisions))
    rows = with_ask(Decision.objects.filter(pk__in=wanted), at) if wanted else []
    return {row.pk: ask_state(row, london_date(at)) for row in rows if row.ask}


def due_on(row: Any) -> date:
    """The day by which the practice is expected to reply (`expected_by`)."""
    return date.fromisoformat(row.ask["answer_by_on"])


def ask_state(row: Any, on: date) -> AskState:
    """Where the ask of a decision from `with_ask` is on a day."""
    facts = rules.AskFacts(
        answer_by_on=due_on(row),
        last_reply=row.last_reply,
        is_query_answered=row.last_answered is not None and row.last_answered == row.last_reply_id,
        is_in_dispute=row.meanwhile is not None,
        has_practice=row.practice_now is not None,
        is_withdrawn=row.ended_at is not None,
    )
    return rules.state_of(facts, on)


@dataclass(frozen=True)
class Corrects:
    """What a decision puts right: what the home did of it, as what is not to be done, and why it was wrong."""

    not_to_be_done: str
    because: str


def with_corrected(decisions: QuerySet[Any]) -> QuerySet[Any]:
    """These decisions, each with what it puts right (`corrects_in`)."""
    settled = Settlement.objects.filter(dispute__decision=OuterRef("decision")).order_by("-pk")
    as_settled = JSONObject(settled_as="settled_as", from_now_on="from_now_on", meanwhile="dispute__meanwhile")
    wrong = Withdrawal.objects.filter(corrected_by=OuterRef("pk")).order_by("-pk")
    found: QuerySet[Any] = decisions.annotate(
        wrong_decided=Subquery(wrong.values("decision__decided")[:1]),
        wrong_settled=Subquery(
            wrong.annotate(found=Subquery(settled.values(found=as_settled)[:1])).values("found")[:1]
        ),
        wrong_because=Subquery(wrong.values("because")[:1]),
    )
    return found


def corrects_in(row: Any) -> Corrects | None:
    """What a decision of `with_corrected` puts right; None when it is no correction."""
    if row.wrong_decided is None:
        return None
    did = rules.done_of(row.wrong_decided, **(row.wrong_settled or {}))
    return Corrects(rules.NOT_TO_BE_DONE[rules.Source.CORRECTED].format(did=did), row.wrong_because)
