"""What is kept about home rounds."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from homeround.accounts.models import Membership, Written
from homeround.directory.models import CareHome
from homeround.ehch.decisions.models import Decision, FollowUp
from homeround.ehch.deterioration.models import people_of_concerns_taken_off, reviews_of_concerns_taken_off
from homeround.ehch.residents.models import AboutResident, closing_departures, over_at
from homeround.ehch.rounds.words import CANCELLED, WITHOUT_SEEING
from homeround.kernel.record.kept import KeptRows, Standing
from homeround.kernel.record.refs import new_ref


class Round(Written):
    """A home round, open until its `RoundClosing` or `RoundCancelling` (REQ-33). One is open in a home on a day.

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
                fields=("home", "on"), condition=Q(ended_at=None, stands=True), name="rounds_one_open_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(medical_input="") | ~Q(no_medical_input_because=""),
                name="rounds_medical_input_or_why_none",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("home", "on"), name="rounds_of_a_home")]


class Reviews(KeptRows["Review"]):
    """The named sets of reviews."""

    def newest(self) -> Self:
        """The versions that nothing supersedes: an earlier one says nothing any more."""
        return self.filter(~Exists(Review.objects.filter(supersedes=OuterRef("pk"))))

    def took_place(self) -> Self:
        """Those of rounds that were not cancelled: a round that did not take place has seen nobody."""
        return self.exclude(round__ended_how=CANCELLED)

    def seen(self) -> Self:
        """Those that hold now and in which the person was seen: none that says "not reached" since, nor one of a round
        that was cancelled.
        """
        return self.newest().took_place().exclude(outcome__in=[outcome.value for outcome in WITHOUT_SEEING])


class Review(AboutResident):
    """A version of what one clinician found about one person in a round, and who answers for it: the `reviewer`.

    A later version `supersedes` the one it was written over. Two clinicians each keep their own. `how` is empty where
    the person was not reached. `see_again_on`: the clinician wants them seen again on or about that day, in a round
    from the Monday `see_again_week_on` on. One that was first written about somebody else has `moved_from` (H1).
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, blank=True, default="")
    outcome = models.CharField(max_length=18)
    notes = models.TextField(blank=True, default="")
    wanted = models.TextField(blank=True, default="")
    see_again_on = models.DateField(null=True, blank=True)
    see_again_week_on = models.DateField(null=True, blank=True)
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moved_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = Standing.from_queryset(Reviews)()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("supersedes",), condition=Q(stands=True), name="rounds_review_one_next"),
            models.UniqueConstraint(
                fields=("round", "resident", "reviewer"),
                condition=Q(supersedes=None, stands=True),
                name="rounds_review_one_first",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("resident", "happened_at"), name="rounds_reviews_of"),
            models.Index(
                fields=("see_again_week_on",),
                condition=Q(see_again_week_on__isnull=False, stands=True),
                name="rounds_see_again",
            ),
        ]


def reviews_since() -> QuerySet[Review]:
    """The reviews in which the person of the row around it was seen, in the same home, since the row happened."""
    reviews: QuerySet[Review] = Review.objects.seen().filter(
        resident=OuterRef("resident"), round__home=OuterRef("home"), happened_at__gt=OuterRef("happened_at")
    )
    return reviews


class PutForwards(KeptRows["PutForward"]):
    """The named sets of those who were put forward."""

    def open(self) -> Self:
        """Still to be seen: not seen in a round since, not needed no more, neither left nor died."""
        return super().open().filter(~Exists(closing_departures("put_forward")), ~Exists(reviews_since()))


class PutForward(AboutResident):
    """Somebody asks that a person be seen in the round, in their own words (REQ-36). `asks`: on whose behalf.

    Open until the person is seen in a round of the home, somebody says why it is needed no more (`NotNeeded`), or they
    leave. One that was first written about somebody else has `moved_from`; `for_whom` is then who wrote it (H1).
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    asks = models.CharField(max_length=10)
    words = models.TextField()
    moved_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = Standing.from_queryset(PutForwards)()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="rounds_put_forward_says_why"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("home",), condition=Q(ended_at=None, stands=True), name="rounds_put_forward_open"),
            models.Index(fields=("resident",), name="rounds_put_forward_of"),
        ]


