"""Follow-ups, and how each ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import BigIntegerField, Case, CharField, Exists, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from homeround.accounts.models import Membership, Written
from homeround.directory.models import Body, CareHome
from homeround.ehch.alignment.access import acting_in
from homeround.ehch.alignment.models import pcn_of
from homeround.ehch.decisions.models.asking import Dispute, Settlement
from homeround.ehch.decisions.models.deciding import Decision
from homeround.ehch.decisions.words import IN_DISPUTE_ASK, STILL_NEEDED, Doubt, SettledAs
from homeround.ehch.residents.access import home_now
from homeround.ehch.residents.models import AboutResident, closing_departures
from homeround.kernel.record.kept import KeptRows, Standing
from homeround.kernel.record.refs import new_ref


class FollowUps(KeptRows["FollowUp"]):
    """Named sets of follow-ups."""

    def open(self) -> Self:
        """Still to be done: nobody ended them, and the person has not left or died since."""
        return self.filter(~Exists(closing_departures("follow_up")), ended_at=None)

    def late(self, on: date) -> Self:
        """Open and past their day."""
        return self.open().filter(due_on__lt=on)

    def came_back(self, about: Q) -> Self:
        """Could not be done, and those who asked have not gone on with it. It starts from the few endings of the people
        named by `about`, a condition on them, and not from all that was ever asked.
        """
        undone = FollowUpEnding.objects.filter(about, how="cannot", ended_at=None)
        return self.filter(~Exists(closing_departures("follow_up")), pk__in=undone.order_by().values("follow_up"))


class FollowUp(AboutResident):
    """Something that is to be done by a day: owned by a person, or by a role at a body (REQ-46).

    `passed_from` is the follow-up that was passed on; the words are the same. `asked_first_by` is then who asked, at
    `asked_first_at`, before anybody passed it on: what could not be done goes back to them.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    due_on = models.DateField()
    owner_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    owner_role = models.CharField(max_length=20, blank=True, default="")
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    passed_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    asked_first_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_first_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = Standing.from_queryset(FollowUps)()

    @property
    def asker(self) -> Membership:
        """Who asked for it: whoever passes it on asks for nothing."""
        return self.asked_first_by or self.for_whom or self.by

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="decisions_follow_up_says_what"),
            models.CheckConstraint(
                condition=Q(asked_first_by=None, asked_first_at=None)
                | Q(asked_first_by__isnull=False, asked_first_at__isnull=False, passed_from__isnull=False),
                name="decisions_follow_up_passed_on_says_who_asked",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=("owner_body", "due_on"),
                condition=Q(ended_at=None, stands=True),
                name="decisions_owed_by",
            ),
            models.Index(fields=("home", "due_on"), condition=Q(ended_at=None, stands=True), name="decisions_owed_in"),
            models.Index(fields=("resident",), condition=Q(ended_at=None, stands=True), name="decisions_owed_about"),
        ]


class FollowUpEnding(AboutResident):
    """How a follow-up ended, and what came of it: done, could not be done, passed on, or not needed any more.

    What could not be done goes back to whoever asked: the row is open (`ended_at` empty) until they have asked anew or
    left it.
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12)
    words = models.TextField(blank=True, default="")
    passed_to = models.ForeignKey(FollowUp, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("follow_up",), condition=Q(stands=True), name="decisions_follow_up_ended_once"
            ),
            models.CheckConstraint(
                condition=Q(how="done") | Q(how__in=("cannot", "passed_on", "not_needed")) & ~Q(words=""),
                name="decisions_follow_up_end_says_why",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=("resident",),
                condition=Q(ended_at=None, stands=True, how="cannot"),
                name="decisions_came_back",
            ),
        ]


class LeftUndone(AboutResident):
    """Why what could not be done is left as it is, said by those who asked for it (REQ-46)."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="decisions_left_undone_says_why"),
        ]


def asks_if_needed() -> Q:
    """Follow-ups to be done whose decision does not apply any more (H34)."""
    return Q(ended_at=None) & of_what_fell()


def of_what_fell(decision: str = "decision") -> Q:
    """Follow-ups, done or not, whose decision does not apply any more: taken back, or settled as something else.
    `decision`: the column of the row around it that names that.
    """
    otherwise = Settlement.objects.filter(dispute__decision=OuterRef(decision)).exclude(settled_as=SettledAs.DECIDED)
    return Q(**{f"{decision}__ended_at__isnull": False}) | Q(Exists(otherwise))


