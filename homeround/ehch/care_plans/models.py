"""What is kept about the two obligations of an arrival."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from homeround.accounts.models import Written
from homeround.ehch.residents.models import AboutResident, Arrival, closing_departures


class Completion(AboutResident):
    """An obligation of an arrival that was done on a day (REQ-67, REQ-69): where the document is, who took part, how
    the person did, and why late if late.
    """

    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="+")
    obligation = models.CharField(max_length=12)
    done_on = models.DateField()
    document = models.CharField(max_length=200)
    took_part = models.CharField(max_length=300)
    person_took_part = models.CharField(max_length=300)
    late_because = models.CharField(max_length=300, blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("arrival", "obligation"), condition=Q(stands=True), name="care_plans_done_once"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("resident",), name="care_plans_completions_of")]


def with_stay_facts(arrivals: QuerySet[Arrival]) -> QuerySet[Any]:
    """Arrivals with `left_on` and `left_how`, of the departure that closed them, and `again_on`, the day of a later
    arrival of the same stay.
    """
    departures = closing_departures("arrival", stay="stay").order_by("recorded_at", "pk")
    return arrivals.annotate(
        left_on=Subquery(departures.values("left_on")[:1]),
        left_how=Subquery(departures.values("kind")[:1]),
        again_on=Subquery(_later_arrivals().order_by("arrived_on", "pk").values("arrived_on")[:1]),
    )


def newest_arrivals() -> QuerySet[Any]:
    """The arrival of each stay whose clock counts: a later one, back from hospital, starts it anew. With stay facts."""
    standing = Arrival.objects.filter(~Exists(_later_arrivals()), stay__stands=True)
    return with_stay_facts(standing)


def open_for(obligation: str) -> QuerySet[Any]:
    """The arrivals of people still there about whom this obligation is not done: what the clock runs for."""
    done = done_of_arrival(obligation)
    return newest_arrivals().filter(~Exists(done), stay__ended_at=None, left_on=None)


def done_of_arrival(obligation: str) -> QuerySet[Completion]:
    """How the obligation of the arrival of the query around it was done, also before the day of that arrival was
    corrected.
    """
    of_it = Q(arrival=OuterRef("pk")) | Q(arrival=OuterRef("first")) | Q(arrival__first=OuterRef("first"))
    return Completion.objects.filter(of_it, obligation=obligation)


def of_standing_clock() -> Exists:
    """Whether the clock stands that the completion of the query around ended: one of an arrival or a return that was
    taken back ended nothing, and says of nobody that they were seen to.
    """
    same = Q(pk=OuterRef("arrival")) | Q(first=OuterRef("arrival")) | Q(first=OuterRef("arrival__first"))
    return Exists(Arrival.objects.filter(same))


def of_clock(arrival: Any) -> Q:
    """Completions of the clock of an arrival, also from before its day was corrected."""
    found = Q(arrival=arrival.pk) | Q(arrival__first=arrival.pk)
    if arrival.first_id is not None:
        found |= Q(arrival=arrival.first_id) | Q(arrival__first=arrival.first_id)
    return found


def _later_arrivals() -> QuerySet[Arrival]:
    of_the_stay = Arrival.objects.filter(stay=OuterRef("stay"))
    later = Q(arrived_on__gt=OuterRef("arrived_on"))
    return of_the_stay.filter(later | Q(arrived_on=OuterRef("arrived_on"), pk__gt=OuterRef("pk")))
