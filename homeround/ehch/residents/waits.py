"""What waits for somebody about people's stays, and the shape in which every slice offers what waits.

A branch is a queryset in the shape of `rules.Wait`; rounds puts the branches of all slices together in one UNION ALL.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from homeround.ehch.residents.access import living_stays, practice_of
from homeround.ehch.residents.models import HospitalNews, HospitalStay, RegistrationStart, Stay, first_day
from homeround.ehch.residents.words import WHY_NOBODY, StayBasis

NOBODY: Any = Cast(Value(None), BigIntegerField())
"""The number of nobody, in a column of numbers."""


def wait_rows(
    rows: QuerySet[Any],
    *,
    kind: Any,
    since: Any,
    home: Any = "home_id",
    person: Any = "resident_id",
    person_ref: Any = "resident__ref",
    body: Any = NOBODY,
    member: Any = NOBODY,
    due_on: Any = "",
    ref: Any = "ref",
    words: Any = "",
    whom: Any = "",
) -> Any:
    """Rows in the shape of `rules.Wait`, ready for one UNION ALL on both databases."""
    return rows.order_by().values_list(
        Value(kind, output_field=CharField()) if isinstance(kind, str) else kind,
        person,
        text(person_ref),
        home,
        body,
        member,
        since,
        text(due_on),
        text(ref),
        text(words),
        text(whom),
    )


def text(what: Any) -> Any:
    """A column as text; the empty word is a text of its own."""
    return Value("", output_field=TextField()) if what == "" else Cast(what, TextField())


def waits(*, homes: list[int], at: datetime, today: date) -> list[Any]:
    """`expected`: whose day has passed, neither arrived nor called off. `nobody_responsible`: who lives here while no
    practice is known to be responsible (H28): words say why, `whom` where the last registration comes from.
    `in_hospital`: who is there, since the home wrote down last what was said (REQ-67).
    """
    starts = RegistrationStart.objects.filter(resident=OuterRef("resident"), from_on__lte=today)
    last = starts.order_by("-from_on")
    expected = Stay.objects.open().filter(basis=StayBasis.EXPECTED.value, home__in=homes).annotate(first_on=first_day())
    late = expected.filter(first_on__lt=today)
    without = living_stays().filter(home__in=homes).annotate(practice_now=practice_of("resident", at))
    without = without.annotate(kind_now=Subquery(last.values("kind")[:1]))
    return [
        wait_rows(late, kind="expected", since="recorded_at", due_on="first_on", ref="resident__ref"),
        wait_rows(
            without.filter(practice_now=None),
            kind="nobody_responsible",
            since=Coalesce(Subquery(last.values("recorded_at")[:1]), "recorded_at"),
            ref="resident__ref",
            words=_why_nobody(),
            whom=Coalesce(Subquery(last.values("source")[:1]), Value("")),
        ),
        _in_hospital(homes=homes),
    ]


def _in_hospital(*, homes: list[int]) -> Any:
    news = HospitalNews.objects.filter(hospital_stay=OuterRef("pk")).order_by("-recorded_at")
    away = HospitalStay.objects.open().filter(stay__home__in=homes, stay__stands=True)
    return wait_rows(
        away,
        kind="in_hospital",
        since=Coalesce(Subquery(news.values("recorded_at")[:1]), "recorded_at"),
        home="stay__home_id",
        ref="resident__ref",
        words="hospital",
    )


def _why_nobody() -> Case:
    """Why nobody is known, from the kind of the last registration (`kind_now`)."""
    return Case(
        *(When(kind_now=kind, then=Value(words)) for kind, words in WHY_NOBODY.items()),
        When(kind_now="temporary", then=Value("the temporary registration has ended, or its practice has")),
        When(kind_now="permanent", then=Value("the practice has closed, or is given as dormant")),
        default=Value(""),
        output_field=TextField(),
    )
