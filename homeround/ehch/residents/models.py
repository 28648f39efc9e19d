"""What is kept about who a person is, where they live and who is medically responsible."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, JSONObject

from homeround.accounts.models import Membership, Written
from homeround.directory.models import CareHome, Practice
from homeround.ehch.residents.rules import kinds_that_close
from homeround.ehch.residents.words import ClaimStatus, DepartureKind
from homeround.kernel.record.kept import KeptRows, Standing
from homeround.kernel.record.refs import new_ref


class Resident(Written):
    """A person who lives, lived or is to live in a care home. Who they are is claims; where they live is stays."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)


class AboutResident(Written):
    """A kept row that names the person it is about."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = True


class IdentityClaim(AboutResident):
    """A name, birth date or NHS number as `source` stated it on `from_on`.

    Claims are not keys: one number may be claimed twice, and be verified for one person only (trust.md). A number
    that is
    not known is a claim with the reason why.
    """

    kind = models.CharField(max_length=12)
    given = models.CharField(max_length=100, blank=True, default="")
    family = models.CharField(max_length=100, blank=True, default="")
    known_as = models.CharField(max_length=60, blank=True, default="")
    born_on = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=10, blank=True, default="")
    absent_because = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(max_length=10, default=ClaimStatus.CLAIMED.value)
    source = models.CharField(max_length=120)
    from_on = models.DateField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("number",),
                condition=Q(kind="nhs_number", status="verified", stands=True, ended_at=None) & ~Q(number=""),
                name="residents_number_verified_once",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="name", born_on=None, number="", absent_because="") & ~Q(given="", family="")
                    | Q(kind="birth_date", born_on__isnull=False, family="", number="", absent_because="")
                    | Q(kind="nhs_number", born_on=None, family="", absent_because="") & ~Q(number="")
                    | Q(kind="nhs_number", born_on=None, family="", number="") & ~Q(absent_because="")
                ),
                name="residents_claim_states_its_kind",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("resident", "kind"), name="residents_claims_of"),
            models.Index(fields=("number",), condition=~Q(number=""), name="residents_by_number"),
        ]


_ENDS_AFTER_IT_BEGINS = Q(planned_end_on=None) | Q(from_on=None) | Q(planned_end_on__gte=F("from_on"))


class Stay(AboutResident):
    """Living in a home, or expected to. An expected stay ends when its person moves in, and a new one `follows` it.

    `from_on` may be unknown only for somebody already living here.
    """

    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=12)
    basis = models.CharField(max_length=12)
    from_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("resident", "home"),
                condition=Q(ended_at=None, stands=True) & ~Q(basis="expected"),
                name="residents_one_open_stay_in_a_home",
            ),
            models.UniqueConstraint(
                fields=("resident", "home"),
                condition=Q(ended_at=None, stands=True, basis="expected"),
                name="residents_expected_once_in_a_home",
            ),
            models.CheckConstraint(
                condition=Q(basis="living_here") | Q(from_on__isnull=False), name="residents_stay_has_a_first_day"
            ),
            models.CheckConstraint(condition=_ENDS_AFTER_IT_BEGINS, name="residents_stay_planned_end_after_start"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=("home", "resident"), condition=Q(ended_at=None, stands=True), name="residents_living_in"
            ),
            models.Index(fields=("resident", "home"), name="residents_stays_of"),
        ]


class StayChange(AboutResident):
    """What is so about a stay instead of what was written first: its terms stated anew, and why. The newest standing
    one counts (`terms`); the stay itself stays as it was written.
    """

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=12)
    from_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=_ENDS_AFTER_IT_BEGINS, name="residents_change_planned_end_after_start"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("stay",), name="residents_changes_of")]


def terms() -> Any:
    """What is so about the stay of the query around it, as JSON for `rules.terms_in`: the newest change, else as
    written first. Whoever reads a stay's kind, place or days reads it through this.
    """
    columns = {
        "kind": F("kind"),
        "place": F("place"),
        "from_on": Cast("from_on", models.CharField()),
        "planned_end_on": Cast("planned_end_on", models.CharField()),
    }
    changes = StayChange.objects.filter(stay=OuterRef("pk")).order_by("-pk")
    return Coalesce(Subquery(changes.values(found=JSONObject(**columns))[:1]), JSONObject(**columns))


def first_day() -> Any:
    """The first day of the stay of the query around it as it is known now: a day expected may have been changed."""
    changes = StayChange.objects.filter(stay=OuterRef("pk")).order_by("-pk")
    return Coalesce(Subquery(changes.values("from_on")[:1]), F("from_on"))


class RoomStart(AboutResident):
    """From `from_at`, the room and unit of a stay."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=20)
    unit = models.CharField(max_length=60, blank=True, default="")
    from_at = models.DateTimeField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("stay", "from_at"), condition=Q(stands=True), name="residents_one_room_start_an_instant"
            ),
        ]


class Arrival(AboutResident):
    """An arrival and the due dates it set, with the rule set they came from (REQ-67, REQ-68).

    `due_on` is the rule's date; `due_calendar_on` stands beside it; `provisional` when holidays are not published so
    far. One whose day was corrected no longer stands; the new one names the `first`: it is the same arrival, and what
    was met stays met.
    """

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    arrived_on = models.DateField()
    rule_set = models.CharField(max_length=40)
    due_on = models.DateField()
    due_calendar_on = models.DateField()
    provisional = models.BooleanField()
    reasoning = models.TextField()
    first = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("stay", "kind", "arrived_on"), condition=Q(stands=True), name="residents_one_arrival_a_day"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("resident", "arrived_on"), name="residents_arrivals_of")]


