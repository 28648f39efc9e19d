"""What waits for somebody about concerns: to be phoned, to be read, to be answered (REQ-87; H3)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Value, When
from django.db.models.functions import Coalesce

from homeround.ehch.deterioration.models import Concern, ReadBy, to_be_phoned, words_now
from homeround.ehch.deterioration.words import NO_WORDS_YET
from homeround.ehch.residents.waits import wait_rows


def waits(*, homes: list[int]) -> list[Any]:
    """Each open concern once, by the first thing that is still to be done: `to_be_phoned`, `unread`, `unanswered`.

    It waits since it was written down: nobody could read it before.
    """
    first = Case(
        When(to_be_phoned(), then=Value("to_be_phoned")),
        When(Exists(ReadBy.objects.filter(concern=OuterRef("pk"))), then=Value("unanswered")),
        default=Value("unread"),
        output_field=CharField(),
    )
    open_now = Concern.objects.open().filter(home__in=homes).annotate(own_words=words_now(NO_WORDS_YET))
    since = Coalesce("moved_from__recorded_at", "recorded_at")
    return [wait_rows(open_now, kind=first, since=since, words="own_words")]
