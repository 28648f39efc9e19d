"""What this slice knows about people for worklist and timeline: arrivals, departures, and what was corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from homeround.ehch.residents.access import living_stays
from homeround.ehch.residents.models import Arrival, Correction, Departure, Stay, StayChange
from homeround.ehch.residents.queries.rows import entry_rows, sign_rows
from homeround.ehch.residents.words import CORRECTED_WORDS


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """Arrivals as signs: `arrived` with its day, and `lives` since when a stay has been written down here."""
    arrivals = Arrival.objects.filter(stay__home__in=homes, stay__ended_at=None, stay__stands=True)
    stays = living_stays().filter(home__in=homes, recorded_at__lte=at)
    return [
        sign_rows(arrivals, code="arrived", since="recorded_at", words="arrived_on"),
        sign_rows(stays, code="lives", since="recorded_at", words="kind"),
    ]


def entries(resident_id: int) -> list[Any]:
    """Arrivals and departures of a person as branches of the timeline: `arrival` (until when), `departure` (how); and
    `correction` (of which table, because) and `stay_change` (because), so that whoever read it as it was finds out.
    """
    return [
        entry_rows(
            Arrival.objects.filter(resident=resident_id),
            kind="arrival",
            words="stay__home__body__name",
            state="kind",
            on="due_on",
        ),
        entry_rows(
            Departure.objects.filter(resident=resident_id),
            kind="departure",
            words="words",
            state="kind",
            on="left_on",
        ),
        entry_rows(
            Correction.objects.filter(~Exists(_of_the_same_act()), resident=resident_id, table__in=CORRECTED_WORDS),
            kind="correction",
            words="because",
            state="table",
        ),
        entry_rows(
            StayChange.objects.filter(~Exists(_of_one_act()), resident=resident_id),
            kind="stay_change",
            words="because",
            state="kind",
        ),
    ]


def _of_one_act() -> QuerySet[Correction]:
    """What was corrected about the person of the query around it by the same act."""
    return Correction.objects.filter(resident=OuterRef("resident"), recorded_at=OuterRef("recorded_at"))


def _of_the_same_act() -> QuerySet[Correction]:
    """The taking out of a move-in that the correction around it is only a part of: its room and its day."""
    stay = Stay._meta.db_table  # noqa: SLF001 - Django's own name for it
    return _of_one_act().filter(~Q(table=OuterRef("table")), table=stay)
