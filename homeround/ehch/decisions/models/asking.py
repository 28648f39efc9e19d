"""What is asked of the registered practice, what it said, and what is in dispute until it is settled."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from homeround.accounts.models import Written
from homeround.directory.models import Practice
from homeround.ehch.decisions.models.deciding import Decision
from homeround.ehch.decisions.words import SettledAs
from homeround.ehch.residents.models import AboutResident
from homeround.kernel.record.refs import new_ref


class Ask(AboutResident):
    """A reply to a decision, awaited from the practice the person is registered with *now* (REQ-20).

    The row names no practice: what is awaited follows the person. `answer_by_on` is when silence is first escalated,
    a later day once another practice is asked (`AskedAnew`); silence is never read as consent. Ends with a reply that
    answers, or when the decision is withdrawn.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    answer_by_on = models.DateField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("decision",), condition=Q(stands=True), name="decisions_asked_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=("resident", "answer_by_on"),
                condition=Q(ended_at=None, stands=True),
                name="decisions_awaiting_reply",
            ),
        ]


class AskedAnew(AboutResident):
    """Another practice is asked, because the person is registered with it now. It has as long to reply as any practice
    that is asked that day: nobody is late with what they were asked a minute ago.
    """

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    answer_by_on = models.DateField()

    class Meta(Written.Meta):
        abstract = False


class Reply(AboutResident):
    """What a clinician of the registered practice said."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    words = models.TextField(blank=True, default="")
    meanwhile = models.TextField(blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=("read", "not_our_patient")) | ~Q(words=""), name="decisions_reply_gives_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="do_not_adopt") | ~Q(meanwhile=""), name="decisions_dispute_says_what_applies"
            ),
            models.UniqueConstraint(
                fields=("ask",),
                condition=Q(stands=True, kind__in=("read", "do_not_adopt")),
                name="decisions_answered_once",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("ask", "happened_at"), name="decisions_replies_to")]


class QueryAnswer(AboutResident):
    """What the decider's side answered to a query. The reply is awaited again, by `answer_by_on`: the clock of the
    practice rests while the question waits for an answer.
    """

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    answer_by_on = models.DateField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("reply",), condition=Q(stands=True), name="decisions_query_answered_once"),
        ]


def expected_by(at: datetime | None = None) -> Greatest:
    """The day by which the practice is expected to reply to the ask of the query around, as it was at an instant (None:
    now): five working days from when the practice of now was asked, or from the last answer to a question, whichever is
    later.
    """
    until = {} if at is None else {"recorded_at__lte": at}
    anew = AskedAnew.objects.filter(ask=OuterRef("pk"), **until).order_by("-pk").values("answer_by_on")[:1]
    answers = QueryAnswer.objects.filter(reply__ask=OuterRef("pk"), **until).order_by("-reply")
    days = (anew, answers.values("answer_by_on")[:1])
    asked, answered = (Coalesce(Subquery(day), F("answer_by_on")) for day in days)
    return Greatest(asked, answered)


def asked_now(ask: str, at: datetime | None = None) -> Subquery:
    """The practice that was asked anew last about the ask named by the column `ask`, at an instant (None: now); NULL
    where the one that was asked first is asked still.
    """
    until = {} if at is None else {"recorded_at__lte": at}
    anew = AskedAnew.objects.filter(ask=OuterRef(ask), **until)
    return Subquery(anew.order_by("-pk").values("practice")[:1])


class Received(AboutResident):
    """A clerk of the practice has it and passed it on. It stops nothing: only a clinician's reply answers (H26)."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    passed_to = models.CharField(max_length=120, blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("ask", "practice"), condition=Q(stands=True), name="decisions_received_once"
            ),
        ]


class Dispute(AboutResident):
    """A decision that the registered GP does not adopt, and what the home does until it is settled (H27).

    Ends with a settlement, or when the decision or the reply is taken back.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="+")
    meanwhile = models.TextField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("decision",), condition=Q(ended_at=None, stands=True), name="decisions_in_dispute_once"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("resident",), condition=Q(ended_at=None, stands=True), name="decisions_open_disputes"),
        ]


class Settlement(AboutResident):
    """How a dispute ended: what was agreed and with whom, and what the home does from now on (H27).

    `settled_as` says which: what was decided, what it did meanwhile, something else (`from_now_on`), or nothing more.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    settled_as = models.CharField(max_length=10)
    from_now_on = models.TextField(blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("dispute",), condition=Q(stands=True), name="decisions_settled_once"),
            models.CheckConstraint(
                condition=Q(settled_as__in=("decided", "meanwhile", "stopped"), from_now_on="")
                | Q(settled_as="otherwise") & ~Q(from_now_on=""),
                name="decisions_settlement_says_what_applies",
            ),
        ]


def open_disputes(at: datetime) -> QuerySet[Dispute]:
    """The disputes about the decision of the query around that nobody had settled by an instant."""
    is_open = Q(ended_at=None) | Q(ended_at__gt=at)
    return Dispute.objects.filter(is_open, decision=OuterRef("pk"), recorded_at__lte=at)


def settlements(at: datetime) -> QuerySet[Settlement]:
    """How disputes about the decision of the query around were settled by an instant."""
    return Settlement.objects.filter(dispute__decision=OuterRef("pk"), recorded_at__lte=at)


def done_otherwise(at: datetime) -> Q:
    """Decisions of which the home does something else: in dispute, or settled otherwise than as it was decided."""
    return Q(Exists(open_disputes(at))) | Q(Exists(settlements(at).exclude(settled_as=SettledAs.DECIDED.value)))
