"""What is kept about cover: alignment, clinical lead, MDT and hours."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from homeround.accounts.models import Membership, Written
from homeround.directory.models import Body, CareHome, Pcn
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.kept import Retention, retained_as


class AlignmentStart(Written):
    """From `from_on`, `home` is aligned to `pcn`; no PCN means that from then it is aligned to none (REQ-01)."""

    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    pcn = models.ForeignKey(Pcn, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    agreed_with = models.CharField(max_length=200)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("home", "from_on"), condition=Q(stands=True), name="alignment_one_start_a_day"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("pcn", "from_on"), name="alignment_by_pcn")]


class LeadStart(Written):
    """From `from_on`, `lead` is the home's clinical lead; nobody means a gap (REQ-16).

    A lead who is not a GP needs the exception and the evidence of skills in words (REQ-17).
    """

    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    exception_because = models.CharField(max_length=400, blank=True, default="")
    skills_evidence = models.CharField(max_length=400, blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("home", "from_on"), condition=Q(stands=True), name="alignment_one_lead_start_a_day"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("lead", "from_on"), name="alignment_lead_of")]


class StartTakenBack(Written):
    """Why a start of cover stands no more: it was entered in error. The only event that turns `stands` of one."""

    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    because = models.CharField(max_length=300)

    retention = retained_as(Retention.SERVICE_RECORD)

    class Meta(Written.Meta):
        abstract = False
        indexes: ClassVar[list[Any]] = [models.Index(fields=("table", "row"), name="alignment_taken_back")]


def taken_back_of(model: type[Written]) -> QuerySet[StartTakenBack]:
    """That the start of the query around, a row of `model`, was taken back."""
    table = model._meta.db_table  # noqa: SLF001 - Django's own name for it
    return StartTakenBack.objects.filter(table=table, row=OuterRef("pk"))


class MdtPlace(Written):
    """Somebody's place on a home's MDT, until it ends. Home staff are core by default (REQ-58)."""

    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    core = models.BooleanField(default=False)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("home", "member"),
                condition=Q(ended_at=None, stands=True),
                name="alignment_one_place_on_an_mdt",
            ),
        ]


class HoursStart(Written):
    """From `from_on`, when somebody in `role` at `body` is at work, and the numbers in and out of those hours.

    `week` is a list of `[weekday 0-6, "HH:MM", "HH:MM"]` in London time; an empty role means the body as a whole.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, blank=True, default="")
    from_on = models.DateField()
    week = models.JSONField(default=list)
    works_bank_holidays = models.BooleanField(default=False)
    phone = models.CharField(max_length=30)
    otherwise = models.CharField(max_length=120)
    otherwise_phone = models.CharField(max_length=30)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("body", "role", "from_on"), condition=Q(stands=True), name="alignment_one_hours_start_a_day"
            ),
        ]


def pcn_of(home: str | OuterRef, on: date | Any, what: str = "pcn") -> Subquery:
    """The PCN (or another column of it) that the home named by the column `home` is aligned to on a day; an `OuterRef`
    names a column one query further out.
    """
    starts = AlignmentStart.objects.filter(home=OuterRef(home), from_on__lte=on)
    return Subquery(starts.order_by("-from_on").values(what)[:1])


def lead_of(home: str, at: datetime, what: str = "lead") -> Subquery:
    """The clinical lead's membership (or another column of it) of the home named by the column `home`.

    None while nobody leads: also when whoever was named has no open membership any more, or one of another PCN
    (REQ-16).
    """
    on = london_date(at)
    starts = LeadStart.objects.filter(home=OuterRef(home), from_on__lte=on)
    counts = Exists(Membership.objects.in_force(at).filter(pk=OuterRef("lead"), body=OuterRef("pcn_now")))
    newest = starts.annotate(pcn_now=pcn_of("home", on)).order_by("-from_on")
    return Subquery(newest.values(held=Case(When(counts, then=F(what)), default=None))[:1])
