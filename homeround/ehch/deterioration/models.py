"""What is kept about concerns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf
from django.db.models.lookups import Exact

from homeround.accounts.models import Written
from homeround.directory.models import CareHome
from homeround.ehch.decisions.models import Decision
from homeround.ehch.decisions.words import NOT_MEANT
from homeround.ehch.deterioration.words import FIRST, IN_ERROR, AnswerKind, Phone, State
from homeround.ehch.residents.models import AboutResident, Correction, closing_departures
from homeround.kernel.record.columns import as_text
from homeround.kernel.record.kept import KeptRows, Standing
from homeround.kernel.record.refs import new_ref

CONCERNS = "deterioration_concern"
"""The table that a correction of a concern names."""


class Concerns(KeptRows["Concern"]):
    """The named sets of concerns."""

    def open(self) -> Self:
        """Concerns that nothing closed: no answer, no review, no later departure from that home, no death."""
        return super().open().filter(~Exists(closing_departures("concern")))

    def waiting(self) -> Self:
        """Open concerns, and those whose only answer is a decision that was taken back since: nothing came of them."""
        return self.filter(Q(ended_at=None) | Exists(answers_gone()), ~Exists(closing_departures("concern")))

    def unread(self) -> Self:
        """Concerns that nobody at the PCN has read to the end, with all that the home has added."""
        return self.filter(~Exists(whole_readings()), ~Exists(answers_taken_back()))

    def to_be_phoned(self) -> Self:
        """Concerns that need help now about which nobody wrote down who was spoken to."""
        return self.filter(to_be_phoned())


class Concern(AboutResident):
    """What somebody noticed, in their own words (REQ-87). `help_now`: to be phoned until a `Call` says who was spoken
    to; then the words may follow in `AddedWords`.

    Ends with a `ConcernAnswer`: an answer, or the review of a round. One that was first written about somebody else has
    `moved_from`: the row that no longer stands. `for_whom` is then who wrote it first, `by` who moved it (H1).
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    help_now = models.BooleanField()
    words = models.TextField(blank=True, default="")
    moved_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = Standing.from_queryset(Concerns)()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words="") | Q(help_now=True), name="deterioration_concern_says_what"),
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
            models.Index(fields=("resident",), condition=Q(stands=False), name="deterioration_taken_off"),
        ]


class AddedWords(AboutResident):
    """What somebody added to a concern after it was raised: the words that followed "Yes, now", or what came later.

    `to_be_read`: written by the home, so whoever read the concern before has not read it all. The PCN's own are not.
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    to_be_read = models.BooleanField(default=True)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="deterioration_added_says_what"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("concern",), name="deterioration_added_to")]


class Call(AboutResident):
    """Who was spoken to about a concern, on whose word, and what they said; also when nobody answered."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
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
    """Somebody at the PCN has read a concern, and is named to whoever raised it. Reading is not an answer.

    `read_to` is the number of the last words that had been added when they opened the page (0: none). Words added later
    are not read by it (H3).
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    read_to = models.BigIntegerField(default=0)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("concern", "by", "read_to"), condition=Q(stands=True), name="deterioration_read_once_each"
            ),
        ]


class ConcernAnswer(AboutResident):
    """What came of a concern: in words of its own, or the review of a round, with the decision it made if it made one.

    An answer by review copies no words: what applies now is read where it stands, in decisions.
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, default=AnswerKind.IN_WORDS.value)
    words = models.TextField(blank=True, default="")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("concern",), condition=Q(stands=True), name="deterioration_answered_once"),
            models.CheckConstraint(
                condition=Q(kind=AnswerKind.IN_WORDS.value) & ~Q(words="")
                | Q(kind=AnswerKind.BY_REVIEW.value, words=""),
                name="deterioration_answer_says_what",
            ),
        ]


