"""What waits for somebody about concerns: to be phoned, to be read, to be answered (REQ-87; H3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from homeround.ehch.alignment.models import pcn_of
from homeround.ehch.deterioration.models import (
    Concern,
    answers_gone,
    answers_taken_back,
    last_call,
    newest_words,
    to_be_phoned,
    whole_readings,
)
from homeround.ehch.deterioration.words import NO_WORDS_YET, NOBODY_PHONED
from homeround.ehch.residents.models import Departure, HandedOver, closing_departures
from homeround.ehch.residents.waits import wait_rows
from homeround.ehch.residents.words import DepartureKind


def waits(*, homes: list[int], today: date, left_since: datetime) -> list[Any]:
    """Each open concern once, by the first thing that is still to be done: `to_be_phoned`; `phoned`, when help was
    called and the PCN has not answered, with who was spoken to; `unread` (also when the home added words after the last
    reading), `unanswered`; and `answer_gone`: answered by a decision that was withdrawn, until it is opened again and
    answered anew; and `handover`: somebody left since `left_since`, to live elsewhere, with a concern that nobody had
    answered, until it is said that it was handed over; `handover_pcn`, the same for the PCN that served the home then
    and now.

    It waits since it was written down: nobody could read it before.
    """
    first = Case(
        When(to_be_phoned(), then=Value("to_be_phoned")),
        When(help_now=True, then=Value("phoned")),
        When(Exists(whole_readings()) | Exists(answers_taken_back()), then=Value("unanswered")),
        default=Value("unread"),
        output_field=CharField(),
    )
    open_now = Concern.objects.open().filter(home__in=homes).annotate(own_words=newest_words(NO_WORDS_YET))
    since = Coalesce("moved_from__recorded_at", "recorded_at")
    return [
        wait_rows(open_now, kind=first, since=since, words="own_words", whom=last_call()),
        wait_rows(
            _answer_gone().filter(home__in=homes).annotate(own_words=newest_words(NO_WORDS_YET)),
            kind="answer_gone",
            since="gone_at",
            words="own_words",
        ),
        *_to_hand_over(homes, today, left_since),
    ]


def _answer_gone() -> Any:
    """Concerns whose only answer is a decision that was withdrawn since: nothing came of them (H34)."""
    gone = answers_gone()
    return (
        Concern.objects.filter(~Exists(closing_departures("concern")), ended_at__isnull=False)
        .annotate(gone_at=Subquery(gone.values("decision__ended_at")[:1]))
        .filter(gone_at__isnull=False)
    )


def _to_hand_over(homes: list[int], today: date, left_since: datetime) -> list[Any]:
    """Departures to live elsewhere that left a concern unanswered, as long as the home and its PCN still see them."""
    unanswered = Concern.objects.filter(
        resident=OuterRef("resident"),
        home=OuterRef("stay__home"),
        ended_at=None,
        recorded_at__lte=OuterRef("recorded_at"),
    )
    left = Departure.objects.filter(
        ~Exists(HandedOver.objects.filter(departure=OuterRef("pk"))),
        Exists(unanswered),
        kind__in=(DepartureKind.MOVED_HOME.value, DepartureKind.LEFT.value),
        stay__home__in=homes,
        recorded_at__gt=left_since,
    )
    urgent = Case(When(to_be_phoned(), then=Value(0)), default=Value(1))
    spoken = unanswered.annotate(urgent=urgent, newest=newest_words(NO_WORDS_YET))
    mark = Value(f"{NOBODY_PHONED} ", output_field=TextField())
    with_mark = Concat(mark, "newest", output_field=TextField())
    marked = Case(When(urgent=0, then=with_mark), default="newest", output_field=TextField())
    first = spoken.annotate(own_words=marked).order_by("urgent", "pk").values("own_words")[:1]
    columns = {"since": "recorded_at", "home": "stay__home_id", "ref": "resident__ref", "words": "own_words"}
    rows = left.annotate(own_words=Subquery(first))
    then, now = pcn_of("stay__home", OuterRef("left_on")), pcn_of("stay__home", today)
    for_pcn = rows.annotate(pcn_then=then, pcn_now=now).filter(pcn_then=F("pcn_now"))
    return [
        wait_rows(rows, kind="handover", **columns),
        wait_rows(for_pcn, kind="handover_pcn", body="pcn_now", **columns),
    ]
