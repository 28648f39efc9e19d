"""What waits for somebody about decisions: a GP's question, a dispute, silence past its day, a follow-up due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from homeround.accounts.queries import open_memberships
from homeround.ehch.alignment.models import lead_of
from homeround.ehch.decisions.models import (
    Ask,
    Confirmation,
    Decision,
    Dispute,
    FollowUp,
    FollowUpEnding,
    QueryAnswer,
    Reply,
)
from homeround.ehch.residents.access import practice_of
from homeround.ehch.residents.models import closing_departures
from homeround.ehch.residents.waits import NOBODY, wait_rows


def waits(*, homes: list[int], at: datetime, today: date) -> list[Any]:
    """`gp_question` and `dispute`, for whoever decided; `silence` of a practice past its day, for the clinical lead
    too; `follow_up` that is due, of the home, and `follow_up_pcn`, of the PCN; `came_back`, what could not be done;
    `decision_to_confirm`. What a practice still owes is owed also when the person has left.
    """
    decider = Coalesce("decision__for_whom", "decision__by")
    by_decider: dict[str, Any] = {
        "home": "decision__home_id",
        "member": still_here(at),
        "ref": "decision__ref",
        "words": "decision__decided",
        "whom": Coalesce("decision__for_whom__user__name", "decision__by__user__name"),
    }
    asks = open_asks(homes).annotate(
        waits_for=decider,
        question_at=Subquery(open_question().values("recorded_at")[:1]),
        practice=practice_of("resident", at, "practice__body__name"),
    )
    silent = asks.filter(question_at=None, due__lt=today, practice__isnull=False)
    disputes = Dispute.objects.filter(ended_at=None, decision__ended_at=None, decision__home__in=homes).annotate(
        waits_for=decider
    )
    return [
        wait_rows(asks.filter(question_at__isnull=False), kind="gp_question", since="question_at", **by_decider),
        wait_rows(disputes, kind="dispute", since="recorded_at", **(by_decider | {"words": "meanwhile"})),
        wait_rows(
            silent,
            kind="silence",
            since="recorded_at",
            home="decision__home_id",
            member=lead_of("decision__home", at),
            due_on="due",
            ref="decision__ref",
            words="decision__decided",
            whom="practice",
        ),
        _follow_ups(homes=homes, today=today, at=at),
        _came_back(homes=homes, at=at),
        _to_confirm(homes=homes, at=at),
    ]


def open_asks(homes: Iterable[int] | None) -> QuerySet[Any]:
    """The asks of these homes (None: of all) that nothing ended, of decisions that were not withdrawn.

    Each has `due`, the day by which a reply is expected: from the last answer to a question of the practice's, else
    from the decision.
    """
    answers = QueryAnswer.objects.filter(reply__ask=OuterRef("pk")).order_by("-reply")
    asks = Ask.objects.filter(ended_at=None, decision__ended_at=None)
    if homes is not None:
        asks = asks.filter(decision__home__in=list(homes))
    return asks.annotate(due=Coalesce(Subquery(answers.values("answer_by_on")[:1]), F("answer_by_on")))


def open_question() -> QuerySet[Reply]:
    """The practice's newest reply to the ask of the query around it, when it is a question that nobody answered."""
    replies = Reply.objects.filter(ask=OuterRef("pk"))
    later = Reply.objects.filter(ask=OuterRef("ask"), pk__gt=OuterRef("pk"))
    answers = QueryAnswer.objects.filter(reply=OuterRef("pk"))
    return replies.filter(~Exists(later), ~Exists(answers), kind="query")


def _follow_ups(*, homes: list[int], today: date, at: datetime) -> Any:
    due = FollowUp.objects.filter(
        ~Exists(closing_departures("follow_up")), ended_at=None, home__in=homes, due_on__lte=today
    )
    kind = Case(
        When(owner_body=F("home_id"), then=Value("follow_up")),
        default=Value("follow_up_pcn"),
        output_field=CharField(),
    )
    return wait_rows(
        due.annotate(waits_for=F("owner")),
        kind=kind,
        since="recorded_at",
        body="owner_body_id",
        member=still_here(at),
        due_on="due_on",
        words="words",
        whom="owner_body__name",
    )


def _came_back(*, homes: list[int], at: datetime) -> Any:
    """`came_back`: what could not be done, for whoever asked for it, until they ask anew or leave it."""
    endings = FollowUpEnding.objects.filter(how="cannot", ended_at=None, follow_up__home__in=homes)
    return wait_rows(
        endings.annotate(waits_for=Coalesce("follow_up__for_whom", "follow_up__by")),
        kind="came_back",
        since="recorded_at",
        home="follow_up__home_id",
        body="follow_up__by__body_id",
        member=still_here(at),
        ref="follow_up__ref",
        words="follow_up__words",
        whom="by__user__name",
    )


def _to_confirm(*, homes: list[int], at: datetime) -> Any:
    """`decision_to_confirm`: a decision that a colleague typed, for the clinician whose it is."""
    confirmed = Confirmation.objects.filter(decision=OuterRef("pk"))
    typed = Decision.objects.filter(~Exists(confirmed), ended_at=None, for_whom__isnull=False, home__in=homes)
    return wait_rows(
        typed.annotate(waits_for=F("for_whom")),
        kind="decision_to_confirm",
        since="recorded_at",
        member=still_here(at),
        words="decided",
        whom="by__user__name",
    )


def still_here(at: datetime) -> Any:
    """The membership `waits_for` of a row, or nobody once it has ended: what a leaver owned passes to the role."""
    is_open = Exists(open_memberships(at).filter(pk=OuterRef("waits_for")))
    return Case(When(is_open, then=F("waits_for")), default=NOBODY)


def waits_of_practice(*, practice: int) -> Any:
    """`dispute`: what the practice does not adopt and nobody has settled with it so far."""
    disputes = Dispute.objects.filter(ended_at=None, decision__ended_at=None, reply__practice=practice)
    return wait_rows(
        disputes,
        kind="dispute",
        since="recorded_at",
        home="decision__home_id",
        ref="decision__ref",
        words="meanwhile",
        whom=Coalesce("decision__for_whom__user__name", "decision__by__user__name"),
    )
