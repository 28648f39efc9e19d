"""The floor: the people of one home by ORM and Django template, over the same tables, and nothing else.

No sign-in, no permissions, no audit, no middleware, no reasons: what a plain program does to show the same people. Its
tables are declared anew with the few columns it reads; one statement. Works in a process of its own (`floor_wsgi`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import URLPattern, path


class Plain(models.Model):
    """A table that Homeround made."""

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        abstract = True
        managed = False
        app_label = "floor"


class Person(Plain):
    ref = models.CharField(max_length=16)

    class Meta(Plain.Meta):
        abstract = False
        db_table = "residents_resident"


class Stay(Plain):
    resident = models.ForeignKey(Person, on_delete=models.DO_NOTHING)
    home_id = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Plain.Meta):
        abstract = False
        db_table = "residents_stay"


class Claim(Plain):
    resident = models.ForeignKey(Person, on_delete=models.DO_NOTHING)
    kind = models.CharField(max_length=12)
    given = models.CharField(max_length=100)
    family = models.CharField(max_length=100)
    born_on = models.DateField()
    number = models.CharField(max_length=10)

    class Meta(Plain.Meta):
        abstract = False
        db_table = "residents_identityclaim"


class Room(Plain):
    stay = models.ForeignKey(Stay, on_delete=models.DO_NOTHING)
    room = models.CharField(max_length=20)

    class Meta(Plain.Meta):
        abstract = False
        db_table = "residents_roomstart"


class Review(Plain):
    resident = models.ForeignKey(Person, on_delete=models.DO_NOTHING)
    happened_at = models.DateTimeField()

    class Meta(Plain.Meta):
        abstract = False
        db_table = "rounds_review"


PAGE = Engine(dirs=[str(Path(__file__).parent)], libraries={}).get_template("floor.html")


def people(request: HttpRequest, home: int) -> HttpResponse:
    """A page with everybody who lives in the home with this number."""
    return HttpResponse(PAGE.render(Context({"people": living_in(home)})))


def living_in(home: int) -> QuerySet[Any]:
    """Room, name, birth date, NHS number and last review of everybody who lives in a home."""
    reviews = Review.objects.filter(resident=OuterRef("resident")).order_by().values("resident")
    people: QuerySet[Any] = (
        Stay.objects.filter(home_id=home, ended_at=None)
        .select_related("resident")
        .annotate(
            given=_claimed("name", "given"),
            family=_claimed("name", "family"),
            born_on=_claimed("birth_date", "born_on"),
            number=_claimed("nhs_number", "number"),
            room=Subquery(Room.objects.filter(stay=OuterRef("pk")).values("room")[:1]),
            reviewed_at=Subquery(reviews.annotate(last=Max("happened_at")).values("last")),
        )
        .order_by("pk")
    )
    return people


def _claimed(kind: str, column: str) -> Subquery:
    return Subquery(Claim.objects.filter(resident=OuterRef("resident"), kind=kind).values(column)[:1])


urlpatterns: list[URLPattern] = [path("homes/<int:home>", people)]
