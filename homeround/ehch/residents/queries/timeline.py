"""What this slice knows about people for worklist and timeline: arrivals, departures, and what was corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from homeround.ehch.residents.access import living_stays
from homeround.ehch.residents.models import (
    Arrival,
    Correction,
    Departure,
    HandedOver,
    HospitalNews,
    HospitalReturn,
    HospitalStay,
    RegistrationStart,
    RoomStart,
    Stay,
    StayChange,
    closing_departures,
)
from homeround.ehch.residents.queries.hospital import news_taken_back, returns_taken_back, stays_taken_back
from homeround.ehch.residents.queries.rows import entry_rows, sign_rows, with_taken_back
from homeround.ehch.residents.rules import ADMITTED, SAME_DAY
from homeround.ehch.residents.words import CORRECTED_WORDS, PUT_BACK, ArrivalKind


def signs(*, homes: list[int], at: datetime) -> list[Any]:
    """Arrivals as signs: `arrived` and `back` (from hospital) with their day, and `lives` since when a stay has been
    written down here.
    """
    arrivals = Arrival.objects.filter(stay__home__in=homes, stay__ended_at=None, stay__stands=True)
    backs = HospitalReturn.objects.filter(hospital_stay__stay__in=living_stays().filter(home__in=homes).values("pk"))
    stays = living_stays().filter(home__in=homes, recorded_at__lte=at)
    return [
        sign_rows(
            arrivals.filter(kind=ArrivalKind.MOVED_IN.value), code="arrived", since="recorded_at", words="arrived_on"
        ),
        sign_rows(backs, code="back", since="happened_at", words="back_on"),
        sign_rows(stays, code="lives", since="recorded_at", words="kind"),
    ]


def entries(resident_id: int) -> list[Any]:
    """Arrivals and departures of a person as branches of the timeline: `arrival` (until when), `stay` for one that
    nobody moved in to (state: expected, already living here), `departure` (how), `handed_over`, what was said to whom
    when they left; `room`, each that they moved to; `registration` (words: with which practice, state: how);
    `correction` (of which table, because) and `stay_change` (because), so that whoever read it as it was finds out.
    What was taken back is told with it.
    """
    moved_in = Arrival.with_removed.filter(stay=OuterRef("pk"), kind=ArrivalKind.MOVED_IN.value)
    return [
        entry_rows(
            with_taken_back(Arrival, resident_id).filter(kind=ArrivalKind.MOVED_IN.value),
            kind="arrival",
            words="stay__home__body__name",
            state="kind",
            on="due_on",
        ),
        entry_rows(
            Stay.objects.filter(~Exists(moved_in), resident=resident_id),
            kind="stay",
            words="home__body__name",
            state="basis",
            on="from_on",
        ),
        entry_rows(
            with_taken_back(Departure, resident_id),
            kind="departure",
            words="words",
            state="kind",
            on="left_on",
        ),
        entry_rows(
            Correction.objects.filter(~Exists(_of_the_same_act()), resident=resident_id, table__in=CORRECTED_WORDS),
            kind="correction",
            words="because",
            state=_of_which_table(),
        ),
        entry_rows(
            StayChange.objects.filter(~Exists(_of_one_act()), resident=resident_id),
            kind="stay_change",
            words="because",
            state="kind",
        ),
        entry_rows(HandedOver.objects.filter(resident=resident_id), kind="handed_over", words="words"),
        entry_rows(
            with_taken_back(RegistrationStart, resident_id),
            kind="registration",
            words=Coalesce("practice__body__name", Value("")),
            state="kind",
            on="from_on",
        ),
        _of_rooms(resident_id),
        *_of_hospital(resident_id),
    ]


def _of_which_table() -> Case:
    """The table of what no longer stands; `PUT_BACK` where that was the removal of something else than a move-in."""
    removals = Correction.with_removed.filter(pk=OuterRef("row")).exclude(table=Stay._meta.db_table)  # noqa: SLF001
    is_put_back = Q(table=Correction._meta.db_table) & Exists(removals)  # noqa: SLF001 - Django's own name for it
    return Case(When(is_put_back, then=Value(PUT_BACK)), default=F("table"), output_field=CharField())


def _of_rooms(resident_id: int) -> Any:
    """`room` (words: the room, state: the unit) for each one after the first of a stay, which is the arrival’s, and for
    each that was put right.
    """
    before = RoomStart.objects.filter(stay=OuterRef("stay"), from_at__lt=OuterRef("from_at"))
    moved = with_taken_back(RoomStart, resident_id).filter(Exists(before) | Q(stands=False))
    return entry_rows(moved, kind="room", words="room", state="unit")


def _of_hospital(resident_id: int) -> list[Any]:
    """`hospital` (state: which, on: the day), `hospital_back` (state: how it was, on: the day) and `hospital_news`,
    what was said (state: the number of the stay in the home); and of what no longer stands of them
    `hospital_words` (state: which, on: the day): what a hospital said is lost to nobody.
    """
    went = HospitalStay.objects.filter(resident=resident_id)
    was_admitted = Case(When(arrival=None, then=Value(SAME_DAY)), default=Value(ADMITTED), output_field=CharField())
    back = HospitalReturn.objects.filter(resident=resident_id)
    news = HospitalNews.objects.filter(resident=resident_id)
    return [
        entry_rows(went, kind="hospital", words="words", state="hospital", on="went_on", ended=over_at_stay()),
        entry_rows(back, kind="hospital_back", words="words", state=was_admitted, on="back_on"),
        entry_rows(news, kind="hospital_news", words="words", state="hospital_stay__stay"),
        _taken_back(stays_taken_back, resident_id, state="hospital", on="went_on", again="stay"),
        _taken_back(returns_taken_back, resident_id, state="hospital_back", on="back_on", again="hospital_stay"),
        _taken_back(news_taken_back, resident_id, state="hospital_news", again="hospital_stay"),
    ]


def _taken_back(rows: Callable[..., QuerySet[Any]], resident_id: int, *, state: str, again: str, on: str = "") -> Any:
    """The words of rows that no longer stand, unless the same were written since of what the column `again` names."""
    lost = rows(resident=resident_id)
    same = {again: OuterRef(again), "words": OuterRef("words"), "pk__gt": OuterRef("pk")}
    lost = lost.filter(~Q(words=""), ~Exists(lost.model.with_removed.filter(**same)))
    said = Value(state, output_field=CharField())
    return entry_rows(lost, kind="hospital_words", words="words", state=said, on=on)


def over_at_stay() -> Coalesce:
    """When a stay in hospital was over: they came back, or left the home or died; NULL while they are there."""
    left = closing_departures("hospital", stay="stay").order_by("recorded_at", "pk")
    return Coalesce("ended_at", Subquery(left.values("recorded_at")[:1]))


def _of_one_act() -> QuerySet[Correction]:
    """What was corrected about the person of the query around it by the same act."""
    return Correction.objects.filter(resident=OuterRef("resident"), recorded_at=OuterRef("recorded_at"))


def _of_the_same_act() -> QuerySet[Correction]:
    """The taking out of a move-in, a stay in hospital or a return, that the correction around it is only a part of."""
    whole = [table._meta.db_table for table in (Stay, HospitalStay, HospitalReturn)]  # noqa: SLF001 - Django's own name for it
    return _of_one_act().filter(~Q(table=OuterRef("table")), table__in=whole)
