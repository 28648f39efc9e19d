"""Concerns as part of what the whole service reads: signs for the worklist, lines of a person's timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate

from homeround.accounts.rights import Kind
from homeround.ehch.deterioration.models import (
    CONCERNS,
    AddedWords,
    Call,
    Concern,
    ConcernAnswer,
    ReadBy,
    closed_how,
    newest_words,
    phone_now,
    state_now,
    words_now,
)
from homeround.ehch.deterioration.queries.told import taken_off
from homeround.ehch.deterioration.words import IN_ERROR, NO_WORDS_YET, WRONG_PERSON
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.models import Correction, over_at
from homeround.ehch.residents.queries import entry_rows, last_recorded
from homeround.kernel.calendar.times import LONDON


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """Concerns as signs: `recorded` for when anything was last written here. Open ones wait: `deterioration.waits`."""
    return [
        last_recorded(Concern.objects.filter(home__in=homes)),
        last_recorded(AddedWords.objects.filter(concern__home__in=homes)),
        last_recorded(Call.objects.filter(concern__home__in=homes)),
        last_recorded(ConcernAnswer.objects.filter(concern__home__in=homes)),
    ]


def open_about(person: PersonInSight) -> list[tuple[str, str]]:
    """The concerns about a person in sight that nobody has answered, as ref and newest words; one statement."""
    person.must_read(Kind.LIVING)
    concerns = Concern.objects.open().filter(resident=person.resident_id, home=person.home_id)
    return list(concerns.annotate(own_words=newest_words(NO_WORDS_YET)).order_by("pk").values_list("ref", "own_words"))


def answered_with(person: PersonInSight, decision_id: int) -> list[tuple[str, str]]:
    """The concerns about a person in sight whose answer is this decision, as ref and words; one statement."""
    answers = ConcernAnswer.objects.filter(concern=OuterRef("pk"), decision=decision_id)
    concerns = Concern.objects.filter(Exists(answers), resident=person.resident_id)
    return list(concerns.annotate(own_words=words_now(NO_WORDS_YET)).order_by("pk").values_list("ref", "own_words"))


def entries(resident_id: int) -> list[Any]:
    """Concerns of a person as branches of the timeline, each with its state now by the one derivation.

    `concern` (state: a `State`, on: a `Phone`; ended by its answer, or by the departure that closed it) and `removed`
    (state: the kind of correction; words: why, where it was raised in error). With the concern's `ref`: `added` words,
    `read` by whom, `call` (state: the service, on: who was spoken to) and `answer` (state: its kind), each also when it
    was taken back (ended: since when), and `taken_back`, by whom and why (state: `call` or `answer`). `not_theirs`: an
    answer about somebody else (on: the day it was taken off), which is shown for a while.
    """
    concerns = Concern.objects.filter(resident=resident_id).annotate(
        own_words=words_now(),
        closed_how=closed_how(),
        state_now=state_now(),
        phone_now=phone_now(),
        over_at=over_at("concern"),
    )
    removed = Correction.objects.filter(resident=resident_id, table=CONCERNS)
    why = Case(When(kind=IN_ERROR, then="because"), default=Value(""))  # why one moved would name somebody else
    about = {"resident": resident_id, "stands": True}
    return [
        entry_rows(
            concerns, kind="concern", words="own_words", ref="ref", state="state_now", on="phone_now", ended="over_at"
        ),
        entry_rows(removed, kind="removed", words=why, state="kind"),
        entry_rows(AddedWords.objects.filter(**about), kind="added", words="words", ref="concern__ref"),
        entry_rows(ReadBy.objects.filter(**about), kind="read", words="", ref="concern__ref"),
        entry_rows(
            Call.objects.filter(resident=resident_id),
            kind="call",
            words="words",
            ref="concern__ref",
            state="service",
            on="spoke_to",
        ),
        entry_rows(
            ConcernAnswer.objects.filter(**about), kind="answer", words="words", ref="concern__ref", state="kind"
        ),
        *_entries_taken_back(resident_id),
        entry_rows(
            taken_off().filter(resident=resident_id),
            kind="not_theirs",
            words="words",
            on=TruncDate("off_at", tzinfo=LONDON),
        ),
    ]


def _entries_taken_back(resident_id: int) -> list[Any]:
    """Calls and answers that were taken back, and for each by whom and why."""
    return [
        entry_rows(
            _taken_back(Call, resident_id),
            kind="call",
            words="words",
            ref="concern__ref",
            state="service",
            on="spoke_to",
            ended="back_at",
        ),
        entry_rows(
            _taken_back(ConcernAnswer, resident_id),
            kind="answer",
            words="words",
            ref="concern__ref",
            state="kind",
            ended="back_at",
        ),
        *(
            entry_rows(_takings_back(model, resident_id), kind="taken_back", words="because", ref="of", state=state)
            for model, state in ((Call, Value("call")), (ConcernAnswer, Value("answer")))
        ),
    ]


def _taken_back(model: Any, resident_id: int) -> QuerySet[Any]:
    """What was taken back as an error (`back_at`) of what was written about the concerns of a person; nothing about one
    that was moved to somebody else.
    """
    back = Correction.objects.filter(table=model._meta.db_table, row=OuterRef("pk"), kind=IN_ERROR)  # noqa: SLF001
    moved = Correction.objects.filter(table=CONCERNS, row=OuterRef("concern"), kind=WRONG_PERSON)
    rows = model.with_removed.filter(~Exists(moved), resident=resident_id, stands=False)
    found: QuerySet[Any] = rows.annotate(back_at=Subquery(back.values("recorded_at")[:1]))
    return found.filter(back_at__isnull=False)


def _takings_back(model: Any, resident_id: int) -> QuerySet[Any]:
    """The corrections that took these back, each with the ref of the concern it was about (`of`)."""
    rows = _taken_back(model, resident_id)
    of = rows.filter(pk=OuterRef("row")).values("concern__ref")[:1]
    back = Correction.objects.filter(table=model._meta.db_table, kind=IN_ERROR, row__in=rows.values("pk"))  # noqa: SLF001
    found: QuerySet[Any] = back.filter(resident=resident_id).annotate(of=Subquery(of))
    return found
