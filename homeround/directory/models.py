"""What is kept about bodies: one row for every body, and a table for each kind sharing its key.

A membership points to a `Body`, an alignment to a `CareHome`: so a person can act for anything, and a rule about homes
cannot be given a practice.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from homeround.kernel.record.refs import new_ref


class Body(models.Model):
    """Something a person can act for.

    `code` is the register's: the CQC location or provider id for homes and providers, the ODS code for the rest, our
    own
    for teams and the installation. Closed bodies stay, with the day they closed.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ("name", "code")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=("kind", "code"), name="directory_body_code_once_in_its_kind"),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="directory_body_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=~Q(code="") & Q(code=Upper("code")), name="directory_body_code_upper"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("kind", "name"), name="directory_body_by_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Region(models.Model):
    """An NHS England region."""

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="region")
    ons_code = models.CharField(max_length=9, blank=True, default="")


class Icb(models.Model):
    """An integrated care board: answers for every eligible home being aligned (REQ-03)."""

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="icb")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="icbs")
    ons_code = models.CharField(max_length=9, blank=True, default="")


class SubIcb(models.Model):
    """A sub-ICB location; older records call it a CCG."""

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="sub_icb")
    icb = models.ForeignKey(Icb, null=True, on_delete=models.PROTECT, related_name="sub_icbs")
    ons_code = models.CharField(max_length=9, blank=True, default="")


class Pcn(models.Model):
    """A primary care network."""

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="pcn")
    sub_icb = models.ForeignKey(SubIcb, null=True, on_delete=models.PROTECT, related_name="pcns")
    postcode = models.CharField(max_length=8, blank=True, default="")


class Practice(models.Model):
    """A GP practice. A practice known only from a PCN's list has code and name alone.

    `dormant`: its register gives it as dormant or only proposed; it has no patients and is offered to nobody.
    """

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="practice")
    sub_icb = models.ForeignKey(SubIcb, null=True, on_delete=models.PROTECT, related_name="practices")
    postcode = models.CharField(max_length=8, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    dormant = models.BooleanField(default=False)


class PcnPractice(models.Model):
    """A practice belonging to a PCN from a day, until a day when the register says so."""

    pcn = models.ForeignKey(Pcn, on_delete=models.PROTECT, related_name="links")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="links")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=("pcn", "practice", "opened_on"), name="directory_link_once_a_day"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="directory_link_closes_after_it_opens",
            ),
        ]


class Provider(models.Model):
    """Who runs care homes, as registered with CQC."""

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="provider")


class CareHome(models.Model):
    """One CQC registration of a care home (REQ-02); a new registration of the same place is a new row that `succeeds`
    it.

    `beds` is the number CQC registers. A home may be with nursing, without, or both. `area_ons_code` is the ONS code of
    the sub-ICB location it lies in, as CQC gives it: whose area that is follows from the register of areas, whichever
    file came first.
    """

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="care_home")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="homes")
    ods_code = models.CharField(max_length=10, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    postcode = models.CharField(max_length=8, blank=True, default="")
    local_authority = models.CharField(max_length=80, blank=True, default="")
    area_ons_code = models.CharField(max_length=9, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    beds = models.PositiveIntegerField(null=True, blank=True)
    with_nursing = models.BooleanField(default=False)
    without_nursing = models.BooleanField(default=False)
    serves = models.JSONField(default=list, blank=True)
    dormant = models.BooleanField(default=False)
    succeeds = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="succeeded_by")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("ods_code",), name="directory_home_by_ods"),
            models.Index(fields=("local_authority",), name="directory_home_by_la"),
            models.Index(fields=("area_ons_code",), name="directory_home_by_area"),
        ]


class FileTaken(models.Model):
    """An edition of an official file that was taken in: how new it is, and which bodies and links it told of.

    So an older edition changes nothing that a newer one has told, whatever the order in which they come (ADR 9).
    `told`: codes by kind; those only mentioned under "mentioned KIND".
    """

    what = models.CharField(max_length=80)
    newest_began_on = models.DateField()
    newest_ended_on = models.DateField()
    row_count = models.PositiveIntegerField()
    told = models.JSONField()
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "files taken"
        ordering = ("newest_began_on", "newest_ended_on", "id")


class Proposal(models.Model):
    """What an import does not do by itself and puts before a person: an end, a practice going dormant, a home that is
    another's new registration. Open until somebody accepts or declines it, or a newer edition takes it back.

    `ends_on` is the day of an end; `other` the home that is succeeded. `accepted` stays empty when it was taken back.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    what = models.CharField(max_length=12)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="proposals")
    ends_on = models.DateField(null=True)
    other = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True, default="")
    accepted = models.BooleanField(null=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=("what", "body"),
                condition=Q(decided_at=None, other=None),
                name="directory_proposal_open_once",
            ),
            models.UniqueConstraint(
                fields=("what", "body", "other"),
                condition=Q(decided_at=None),
                name="directory_proposal_open_once_of_two",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, accepted=None, decided_by="")
                | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="directory_proposal_decided_by",
            ),
        ]


class Team(models.Model):
    """A team that acts for PCNs or practices: a hub, a visiting service, a trust's intake."""

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="team")


class Installation(models.Model):
    """The administrators' own body: one for an installation."""

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="installation")
