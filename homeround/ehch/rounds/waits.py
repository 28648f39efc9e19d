"""What waits for somebody about rounds: one left open, a week missed, a person not reached or put forward, a review to
confirm, an outcome without its decision, a decision whose last day comes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncWeek

from homeround.directory.models import CareHome
from homeround.ehch.alignment.models import AlignmentStart
from homeround.ehch.decisions.models import Decision
from homeround.ehch.decisions.models.asking import done_otherwise
from homeround.ehch.decisions.models.deciding import not_withdrawn, with_thread
from homeround.ehch.decisions.waits import still_here
from homeround.ehch.residents.access import home_now, living_stays, still_seen
from homeround.ehch.residents.waits import NOBODY, wait_rows
from homeround.ehch.residents.words import CorrectionKind
from homeround.ehch.rounds.models import MadeInReview, PutForward, Review, ReviewConfirming, Round, in_question
from homeround.ehch.rounds.words import CANCELLED, NOTHING_DECIDED, OUTCOME_WORDS, WITH_DECISION, Asks, Outcome

_OF_A_HOME: dict[str, Any] = {"person": NOBODY, "person_ref": ""}


def held(monday: date | Any) -> QuerySet[Round]:
    """The rounds that count as held: closed with somebody reviewed in it, or open in the week that begins on `monday`.

    Never a cancelled one. One in which everybody was "not reached", or nobody has an outcome, took place for nobody.
    """
    closed = Q(ended_at__isnull=False) & Q(somebody_was_seen())
    return Round.objects.filter(closed | Q(ended_at=None, on__gte=monday)).exclude(ended_how=CANCELLED)


def somebody_was_seen() -> Exists:
    """Whether anybody has an outcome other than "not reached" in the round of the query around."""
    return Exists(Review.objects.seen().filter(round=OuterRef("pk")))


def waits(
    *, homes: list[int], at: datetime, today: date, monday: date, last_monday: date, left_since: datetime
) -> list[Any]:
    """`round_open` for one whose day is over, `round_missed` for a home whose last finished week had none and this week
    has none so far, `not_reached` for whoever was not reached last, `to_confirm` for a review that was typed,
    `decide_again` for an outcome whose decision does not stand, `asked_by_...` for whoever was put forward and has not
    been seen since, `see_again` from the week of the day that a review gave, `decision_ends` from that of a last day;
    `answered_not_theirs` and `answered_in_error` for a review that is in question.
    """
    left = Round.objects.filter(ended_at=None, on__lt=today, home__in=homes).annotate(waits_for=F("leader"))
    return [
        wait_rows(
            left,
            kind="round_open",
            since="recorded_at",
            member=still_here(at, "home"),
            due_on="on",
            whom="leader__user__name",
            **_OF_A_HOME,
        ),
        _missed(homes=homes, today=today, monday=monday, last_monday=last_monday),
        _not_reached(homes=homes),
        _to_confirm(homes=homes, at=at, today=today, left_since=left_since),
        _decide_again(homes=homes, at=at),
        _put_forward(homes=homes),
        _see_again(homes=homes, at=at, monday=monday),
        _decision_ends(homes=homes, at=at, monday=monday),
        _in_question(homes=homes, at=at, today=today, left_since=left_since),
    ]


def _missed(*, homes: list[int], today: date, monday: date, last_monday: date) -> Any:
    """Homes aligned since before the last finished week, without a round in it or since."""
    rounds = held(monday).filter(home=OuterRef("pk")).order_by("-on", "-pk")
    starts = AlignmentStart.objects.filter(home=OuterRef("pk"), from_on__lte=today).order_by("-from_on")
    aligned = starts.filter(from_on__lte=last_monday)
    late = CareHome.objects.filter(
        ~Exists(rounds.filter(on__gte=last_monday)),
        Q(body__closed_on=None) | Q(body__closed_on__gt=today),
        Exists(aligned),
        pk__in=homes,
    ).annotate(
        last_on=Subquery(rounds.values("on")[:1]),
        began=Coalesce(Subquery(rounds.values("recorded_at")[:1]), Subquery(aligned.values("recorded_at")[:1])),
    )
    return wait_rows(
        late,
        kind="round_missed",
        since="began",
        home=Cast("pk", BigIntegerField()),
        due_on=Coalesce(Cast("last_on", CharField()), Value("")),
        ref="body__code",
        **_OF_A_HOME,
    )


def _not_reached(*, homes: list[int]) -> Any:
    """People of these homes whose newest review says that they were not reached."""
    living = living_stays().filter(home=OuterRef("round__home"), resident=OuterRef("resident"))
    later = Review.objects.took_place().filter(
        Q(happened_at__gt=OuterRef("happened_at")) | Q(happened_at=OuterRef("happened_at"), pk__gt=OuterRef("pk")),
        resident=OuterRef("resident"),
    )
    last = Review.objects.took_place().filter(~Exists(later), Exists(living), round__home__in=homes)
    rows = last.filter(outcome=Outcome.NOT_REACHED)
    return wait_rows(rows, kind="not_reached", since="happened_at", home="round__home_id", ref="round__ref")


def _put_forward(*, homes: list[int]) -> Any:
    """Who was put forward for the round of these homes, by on whose behalf."""
    asked = [When(asks=asks.value, then=Value(f"asked_by_{asks.value}")) for asks in Asks]
    rows = PutForward.objects.open().filter(home__in=homes)
    return wait_rows(rows, kind=Case(*asked, output_field=CharField()), since="recorded_at", words="words")


def _see_again(*, homes: list[int], at: datetime, monday: date) -> Any:
    """Who is to be seen again in a week that has begun, until they are: in a round of the home from that week on. The
    words are nobody's: the review's own notes are for clinicians.
    """
    since = Review.objects.seen().filter(
        resident=OuterRef("resident"),
        round__home=OuterRef("round__home"),
        round__on__gte=OuterRef("see_again_week_on"),
        happened_at__gt=OuterRef("happened_at"),
    )
    living = living_stays().filter(home=OuterRef("round__home"), resident=OuterRef("resident"))
    to_see = Review.objects.newest().filter(Exists(living), see_again_week_on__lte=monday, round__home__in=homes)
    return wait_rows(
        to_see.filter(~Exists(since.exclude(round=OuterRef("round")))).annotate(waits_for=F("reviewer")),
        kind="see_again",
        since="recorded_at",
        home="round__home_id",
        member=still_here(at, "round__home"),
        due_on="see_again_on",
        ref="round__ref",
        whom="reviewer__user__name",
    )


def _decision_ends(*, homes: list[int], at: datetime, monday: date) -> Any:
    """What a clinician decided up to a last day, from the week of that day until the person is seen in it or later, or
    a later decision has taken its place. What is in dispute, or was settled otherwise, ends by no day.
    """
    seen = Review.objects.seen().filter(
        resident=OuterRef("resident"),
        round__on__gte=OuterRef("ends_week_on"),
        round__on__gt=OuterRef("in_force_from_on"),
    )
    living = living_stays().filter(home__in=homes).order_by().values("resident")
    later = Decision.objects.filter(not_withdrawn(at), thread=OuterRef("thread_of"), pk__gt=OuterRef("pk"))
    standing = with_thread().filter(
        not_withdrawn(at), ~Exists(later), ~done_otherwise(at), resident__in=living, until_on__isnull=False
    )
    ends = standing.annotate(
        ends_week_on=TruncWeek("until_on", output_field=DateField()),
        seen_to_in=home_now("home"),
        waits_for=Coalesce("for_whom", "by"),
    )
    return wait_rows(
        ends.filter(~Exists(seen), ends_week_on__lte=monday),
        kind="decision_ends",
        since="recorded_at",
        home="seen_to_in",
        member=still_here(at, "seen_to_in"),
        due_on="until_on",
        words="decided",
        whom=Coalesce("for_whom__user__name", "by__user__name"),
    )


def _decide_again(*, homes: list[int], at: datetime) -> Any:
    """Reviews whose outcome says that something was decided while no decision of theirs stands: it was not carried over
    to whom the review is about, or it was withdrawn. Until somebody decides about the person or reviews them anew.

    `whom` is the page to act on: the review while its round is open, afterwards the home's worklist.
    """
    of_it = MadeInReview.objects.filter(
        review__round=OuterRef("round"), review__reviewer=OuterRef("reviewer"), resident=OuterRef("resident")
    )
    stands = of_it.filter(decision__ended_at=None, decision__stands=True)
    since = {"resident": OuterRef("resident"), "recorded_at__gte": OuterRef("recorded_at")}
    decided = Decision.objects.filter(ended_at=None, **since)
    again = Review.objects.seen().filter(~Q(pk=OuterRef("pk")), **since)
    living = living_stays().filter(home=OuterRef("round__home"), resident=OuterRef("resident"))
    rows = Review.objects.newest().took_place().filter(
        ~Exists(stands), ~Exists(decided), ~Exists(again), Exists(living),
        outcome__in=WITH_DECISION, round__home__in=homes,
    ).annotate(waits_for=F("reviewer"))  # fmt: skip
    said = [When(outcome=outcome.value, then=Value(NOTHING_DECIDED.format(outcome=OUTCOME_WORDS[outcome])))
            for outcome in sorted(WITH_DECISION)]  # fmt: skip
    return wait_rows(
        rows,
        kind="decide_again",
        since="recorded_at",
        home="round__home_id",
        member=still_here(at, "round__home"),
        ref="round__ref",
        words=Case(*said, default=Value(""), output_field=TextField()),
        whom=Case(
            When(round__ended_at=None, then=Value("review")), default=Value("worklist"), output_field=TextField()
        ),
    )


def unconfirmed() -> QuerySet[Review]:
    """The newest versions of reviews that were typed for a clinician and that nobody has confirmed."""
    confirmed = ReviewConfirming.objects.filter(review=OuterRef("pk"))
    typed: QuerySet[Review] = Review.objects.newest().filter(~Exists(confirmed), for_whom__isnull=False)
    return typed


def _to_confirm(*, homes: list[int], at: datetime, today: date, left_since: datetime) -> Any:
    """Reviews typed for a clinician who has not confirmed them, nor written over them."""
    seen = unconfirmed().filter(still_seen("round__home", left_since, today), round__home__in=homes)
    rows = seen.annotate(waits_for=F("for_whom"))
    return wait_rows(
        rows,
        kind="to_confirm",
        since="recorded_at",
        home="round__home_id",
        member=still_here(at, "round__home"),
        ref="round__ref",
        whom="for_whom__user__name",
    )


def _in_question(*, homes: list[int], at: datetime, today: date, left_since: datetime) -> Any:
    """Reviews that answered a concern which stands on the person no more, until somebody has looked at what they
    decided. The words are what applies of it, never those of the concern: it was about somebody else.
    """
    in_error = When(off_as=CorrectionKind.IN_ERROR.value, then=Value("answered_in_error"))
    made = MadeInReview.objects.filter(
        review__round=OuterRef("round"),
        review__reviewer=OuterRef("reviewer"),
        resident=OuterRef("resident"),
        decision__ended_at=None,
        decision__isnull=False,
    )
    rows = in_question().filter(still_seen("round__home", left_since, today), round__home__in=homes)
    return wait_rows(
        rows.annotate(waits_for=F("reviewer"), decided=Subquery(made.order_by("-pk").values("decision__decided")[:1])),
        kind=Case(in_error, default=Value("answered_not_theirs"), output_field=CharField()),
        since="off_at",
        home="round__home_id",
        member=still_here(at, "round__home"),
        ref="round__ref",
        words=Coalesce("decided", Value("", output_field=TextField())),
        whom="reviewer__user__name",
    )