class NotNeeded(AboutResident):
    """Why somebody who was put forward need not be seen any more, or was put forward by mistake."""

    put_forward = models.ForeignKey(PutForward, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(because=""), name="rounds_not_needed_says_why"),
            models.UniqueConstraint(fields=("put_forward",), condition=Q(stands=True), name="rounds_not_needed_once"),
        ]


def put_forward_over() -> Coalesce:
    """When the row around it was over: ended, closed by a departure, or seen in a round; NULL while it is open."""
    seen = reviews_since().order_by("happened_at", "pk")
    return Coalesce(over_at("put_forward"), Subquery(seen.values("happened_at")[:1]))


class MadeInReview(AboutResident):
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


class RoundCancelling(Written):
    """A round that was opened wrongly or does not take place, and why; what was written in it stays listed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(because=""), name="rounds_cancelling_says_why"),
            models.UniqueConstraint(fields=("round",), condition=Q(stands=True), name="rounds_cancelled_once"),
        ]


class CancellingTakenBack(Written):
    """A round that was cancelled by mistake is open again, on its own day, with what was written in it; and why."""

    cancelling = models.ForeignKey(RoundCancelling, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(because=""), name="rounds_cancelling_back_says_why"),
            models.UniqueConstraint(
                fields=("cancelling",), condition=Q(stands=True), name="rounds_cancelling_back_once"
            ),
        ]


class RoundAmendment(Written):
    """What somebody adds to a closed round: shown with it, with time and author. What it said before stays."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="rounds_amendment_says_what"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("round", "recorded_at"), name="rounds_amendments_of")]


class ReviewConfirming(AboutResident):
    """The clinician for whom a review was typed says that it is what they found (REQ-20; H38)."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("review",), condition=Q(stands=True), name="rounds_review_confirmed_once"),
        ]


class ReviewHolds(AboutResident):
    """A clinician says that a review holds for the person, although a concern that it answered was about somebody else
    or was raised in error (H1).
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False


def in_question() -> QuerySet[Any]:
    """The newest versions of reviews that answered a concern which stands on the person no more: each with `off_as`,
    why not, and `off_at`, since when (H1, H34).

    Until a clinician says that the review holds, or takes back or corrects all that it decided; one that is moved, was
    not reached after all, or whose round was cancelled, says nothing about the person any more.
    """
    outer = {name: OuterRef(OuterRef(name)) for name in ("round", "resident", "reviewer")}
    written_at = Review.objects.filter(**outer).order_by().values("recorded_at")
    answers = reviews_of_concerns_taken_off().filter(
        resident=OuterRef("resident"), answerer=OuterRef("reviewer"), recorded_at__in=written_at
    )
    last = answers.order_by("-off_at", "-pk")
    of_it = {"review__round": OuterRef("round"), "review__reviewer": OuterRef("reviewer")}
    made = MadeInReview.objects.filter(**of_it, resident=OuterRef("resident"), decision__isnull=False)
    is_taken_back = Exists(made.filter(decision__ended_at__gte=OuterRef("off_at"))) & ~Exists(
        made.filter(decision__ended_at=None)
    )
    said = ReviewHolds.objects.filter(**of_it, resident=OuterRef("resident"), recorded_at__gte=OuterRef("off_at"))
    reviews = Review.objects.seen().filter(resident__in=people_of_concerns_taken_off())
    found: QuerySet[Any] = (
        reviews.annotate(off_as=Subquery(last.values("off_as")[:1]), off_at=Subquery(last.values("off_at")[:1]))
        .filter(off_at__isnull=False)
        .filter(~Exists(said), ~is_taken_back)
    )
    return found


def decisions_in_question() -> QuerySet[Any]:
    """What reviews decided that are in question, with `off_as` as there."""
    reviews = in_question().filter(
        round=OuterRef("review__round"), reviewer=OuterRef("review__reviewer"), resident=OuterRef("resident")
    )
    made: QuerySet[Any] = MadeInReview.objects.filter(
        decision__isnull=False, resident__in=people_of_concerns_taken_off()
    )
    found: QuerySet[Any] = made.annotate(off_as=Subquery(reviews.values("off_as")[:1])).filter(off_as__isnull=False)
    return found
