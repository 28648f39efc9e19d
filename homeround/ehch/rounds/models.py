"""What is kept about home rounds."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from homeround.accounts.models import Membership, Written
from homeround.directory.models import CareHome
from homeround.ehch.decisions.models import Decision, FollowUp
from homeround.ehch.residents.models import AboutResident
from homeround.kernel.record.refs import new_ref


class RoundMode(models.TextChoices):
    """How a round is held (REQ-45)."""

    IN_PERSON = "in_person", "in person"
    VIDEO = "video", "by video link"
    MIXED = "mixed", "some in person, some by video"


class Round(Written):
    """A home round, open until its `RoundClosing` (REQ-33). One is open in a home at a time.

    `medical_input` says who gave GP or geriatrician input and how; without it, `no_medical_input_because` says why not.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    mode = models.CharField(max_length=10)
    leader = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    home_representative = models.CharField(max_length=120)
    medical_input = models.CharField(max_length=200, blank=True, default="")
    no_medical_input_because = models.CharField(max_length=200, blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("home",), condition=Q(ended_at=None, stands=True), name="rounds_one_open_in_a_home"
            ),
            models.CheckConstraint(
                condition=~Q(medical_input="") | ~Q(no_medical_input_because=""),
                name="rounds_medical_input_or_why_none",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("home", "on"), name="rounds_of_a_home")]


class With(models.TextChoices):
    """How the clinician was with the person, if at all (REQ-42)."""

    IN_PERSON = "in_person", "in person"
    VIDEO = "video", "by video"
    PHONE = "phone", "by phone"
    NOT_WITH = "not_with", "not with them"


class Outcome(models.TextChoices):
    """What came of a review (REQ-62). *Not reached* is no review: the person carries over."""

    NO_CHANGE = "no_change", "No change"
    CLINICAL_INPUT = "clinical_input", "Clinical input"
    REFERRAL = "referral", "Referral"
    PLAN_KEPT = "plan_kept", "Plan kept"
    PLAN_CHANGED = "plan_changed", "Plan changed"
    MEDICINE_CHANGED = "medicine_changed", "Medicine changed"
    OTHER = "other", "Other"
    NOT_REACHED = "not_reached", "Not reached"


class Review(AboutResident):
    """A version of one person's review in a round. A later version `supersedes` the one it was written over."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10)
    outcome = models.CharField(max_length=18)
    notes = models.TextField(blank=True, default="")
    wanted = models.TextField(blank=True, default="")
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("supersedes",), condition=Q(stands=True), name="rounds_review_one_next"),
            models.UniqueConstraint(
                fields=("round", "resident"),
                condition=Q(supersedes=None, stands=True),
                name="rounds_review_one_first",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("resident", "happened_at"), name="rounds_reviews_of")]


class Made(AboutResident):
    """A decision or follow-up made in a round's review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    follow_up = models.ForeignKey(FollowUp, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decision__isnull=False, follow_up=None) | Q(decision=None, follow_up__isnull=False),
                name="rounds_made_one_thing",
            ),
        ]


class RoundClosing(Written):
    """A round closed: when, by whom, and what to tell the home in a line."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("round",), condition=Q(stands=True), name="rounds_closed_once"),
        ]
