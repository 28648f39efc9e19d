"""Rows of one shape for what is asked of every slice at once: signs for the worklist, entries for the timeline."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Exists, F, Max, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from homeround.ehch.residents.models import AboutResident, Correction
from homeround.ehch.residents.rules import TAKEN_BACK
from homeround.ehch.residents.words import CorrectionKind


def sign_rows(rows: QuerySet[Any], *, code: str, since: str, words: Any) -> Any:
    """Rows about people in the shape of `rules.Sign`, ready for one UNION ALL on both databases."""
    return rows.order_by().values_list(
        "resident_id",
        Value(code, output_field=CharField()),
        since,
        "pk",
        Cast(words, TextField()),
        named=False,
    )


def last_recorded(rows: QuerySet[Any], *, code: str = "recorded") -> Any:
    """When each person in these rows was last written about, in the shape of `rules.Sign`: one row each."""
    return (
        rows.order_by()
        .values("resident_id")
        .annotate(
            code=Value(code, output_field=CharField()),
            since=Max("happened_at"),
            source=Max("pk"),
            words=Value("", output_field=TextField()),
        )
        .values_list("resident_id", "code", "since", "source", "words")
    )


def with_taken_back(table: type[AboutResident], resident_id: int) -> QuerySet[Any]:
    """What was written about a person in a table, also what was taken back or put right since; never what was about
    somebody else (H1).
    """
    name = table._meta.db_table  # noqa: SLF001 - Django's own name for it
    off = Correction.objects.filter(table=name, row=OuterRef("pk")).exclude(kind=CorrectionKind.WRONG_PERSON.value)
    return table.with_removed.filter(Q(stands=True) | Exists(off), resident=resident_id)


def entry_rows(
    rows: QuerySet[Any],
    *,
    kind: str,
    words: Any,
    ref: Any = "",
    state: Any = "",
    on: Any = "",
    ended: Any = "ended_at",
    mark: Any = "",
) -> Any:
    """Rows about one person in the shape of `rules.Entry`, ready for one UNION ALL on both databases.

    What was typed for somebody is theirs, and says who typed it (REQ-20). Of rows `with_taken_back`, the kind of what
    no longer stands says so.
    """
    off = Value(f"{kind}{TAKEN_BACK}")
    return rows.order_by().values_list(
        Case(When(stands=False, then=off), default=Value(kind), output_field=CharField()),
        "happened_at",
        "pk",
        _text(ref),
        _text(words),
        _text(state),
        _text(on),
        ended,
        Coalesce("for_whom__user__name", "by__user__name"),
        Coalesce("for_whom__role", "by__role"),
        Coalesce("for_whom__body__name", "by__body__name"),
        Case(When(for_whom=None, then=Value("")), default=F("by__user__name"), output_field=CharField()),
        _text(mark),
    )


def _text(what: Any) -> Any:
    return Value("", output_field=TextField()) if what == "" else Cast(what, TextField())
