"""What was said about a decision, in the order in which it was, and what was taken back of it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from homeround.accounts.author import Author, author_of
from homeround.accounts.rights import Role
from homeround.ehch.decisions.models import QueryAnswer, Received, Reply, Settlement, Withdrawal
from homeround.ehch.decisions.words import EVENTS, EventKind
from homeround.ehch.residents.models import Correction
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Retraction:
    """That something was sent or written in error, says whoever took it back."""

    by: Author
    at: datetime
    because: str


@dataclass(frozen=True)
class Event:
    """Something said or done about a decision: by whom, when, in which words; taken back since, or not."""

    kind: EventKind
    by: Author
    at: datetime
    words: str = ""
    meanwhile: str = ""
    taken_back: Retraction | None = None

    @property
    def what(self) -> str:
        """What it is, in words."""
        return EVENTS[self.kind]


def _author(member: int, name: str, role: str, body: str, user: int, body_id: int) -> Author:
    return Author(member, name, Role(role), body, user, body_id)


def events_of(decision_id: int, resident_id: int, at: datetime) -> list[Event]:
    """Everything that was said about a decision until an instant. Two statements, however much it was."""
    retractions = _retractions(resident_id)
    found = [
        Event(
            EventKind(kind),
            _author(*author),
            said_at,
            words,
            meanwhile,
            retractions.get((table, row)),
        )
        for kind, said_at, words, meanwhile, *author, table, row in _all_events(decision=decision_id)
        if said_at <= at
    ]
    return sorted(found, key=lambda event: event.at)


_WITHDRAWN = Case(
    When(corrected_by=None, then=Value("withdrawn")), default=Value("corrected"), output_field=CharField()
)


@prepared
def _all_events(*, decision: int) -> QuerySet[Any, Any]:
    return _rows(Reply.with_removed.filter(ask__decision=decision), "kind", words="words", meanwhile="meanwhile").union(
        _rows(QueryAnswer.with_removed.filter(reply__ask__decision=decision), Value("answer"), words="words"),
        _rows(Received.with_removed.filter(ask__decision=decision), Value("received"), words="passed_to"),
        _rows(Settlement.with_removed.filter(dispute__decision=decision), Value("settled"), words="words"),
        _rows(Withdrawal.with_removed.filter(decision=decision), _WITHDRAWN, words="because"),
        all=True,
    )


def _rows(rows: QuerySet[Any], kind: Any, *, words: str, meanwhile: str = "") -> QuerySet[Any, Any]:
    """A branch of the union: what, when, its words, who, and which row of which table."""
    named = rows.annotate(
        what=F(kind) if isinstance(kind, str) else kind,
        meant=F(meanwhile) if meanwhile else Value("", output_field=TextField()),
        table=Value(rows.model._meta.db_table),  # noqa: SLF001 - Django's own name for it
        said=Cast(words, TextField()),
    )
    found: QuerySet[Any, Any] = named.order_by().values_list(
        "what",
        "recorded_at",
        "said",
        "meant",
        "by_id",
        "by__user__name",
        "by__role",
        "by__body__name",
        "by__user_id",
        "by__body_id",
        "table",
        "pk",
    )
    return found


def _retractions(resident_id: int) -> dict[tuple[str, int], Retraction]:
    rows = _corrections(resident=resident_id)
    return {(row.table, row.row): Retraction(author_of(row.by), row.recorded_at, row.because) for row in rows}


@prepared
def _corrections(*, resident: int) -> QuerySet[Correction]:
    return Correction.objects.filter(resident=resident).select_related("by__user", "by__body")
