"""Decisions, what takes them back, and what a clinician said of what was typed for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, F, Q, QuerySet, TextField, When
from django.db.models.functions import Cast, Coalesce, Concat

from homeround.accounts.models import Written
from homeround.directory.models import CareHome
from homeround.ehch.decisions.rules.applies import STOPS_WHAT
from homeround.ehch.residents.models import AboutResident
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.columns import as_text
from homeround.kernel.record.refs import new_ref


class Decision(AboutResident):
    """What a clinician decided, with what applied before and what applies from when.

    It takes effect when the competent clinician makes it and stays theirs (REQ-19): `for_whom`, else `by`.
    `in_force_from_on` is empty when nothing changes; `until_on` is its last day, empty for until it is changed: after
    it what it replaced applies again. `replaces` is the decision that it takes the place of, and `thread` the first
    decision on the same thing: of a thread the newest one in force applies. `stops` says that what it replaces stops
    and nothing takes its place. Nothing that a reply says changes this row; it ends when it is withdrawn or corrected.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    decided = models.TextField()
    because = models.TextField(blank=True, default="")
    before = models.TextField(blank=True, default="")
    in_force_from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stops = models.BooleanField(default=False)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(decided=""), name="decisions_decision_says_what"),
            models.CheckConstraint(
                condition=Q(replaces=None, thread=None) | Q(replaces__isnull=False, thread__isnull=False),
                name="decisions_replaces_in_a_thread",
            ),
            models.CheckConstraint(
                condition=Q(stops=False) | Q(replaces__isnull=False), name="decisions_stops_something"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("in_force_from_on")),
                name="decisions_ends_after_it_began",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("resident", "happened_at"), name="decisions_of")]


def not_withdrawn(at: datetime) -> Q:
    """Decisions that were written down by then and that nobody had taken back by then."""
    return Q(recorded_at__lte=at) & (Q(ended_at=None) | Q(ended_at__gt=at))


def in_force_on(on: date) -> Q:
    """Decisions among whose days one is: from their first, and up to their last where they have one."""
    return Q(in_force_from_on__lte=on) & (Q(until_on=None) | Q(until_on__gte=on))


def with_thread() -> QuerySet[Any]:
    """Decisions, each with `thread_of`: the first decision on the same thing."""
    return Decision.objects.all().annotate(thread_of=Coalesce(F("thread_id"), F("id")))


def words_decided(decision: str = "") -> Case:
    """What was decided, of the decision under the prefix `decision` (such as `decision__`); where something stops by
    it, with what stops (`rules.STOPS_WHAT`).
    """
    start, middle, end = (as_text(part) for part in _around(STOPS_WHAT))
    before, decided = (Cast(f"{decision}{column}", TextField()) for column in ("before", "decided"))
    stops = When(**{f"{decision}stops": True}, then=Concat(start, before, middle, decided, end))
    return Case(stops, default=decided, output_field=TextField())


def _around(words: str) -> tuple[str, str, str]:
    """The texts around `{before}` and `{decided}`."""
    start, rest = words.split("{before}")
    middle, end = rest.split("{decided}")
    return start, middle, end


def replaced_by(decision: Decision, at: datetime) -> Decision | None:
    """The later decision on the same thing that has taken its place by an instant; None while nothing has."""
    thread = decision.thread_id or decision.pk
    later = Decision.objects.filter(not_withdrawn(at), thread=thread, pk__gt=decision.pk)
    return later.filter(in_force_on(london_date(at))).order_by("-pk").first()


class Withdrawal(AboutResident):
    """A decision taken back by whoever made it or by a clinician of the PCN, and why: what applied before applies
    again.

    `corrected_by` is the decision that says it rightly; empty when nothing takes its place.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    corrected_by = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(because=""), name="decisions_withdrawal_says_why"),
            models.UniqueConstraint(fields=("decision",), condition=Q(stands=True), name="decisions_withdrawn_once"),
        ]


class Confirmation(AboutResident):
    """The clinician somebody typed for has read the decision that stands in their name, and says that it is theirs."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("decision",), condition=Q(stands=True), name="decisions_confirmed_once"),
        ]
