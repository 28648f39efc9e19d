"""What is kept about concerns."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from homeround.accounts.models import Written
from homeround.directory.models import CareHome
from homeround.ehch.residents.models import AboutResident, closing_departures
from homeround.kernel.record.refs import new_ref


class Concern(AboutResident):
    """What somebody noticed, in their own words (REQ-87). `help_now`: to be phoned until a `Call` says who was spoken
    to.

    Ends with a `ConcernAnswer`: an answer, or the review of a round. One that was first written about somebody else has
    `moved_from`: the row that no longer stands. `for_whom` is then who wrote it first, `by` who moved it (H1).
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    help_now = models.BooleanField()
    words = models.TextField()
    moved_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="deterioration_concern_says_what"),
            models.UniqueConstraint(
                fields=("moved_from",), condition=Q(stands=True), name="deterioration_concern_moved_once"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=("home", "resident"),
                condition=Q(ended_at=None, stands=True),
                name="deterioration_open_concerns",
            ),
            models.Index(fields=("resident", "happened_at"), name="deterioration_concerns_of"),
        ]


class Call(AboutResident):
    """Who was spoken to about a concern, on whose word, and what they said; also when nobody answered."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=120)
    spoke_to = models.CharField(max_length=120, blank=True, default="")
    words = models.TextField(blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("concern", "happened_at"), name="deterioration_calls_about")
        ]


class ReadBy(AboutResident):
    """Somebody at the PCN has read a concern, and is named to whoever raised it. Reading is not an answer."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("concern", "by"), condition=Q(stands=True), name="deterioration_read_once_each"
            ),
        ]


class ConcernAnswer(AboutResident):
    """What came of a concern."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("concern",), condition=Q(stands=True), name="deterioration_answered_once"),
        ]


def to_be_phoned() -> Any:
    """Concerns that need help now about which nobody wrote down who was spoken to."""
    spoken = Call.objects.filter(concern=OuterRef("pk"), stands=True).exclude(spoke_to="")
    return Q(help_now=True) & ~Exists(spoken)


def waiting() -> QuerySet[Concern]:
    """Standing concerns that nothing ended: no answer, no review, no later departure from that home, no death."""
    return Concern.objects.filter(~Exists(closing_departures("concern")), stands=True, ended_at=None)