def to_be_phoned() -> Any:
    """Concerns that need help now about which nobody wrote down who was spoken to."""
    spoken = Call.objects.filter(concern=OuterRef("pk")).exclude(spoke_to="")
    return Q(help_now=True) & ~Exists(spoken)


def last_call() -> Coalesce:
    """Who was spoken to last about the concern of the query around and what they said; empty when nobody was."""
    spoken = Call.objects.filter(concern=OuterRef("pk")).exclude(spoke_to="").order_by("-happened_at", "-pk")
    advice = Case(
        When(words="", then=as_text("")), default=Concat(as_text(": "), "words"), output_field=models.TextField()
    )
    said = Concat(
        as_text("called "), "service", as_text(", spoke to "), "spoke_to", advice, output_field=models.TextField()
    )
    return Coalesce(Subquery(spoken.annotate(call=said).values("call")[:1]), as_text(""))


def whole_readings() -> QuerySet[ReadBy]:
    """The readings of the concern of the query around that left out nothing the home had written until now."""
    return ReadBy.objects.filter(~Exists(added_after_reading()), concern=OuterRef("pk"))


def added_after_reading() -> QuerySet[AddedWords]:
    """What the home added to a concern after the reading of the query around."""
    return AddedWords.objects.filter(concern=OuterRef("concern"), to_be_read=True, pk__gt=OuterRef("read_to"))


def unread_words_since() -> Subquery:
    """When the home first added words that no reading of the concern covers; NULL where nobody has read it at all."""
    furthest = ReadBy.objects.filter(concern=OuterRef(OuterRef("pk"))).order_by("-read_to").values("read_to")[:1]
    later = AddedWords.objects.filter(concern=OuterRef("pk"), to_be_read=True, pk__gt=Subquery(furthest))
    return Subquery(later.order_by("pk").values("recorded_at")[:1])


def words_now(otherwise: str = "") -> Coalesce:
    """What was noticed: its own words, else the first that followed, else `otherwise`."""
    added = AddedWords.objects.filter(concern=OuterRef("pk")).order_by("recorded_at", "pk")
    own, first_added = NullIf("words", Value("")), Subquery(added.values("words")[:1])
    return Coalesce(own, first_added, Value(otherwise), output_field=models.TextField())


def newest_words(otherwise: str = "") -> Case:
    """What was noticed last, then what was noticed first (`FIRST` between them); the same as `words_now` when nothing
    was added. For lines that tell somebody what to do: nobody acts on the first words alone.
    """
    added = AddedWords.objects.filter(concern=OuterRef("pk"))
    last = Subquery(added.order_by("-recorded_at", "-pk").values("words")[:1])
    first = words_now(otherwise)
    nothing_added = Exact(Coalesce(last, first), first)
    both = Concat(last, as_text(FIRST), first)
    return Case(When(nothing_added, then=first), default=both, output_field=models.TextField())


def closed_how() -> Subquery:
    """How the person left when a departure closed the concern of the query around it; NULL when none did."""
    return Subquery(closing_departures("concern").order_by("recorded_at", "pk").values("kind")[:1])


def answers_gone() -> QuerySet[ConcernAnswer]:
    """The answers of the concern of the query around it that are a decision which was taken back since (H34)."""
    return ConcernAnswer.objects.filter(concern=OuterRef("pk"), decision__ended_how__in=NOT_MEANT)


def answers_taken_back() -> QuerySet[Any]:
    """The answers of the concern of the query around it that were taken back, where the home has added no words since:
    whoever gave them had read it to the end.
    """
    added = AddedWords.objects.filter(
        concern=OuterRef("concern"), to_be_read=True, recorded_at__gt=OuterRef("recorded_at")
    )
    answers: QuerySet[Any] = ConcernAnswer.with_removed.filter(~Exists(added), concern=OuterRef("pk"), stands=False)
    return answers


