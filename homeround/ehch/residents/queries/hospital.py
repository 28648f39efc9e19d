"""What is written down about a stay in hospital, as the forms that put it right or go on with it begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from homeround.accounts.author import Author, author_of
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.models import (
    AboutResident,
    Correction,
    HospitalNews,
    HospitalReturn,
    HospitalStay,
)
from homeround.ehch.residents.rules import ADMITTED, SAME_DAY, There
from homeround.ehch.residents.words import CorrectionKind


@dataclass(frozen=True)
class Returned:
    """That somebody is back: the day, how it was (of `rules.HOW_IT_WAS`), and what was said."""

    back_on: date
    how: str
    words: str


@dataclass(frozen=True)
class News:
    """What the hospital said when the home asked; `key` tells it apart from the others of the stay."""

    key: str
    words: str
    at: datetime
    by: Author


def stays_there(stay_id: int, *, but: int = 0) -> list[There]:
    """The stays in hospital during a stay in a home, but for one of them; the first first. One statement."""
    backs = HospitalReturn.objects.filter(hospital_stay=OuterRef("pk")).values("back_on")[:1]
    there = HospitalStay.objects.filter(stay=stay_id).exclude(pk=but).annotate(back_on=Subquery(backs))
    return [There(*days) for days in there.order_by("went_on", "pk").values_list("went_on", "back_on")]


def last_return(person: PersonInSight) -> Returned | None:
    """The newest return in the stay the viewer sees the person by; None for whoever never came back."""
    returns = HospitalReturn.objects.filter(hospital_stay__stay=person.stay_id).order_by("-recorded_at", "-pk")
    back = returns.first()
    return Returned(back.back_on, SAME_DAY if back.arrival_id is None else ADMITTED, back.words) if back else None


def said_on_return(person: PersonInSight) -> str:
    """What was written down when they were said to be back and were not: of the stay in hospital that goes on now."""
    there = HospitalStay.objects.open().filter(stay=person.stay_id).values("pk")
    return returns_taken_back(hospital_stay__in=there).order_by("-pk").values_list("words", flat=True).first() or ""


def news_of(person: PersonInSight) -> list[News]:
    """What the hospital said, by what is written down, in the stay the viewer sees the person by; the newest first."""
    said = HospitalNews.objects.filter(hospital_stay__stay=person.stay_id).select_related("by__user", "by__body")
    return [News(str(row.pk), row.words, row.recorded_at, author_of(row.by)) for row in said.order_by("-pk")]


def stays_taken_back(**about: Any) -> QuerySet[HospitalStay]:
    """Stays in hospital that were written down of this person by mistake: no words of somebody else (H1)."""
    return HospitalStay.with_removed.filter(~_of_somebody_else(HospitalStay, row=OuterRef("pk")), stands=False, **about)


def returns_taken_back(**about: Any) -> QuerySet[HospitalReturn]:
    """Returns that were put right or taken back since; not where that, or a later one of the stay in hospital, was said
    to be of somebody else.
    """
    later = HospitalReturn.with_removed.filter(
        hospital_stay=OuterRef(OuterRef("hospital_stay")), pk__gte=OuterRef(OuterRef("pk"))
    )
    return HospitalReturn.with_removed.filter(
        ~_of_somebody_else(HospitalStay, row=OuterRef("hospital_stay")),
        ~_of_somebody_else(HospitalReturn, row__in=later.values("pk")),
        stands=False,
        **about,
    )


def news_taken_back(**about: Any) -> QuerySet[HospitalNews]:
    """What the hospital said, and was taken back since; not where it was of somebody else."""
    return HospitalNews.with_removed.filter(
        ~_of_somebody_else(HospitalStay, row=OuterRef("hospital_stay")),
        ~_of_somebody_else(HospitalNews, row=OuterRef("pk")),
        stands=False,
        **about,
    )


def _of_somebody_else(table: type[AboutResident], **row: Any) -> Exists:
    name = table._meta.db_table  # noqa: SLF001 - Django's own name for it
    return Exists(Correction.objects.filter(table=name, kind=CorrectionKind.WRONG_PERSON.value, **row))
