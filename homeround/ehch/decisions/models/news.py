"""What a registered practice has not read yet of what others made of decisions it was asked about (REQ-20; H27).

Withdrawn, or settled by somebody else: the practice may have acted on what it knew. A correction is no news of its own:
the practice is asked about what is right.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from homeround.accounts.models import Written
from homeround.ehch.decisions.models.asking import Ask, Settlement
from homeround.ehch.decisions.models.deciding import Withdrawal
from homeround.ehch.residents.models import AboutResident


class NewsRead(AboutResident):
    """A clinician of the registered practice has read what others made of a decision that it was asked about: that it
    was withdrawn, or how the dispute was settled. Until then it stands on the practice's first page (REQ-20; H27).
    """

    withdrawal = models.ForeignKey(Withdrawal, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settlement = models.ForeignKey(Settlement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

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
                condition=Q(withdrawal=None, settlement__isnull=False) | Q(withdrawal__isnull=False, settlement=None),
                name="decisions_news_is_one_thing",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("resident",), name="decisions_news_read_about")]


def withdrawals_not_read() -> QuerySet[Any]:
    """Withdrawals of decisions that a practice was asked about, which nobody of it has read."""
    asked = Ask.objects.filter(decision=OuterRef("decision"))
    read = NewsRead.objects.filter(withdrawal=OuterRef("pk"))
    return Withdrawal.objects.filter(Exists(asked), ~Exists(read), corrected_by=None)


def settlements_not_read() -> QuerySet[Any]:
    """Settlements that no practice wrote itself and that nobody of the practice has read, while the decision is not
    withdrawn.
    """
    read = NewsRead.objects.filter(settlement=OuterRef("pk"))
    by_others = Settlement.objects.exclude(by__body__kind="practice")
    return by_others.filter(~Exists(read), dispute__decision__ended_at=None)