class Departure(AboutResident):
    """The end of a stay, or of the expectation of one; `words` say where to, or why they are not coming. What it closes
    is derived from `rules.CLOSED_BY_DEPARTURE`.
    """

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    left_on = models.DateField()
    words = models.CharField(max_length=200, blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("stay",), condition=Q(stands=True), name="residents_one_departure_a_stay"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("resident", "left_on"), name="residents_departures_of")]


class HandedOver(AboutResident):
    """Whoever looks after somebody who left was told of what was unanswered when they went: to whom, and how (H40)."""

    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="residents_handed_over_says_how"),
            models.UniqueConstraint(fields=("departure",), condition=Q(stands=True), name="residents_handed_over_once"),
        ]


def closing_departures(what: str, *, home: str = "home", stay: str = "") -> QuerySet[Departure]:
    """The standing departures that close the open thing of the query around it, which is of the kind `what`: from the
    home that its column `home` names, or by death wherever; written down when the thing was, or later. What belongs to
    one stay (an arrival) names it by `stay`: then the departure from that stay, whenever it was written down.

    The one SQL reading of `rules.CLOSED_BY_DEPARTURE`, the same as `rules.is_open`: every list, count, timeline and
    page asks `~Exists(closing_departures(...))`. Raises KeyError for work the table does not know.
    """
    closing = Departure.objects.filter(
        resident=OuterRef("resident"), kind__in=[kind.value for kind in kinds_that_close(what)]
    )
    if stay:
        return closing.filter(stay=OuterRef(stay))
    from_there = Q(stay__home=OuterRef(home)) | Q(kind=DepartureKind.DIED.value)
    return closing.filter(from_there, recorded_at__gte=OuterRef("recorded_at"))


def over_at(what: str, *, home: str = "home") -> Coalesce:
    """When the thing of the query around it was over: ended, else closed by a departure; NULL while it is open."""
    departures = closing_departures(what, home=home).order_by("recorded_at", "pk")
    return Coalesce("ended_at", Subquery(departures.values("recorded_at")[:1]))


class HospitalStays(KeptRows["HospitalStay"]):
    """The named sets of stays in hospital."""

    def open(self) -> Self:
        """Still there: nobody wrote down that they came back, and the stay in the home goes on."""
        return super().open().filter(~Exists(closing_departures("hospital", stay="stay")))


class HospitalStay(AboutResident):
    """From `went_on` somebody who lives in a home is in hospital, until a `HospitalReturn` or a departure (REQ-67).

    The place in the home is theirs all the time.
    """

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    went_on = models.DateField()
    hospital = models.CharField(max_length=120, blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar = Standing.from_queryset(HospitalStays)()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("stay",), condition=Q(ended_at=None, stands=True), name="residents_one_hospital_at_a_time"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("resident",), name="residents_hospital_of")]


class HospitalReturn(AboutResident):
    """They are back. `arrival`: the clock that starts anew when they had been admitted; a visit starts none."""

    hospital_stay = models.ForeignKey(HospitalStay, on_delete=models.PROTECT, related_name="+")
    back_on = models.DateField()
    arrival = models.ForeignKey(Arrival, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("hospital_stay",), condition=Q(stands=True), name="residents_back_from_hospital_once"
            ),
        ]


class HospitalNews(AboutResident):
    """What the hospital said when the home asked: they are still there."""

    hospital_stay = models.ForeignKey(HospitalStay, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="residents_hospital_news_says_what"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("hospital_stay",), name="residents_hospital_news_of")]


class RegistrationStart(AboutResident):
    """From `from_on`, the practice whose GP is medically responsible, or why there is none (REQ-07, REQ-19)."""

    kind = models.CharField(max_length=20)
    practice = models.ForeignKey(Practice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gp_name = models.CharField(max_length=120, blank=True, default="")
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)
    last_confirmed_on = models.DateField(null=True, blank=True)
    from_on = models.DateField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("resident", "from_on"), condition=Q(stands=True), name="residents_one_registration_start_a_day"
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="permanent", practice__isnull=False, until_on=None)
                    | Q(kind="temporary", practice__isnull=False, until_on__isnull=False)
                    | Q(kind__in=("applied_for", "practice_closed"), until_on=None)
                    | Q(kind__in=("none", "not_known", "outside_england"), practice=None, until_on=None)
                ),
                name="residents_registration_fits_its_kind",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("resident", "from_on"), name="residents_registrations_of"),
            models.Index(fields=("practice", "resident"), name="residents_by_practice"),
        ]


class CoOption(AboutResident):
    """A named clinician may see one person until `until_at`; afterwards, for a while, only what they wrote."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    until_at = models.DateTimeField()
    because = models.CharField(max_length=300)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=Q(until_at__gt=F("happened_at")), name="residents_co_option_ends"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("member", "resident"), name="residents_co_options_of")]


class NotTheSame(AboutResident):
    """Somebody said that two people with a like name, birth date or number are not one (H10). Read from either side."""

    other = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("resident", "other"), condition=Q(stands=True), name="residents_not_the_same_once"
            ),
            models.CheckConstraint(condition=~Q(resident=F("other")), name="residents_not_the_same_are_two"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("other",), name="residents_not_the_same_as")]


class Correction(AboutResident):
    """Why an entry no longer stands, and which row stands instead. The only event that turns `stands` of a row."""

    kind = models.CharField(max_length=12)
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    because = models.CharField(max_length=300)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [*Written.Meta.constraints]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("table", "row"), name="residents_corrections_of_a_row")]
