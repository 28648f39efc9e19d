"""What somebody has not read yet of what others made of a decision (REQ-20; H27).

The registered practice: withdrawn, or settled by somebody else; it may have acted on what it knew. A correction is no
news of its own where the practice is asked about what is right. Whoever decided: settled by the practice without them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from homeround.accounts.models import Written
from homeround.directory.words import BodyKind
from homeround.ehch.decisions.models.asking import Ask, QueryAnswer, Reply, Settlement
from homeround.ehch.decisions.models.deciding import Withdrawal
from homeround.ehch.residents.models import AboutResident, Correction, RegistrationStart
from homeround.ehch.residents.words import CorrectionKind


class NewsRead(AboutResident):
    """A clinician of the registered practice has read what others made of a decision that it was asked about: that it
    was withdrawn, or how the dispute was settled; or whoever decided, how the practice settled it, or that what it said
    fell because it never was theirs. Until then it stands on their first page (REQ-20; H27).
    """

    withdrawal = models.ForeignKey(Withdrawal, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settlement = models.ForeignKey(Settlement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reply = models.ForeignKey(Reply, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("withdrawal",),
                condition=Q(stands=True, withdrawal__isnull=False),
                name="decisions_withdrawal_read",
            ),
            models.UniqueConstraint(
                fields=("settlement",),
                condition=Q(stands=True, settlement__isnull=False),
                name="decisions_settlement_read",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal=None, settlement__isnull=False, reply=None)
                | Q(withdrawal__isnull=False, settlement=None, reply=None)
                | Q(withdrawal=None, settlement=None, reply__isnull=False),
                name="decisions_news_is_one_thing",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("resident",), name="decisions_news_read_about")]


def withdrawals_not_read(practice: int) -> QuerySet[Any]:
    """Withdrawals of decisions that this practice was asked about, which nobody of it has read. One that was corrected
    is among them only where the practice is not asked about what is right.
    """
    asked, asked_anew = (Ask.objects.filter(decision=OuterRef(what)) for what in ("decision", "corrected_by"))
    read = NewsRead.objects.filter(withdrawal=OuterRef("pk"))
    return Withdrawal.objects.filter(Exists(asked), ~Exists(asked_anew), ~Exists(read), _was_theirs(practice))


def settlements_not_read(practice: int) -> QuerySet[Any]:
    """Settlements of what this practice was asked about, which somebody else wrote and nobody of it has read, while the
    decision is not withdrawn; not of what was disputed by a practice that never was theirs.
    """
    read = NewsRead.objects.filter(settlement=OuterRef("pk"))
    by_others = Settlement.objects.filter(dispute__reply__stands=True).exclude(by__body=practice)
    return by_others.filter(~Exists(read), _was_theirs(practice), dispute__decision__ended_at=None)


def answers_not_so(practice: int) -> QuerySet[Any]:
    """Answers that this practice read and that were taken back since (`taken_back_at`), until it replies again: it has
    perhaps acted on them (H27).
    """
    table = QueryAnswer._meta.db_table  # noqa: SLF001 - Django's own name for it
    back = Correction.objects.filter(table=table, row=OuterRef("pk")).values("recorded_at")[:1]
    read_with = Reply.with_removed.filter(
        ask=OuterRef("reply__ask"), pk__gt=OuterRef("reply"), kind="read", practice=practice, stands=False
    )
    open_now = {"reply__ask__ended_at": None, "reply__ask__decision__ended_at": None}
    taken_back = QueryAnswer.with_removed.filter(Exists(read_with), stands=False, reply__practice=practice, **open_now)
    return taken_back.annotate(taken_back_at=Subquery(back)).filter(taken_back_at__isnull=False)


def settlements_not_read_by_pcn() -> QuerySet[Any]:
    """Settlements by a practice that nobody of the deciding side has read, while the decision is not withdrawn."""
    read = NewsRead.objects.filter(settlement=OuterRef("pk"))
    return settlements_by_practice().filter(~Exists(read), dispute__decision__ended_at=None)


def taken_off_with_practice(practice: int | None = None) -> QuerySet[Any]:
    """Replies that fell because the practice (None: any) never was the person's, with when (`fell_at`)."""
    fell = _taken_off(Correction.objects)
    of_practice = {} if practice is None else {"practice": practice}
    fallen = Reply.with_removed.filter(stands=False, **of_practice)
    return fallen.annotate(fell_at=Subquery(fell.values("recorded_at")[:1])).filter(fell_at__isnull=False)


def taken_off_before() -> QuerySet[Any]:
    """That the reply of the query around fell once because the practice never was the person's, though it stands again
    since: it hangs on the same saying as then.
    """
    return _taken_off(Correction.with_removed)


def _taken_off(corrections: models.Manager[Correction]) -> QuerySet[Any]:
    """Of these corrections those by which the reply of the query around fell with its practice."""
    table = Reply._meta.db_table  # noqa: SLF001 - Django's own name for it
    return corrections.filter(table=table, row=OuterRef("pk"), kind=CorrectionKind.WRONG_PERSON)


def disputes_fallen_not_read() -> QuerySet[Any]:
    """Replies that did not adopt a decision and fell because the practice never was the person's, which nobody of the
    deciding side has read since, while the decision is not withdrawn. What was settled then stays in force meanwhile.
    """
    read = NewsRead.objects.filter(reply=OuterRef("pk"), recorded_at__gte=OuterRef("fell_at"))
    fallen = taken_off_with_practice().filter(kind="do_not_adopt", ask__decision__ended_at=None)
    return fallen.filter(~Exists(read))


def settlements_by_practice() -> QuerySet[Any]:
    """Settlements that a practice wrote about what somebody else had decided."""
    decision = "dispute__decision"
    decided_at_body = Coalesce(f"{decision}__for_whom__body", f"{decision}__by__body")
    by_practice = Settlement.objects.filter(by__body__kind=BodyKind.PRACTICE)
    return by_practice.annotate(decided_at_body=decided_at_body).exclude(by__body=F("decided_at_body"))


def _was_theirs(practice: int) -> Exists:
    """Whether the person was the practice's already when it happened: who came later was never asked about it."""
    until = {"resident": OuterRef("resident"), "recorded_at__lte": OuterRef("recorded_at")}
    return Exists(RegistrationStart.with_removed.filter(practice=practice, **until))