def of_a_dispute(decision: str = "decision") -> Q:
    """Follow-ups, done or not, whose decision the registered GP does not adopt, as long as that is not settled."""
    return Q(Exists(Dispute.objects.filter(decision=OuterRef(decision), ended_at=None)))


def doubt(decision: str = "decision") -> Case:
    """The `Doubt` about the decision of a follow-up, else its last day as text, or empty where it has none."""
    until_on = Coalesce(Cast(f"{decision}__until_on", TextField()), Value("", output_field=TextField()))
    return Case(
        When(of_what_fell(decision), then=Value(Doubt.FELL.value)),
        When(of_a_dispute(decision), then=Value(Doubt.IN_DISPUTE.value)),
        default=until_on,
        output_field=TextField(),
    )


def words_to_be_done() -> Case:
    """What is to be done, with the question before it whether it is still needed where nothing says so any more, or to
    ask first where it is in dispute.
    """
    marks = ((asks_if_needed(), STILL_NEEDED), (Q(ended_at=None) & of_a_dispute(), IN_DISPUTE_ASK))
    return Case(*(When(doubt, then=_after(mark)) for doubt, mark in marks), default="words", output_field=TextField())


def _after(mark: str) -> Concat:
    return Concat(Value(f"{mark} ", output_field=TextField()), "words", output_field=TextField())


OF_A_PCN = Q(owner_body__kind="pcn")
"""What is asked of a PCN: whichever serves the home does it, also when that is another one since."""


_OF_THE_HOME = Q(owner_body=F("home"))
_ASKER_BODY = Coalesce("asked_first_by__body_id", "by__body_id")
_ASKED_BY_A_PCN = Q(asked_first_by__body__kind="pcn") | Q(asked_first_by=None, by__body__kind="pcn")
_ASKED_BY_THE_HOME = Q(asked_first_by__body=F("home")) | Q(asked_first_by=None, by__body=F("home"))


def with_sides(rows: Any, on: date, at: datetime) -> Any:
    """Follow-ups with whose they are to do on a day and who goes on with them once they cannot be done.

    They go with the person (`seen_to_in`): what was asked of a home is asked of the one where the person lives now,
    what was asked of a PCN, or by one, is that of the PCN which serves it by then. `doer` and `asking_side` are bodies;
    `owner_acts` says whether the colleague who was asked by name still acts there at the instant `at` of that day.
    """
    return rows.annotate(seen_to_in=home_now("home")).annotate(
        owner_acts=Case(
            When(Exists(acting_in("seen_to_in", at).filter(pk=OuterRef("owner"))), then=Value(True)),
            default=Value(False),
        ),
        doer=Case(
            When(OF_A_PCN, then=Coalesce(pcn_of("seen_to_in", on), F("owner_body"))),
            When(_OF_THE_HOME, then=F("seen_to_in")),
            default=F("owner_body"),
            output_field=BigIntegerField(),
        ),
        doer_name=Case(
            When(OF_A_PCN, then=Coalesce(pcn_of("seen_to_in", on, "pcn__body__name"), F("owner_body__name"))),
            When(_OF_THE_HOME, then=Subquery(Body.objects.filter(pk=OuterRef("seen_to_in")).values("name")[:1])),
            default=F("owner_body__name"),
            output_field=CharField(),
        ),
        asking_side=Case(
            When(_ASKED_BY_A_PCN, then=Coalesce(pcn_of("seen_to_in", on), _ASKER_BODY)),
            When(_ASKED_BY_THE_HOME, then=F("seen_to_in")),
            default=_ASKER_BODY,
            output_field=BigIntegerField(),
        ),
    )


def who_does_it() -> Case:
    """Who is to do a follow-up of `with_sides`: the colleague by name while they act there, and where; else where."""
    named = Concat("owner__user__name", Value(", ", output_field=TextField()), "doer_name", output_field=TextField())
    asked_by_name = Q(owner__isnull=False, owner_body=F("doer"), owner_acts=True)
    return Case(When(asked_by_name, then=named), default="doer_name", output_field=TextField())
