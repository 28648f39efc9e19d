"""The base of every row of the record: written once, ended at most once, never deleted.

What was removed by a correction stays in its table and does not stand any more. `Model.objects` starts from what
stands; `Model.with_removed` is spelt out where rows that no longer stand are wanted too (the timeline's "an entry was
removed", the correction itself). Foreign keys lead to any row.

The database itself refuses DELETE and every change but two: an end that is filled once (`ended_at`, `ended_how` and
whoever ended it, together), and `stands`, which only a correction turns (see kernel/record/corrections.py,
kernel/audit/triggers.py). Who wrote a row and whom it is about are added by higher layers: the kernel knows neither
people nor places.
"""

from enum import StrEnum
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

Row = TypeVar("Row", bound=models.Model)


class Retention(StrEnum):
    """How long a row is kept, by class; the years of each class are in docs/ig. Nothing is disposed of by a program."""

    CARE_RECORD = "care record"
    SERVICE_RECORD = "service record"
    ACCESS_RECORD = "access record"


def retained_as(retention: Retention) -> "models.CharField[str, str]":
    """The `retention` column; a table that is no care record states its own:

    `retention = retained_as(Retention.SERVICE_RECORD)`.
    """
    return models.CharField(max_length=32, default=retention.value)


END_IS_TOLD = models.CheckConstraint(
    name="%(app_label)s_%(class)s_end_is_told",
    condition=Q(ended_at__isnull=True, ended_how="") | (Q(ended_at__isnull=False) & ~Q(ended_how="")),
)
"""Ended without saying how, or how without when, is refused. A subclass with constraints of its own repeats it:
`class Meta(Kept.Meta): constraints = [*Kept.Meta.constraints, ...]`."""


class KeptRows(QuerySet[Row]):
    """The named sets that every kept table has; a table adds its own (`late`, `in_force`) in a subclass:

    `objects: ClassVar = Standing.from_queryset(FollowUps)()`.
    """

    def open(self) -> Self:
        """Rows that nothing has ended."""
        return self.filter(ended_at=None)


_ManagerOfKeptRows = models.Manager.from_queryset(KeptRows)


class Standing(_ManagerOfKeptRows[Row]):
    """A manager that starts from the rows that stand."""

    def get_queryset(self) -> QuerySet[Row]:
        return super().get_queryset().filter(stands=True)


class Kept(models.Model):
    """One entry of the record. `happened_at`: when it happened; `recorded_at`: when it was written down (the action's
    `at=`); all in UTC.
    """

    stands = models.BooleanField(default=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=64, blank=True, default="")
    retention = retained_as(Retention.CARE_RECORD)

    objects: ClassVar[Standing[Self]] = Standing()
    with_removed: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [END_IS_TOLD]
