"""What waits for somebody about concerns: to be phoned, to be read, to be answered (REQ-87; H3)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Exists, Subquery, Value, When
from django.db.models.functions import Coalesce

from homeround.ehch.deterioration.models import (
    Concern,
    answers_gone,
    last_call,
    newest_words,
    to_be_phoned,
    whole_readings,
)
from homeround.ehch.deterioration.words import NO_WORDS_YET
from homeround.ehch.residents.models import closing_departures
from homeround.ehch.residents.waits import wait_rows


def waits(*, homes: list[int]) -> list[Any]:
    """Each open concern once, by the first thing that is still to be done: `to_be_phoned`; `phoned`, when help was
    called and the PCN has not answered, with who was spoken to; `unread` (also when the home added words after the last
    reading), `unanswered`; and `answer_gone`: answered by a decision that was withdrawn, until it is opened again and
    answered anew.

    It waits since it was written down: nobody could read it before.
    """
    first = Case(
        When(to_be_phoned(), then=Value("to_be_phoned")),
        When(help_now=True, then=Value("phoned")),
        When(Exists(whole_readings()), then=Value("unanswered")),
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
    ]


def _answer_gone() -> Any:
    """Concerns whose only answer is a decision that was withdrawn since: nothing came of them (H34)."""
    gone = answers_gone()
    return (
        Concern.objects.filter(~Exists(closing_departures("concern")), ended_at__isnull=False)
        .annotate(gone_at=Subquery(gone.values("decision__ended_at")[:1]))
        .filter(gone_at__isnull=False)
    )