def state_now() -> Case:
    """`rules.state_of` in SQL, over concerns with `closed_how`: the code of a `State`. A test compares the two."""
    return Case(
        When(stands=False, then=Value(State.REMOVED.value)),
        When(Q(ended_at__isnull=False) & ~Exists(answers_gone()), then=Value(State.ANSWERED.value)),
        When(closed_how="died", then=Value(State.OPEN_WHEN_THEY_DIED.value)),
        When(closed_how__isnull=False, then=Value(State.OPEN_WHEN_THEY_LEFT.value)),
        When(ended_at__isnull=False, then=Value(State.ANSWER_GONE.value)),
        When(Exists(answers_taken_back()), then=Value(State.OPENED_AGAIN.value)),
        When(Exists(whole_readings()), then=Value(State.READ.value)),
        default=Value(State.UNREAD.value),
        output_field=CharField(),
    )


def phone_now() -> Case:
    """`rules.phone_of` in SQL: the code of a `Phone`."""
    return Case(
        When(help_now=False, then=Value(Phone.NOT_NEEDED.value)),
        When(to_be_phoned(), then=Value(Phone.TO_BE_PHONED.value)),
        default=Value(Phone.SPOKEN.value),
        output_field=CharField(),
    )


def answers_not_opened_again() -> QuerySet[Any]:
    """Answers that nobody took back, also those of concerns that were moved to somebody else or removed: with the
    concern they come back.
    """
    table = ConcernAnswer._meta.db_table  # noqa: SLF001 - Django's own name for it
    taken_back = Correction.objects.filter(table=table, row=OuterRef("pk"), kind=IN_ERROR)
    answers: QuerySet[Any] = ConcernAnswer.with_removed.filter(~Exists(taken_back))
    return answers


def moved_about(concern: int) -> list[Concern]:
    """Every row of one concern, however often it was moved between people, to and fro: the first, then those that came
    of it, each with its person. A statement for each move.
    """
    rows = Concern.with_removed.select_related("resident")
    first = rows.get(pk=concern)
    while first.moved_from_id:
        first = rows.get(pk=first.moved_from_id)
    found, newest = [first], [first]
    while newest:
        newest = list(rows.filter(moved_from__in=newest).order_by("pk"))
        found += newest
    return found


def answers_by_reviews(home: int, reviews: Collection[tuple[int, datetime]]) -> list[ConcernAnswer]:
    """The answers in a home that are these reviews, also to concerns that were moved or removed since: the person's row
    and when it was written, of each version. One statement; none where there are no reviews.
    """
    if not reviews:
        return []
    written_at = {at for _, at in reviews}
    rows = (
        answers_not_opened_again()
        .filter(concern__home=home, kind=AnswerKind.BY_REVIEW.value, recorded_at__in=written_at)
        .order_by("pk")
    )
    return [row for row in rows if (row.resident_id, row.recorded_at) in reviews]


def reviews_of_concerns_taken_off() -> QuerySet[Any]:
    """The reviews of rounds that answered a concern which stands on that person no more, as answers with `answerer`,
    `off_as` (it was about somebody else, or raised in error) and `off_at`, since when (H1). However it was opened again
    before: what such a review decided rests on the concern.
    """
    off = Correction.objects.filter(table=CONCERNS, row=OuterRef("concern")).order_by("-pk")
    answers: QuerySet[Any] = ConcernAnswer.with_removed.filter(kind=AnswerKind.BY_REVIEW.value, concern__stands=False)
    found: QuerySet[Any] = answers.annotate(
        answerer=Coalesce("for_whom", "by"),
        off_as=Subquery(off.values("kind")[:1]),
        off_at=Subquery(off.values("recorded_at")[:1]),
    )
    return found


def people_of_concerns_taken_off() -> QuerySet[Any]:
    """The people on whom a concern stood that was about somebody else, or raised in error: few, found by an index."""
    people: QuerySet[Any] = Concern.with_removed.filter(stands=False).order_by().values("resident")
    return people
