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
from homeround.ehch.decisions.models.asking import asked_now, expected_by
from homeround.ehch.decisions.queries.validity import Validity, validity_in, with_validity
from homeround.ehch.decisions.words import AskState, ReplyKind
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
    received = Received.objects.filter(ask__decision=OuterRef("pk"), practice=OuterRef("practice_now"))
    by_practice = JSONObject(
        practice="practice_id", name="practice__body__name", words="words", asked_now=asked_now("ask", at)
    )
    disputes = Dispute.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=at), decision=OuterRef("pk"), recorded_at__lte=at
    )
    confirmed = Confirmation.objects.filter(decision=OuterRef("pk"), recorded_at__lte=at)
    return decisions.annotate(practice_now=practice_of("resident", at)).annotate(
        ask=Subquery(asks.values(found=JSONObject(ref="ref", answer_by_on=Cast(expected_by(at), CharField())))[:1]),
        last_reply=Coalesce(Subquery(replies.values("kind")[:1]), Value("")),
        last_reply_id=Subquery(replies.values("pk")[:1]),
        last_reply_at=Subquery(replies.values("happened_at")[:1]),
        replied=Subquery(replies.values(found=by_practice)[:1]),
        last_answered=Subquery(answers.values("reply")[:1]),
        meanwhile=Subquery(disputes.values("meanwhile")[:1]),
        received_by=Subquery(received.order_by("-id").values("by__user__name")[:1]),
        is_confirmed=Exists(confirmed) | Q(for_whom=None),
        practice_name=practice_of("resident", at, "practice__body__name"),
    )


@dataclass(frozen=True)
class WithGp:
    """Where a decision is with the registered GP, and whether it applies: a reply is never read as an answer about what
    applies without that. `said_before` as in `said_before`.
    """

    state: AskState
    said_before: str
    validity: Validity


def states_with_gp(decisions: Iterable[int], at: datetime) -> dict[int, WithGp]:
    """Where each of these decisions is with the registered GP, by its number; nothing for those nobody is asked about.
    One statement, none for nobody.
    """
    wanted = sorted(set(decisions))
    rows = with_validity(with_ask(Decision.objects.filter(pk__in=wanted), at), at) if wanted else []
    today = london_date(at)
    return {row.pk: WithGp(ask_state(row, today), said_before(row), validity_in(row, at)) for row in rows if row.ask}


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
        is_asked_anew=_is_asked_anew(row),
    )
    return rules.state_of(facts, on)


def _is_asked_anew(row: Any) -> bool:
    """Whether another practice than the one that replied last to a decision of `with_ask` is asked now."""
    replied = row.replied or {}
    return bool(replied) and replied["asked_now"] not in {None, replied["practice"]}


def said_before(row: Any) -> str:
    """The practice that replied last to a decision of `with_ask`, by name, where it is not the one of now; else empty:
    what it said is never shown as said by the practice of now.
    """
    replied = row.replied or {}
    return replied["name"] if replied and replied["practice"] != row.practice_now else ""


@dataclass(frozen=True)
class AskedBefore:
    """A question of the practice before that nobody has answered: which practice, what it asked, and when."""

    practice: str
    words: str
    at: datetime


def asked_before(row: Any) -> AskedBefore | None:
    """The open question of the practice before about a decision of `with_ask`: the practice of now has not asked it,
    and the PCN owes the answer all the same.
    """
    is_open = row.last_reply == ReplyKind.QUERY and row.last_answered != row.last_reply_id and row.ended_at is None
    if not (is_open and said_before(row)):
        return None
    return AskedBefore(row.replied["name"], row.replied["words"], row.last_reply_at)


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
