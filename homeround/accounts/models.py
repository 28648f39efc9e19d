"""What is kept about people who sign in: users, their memberships, and the shape of whatever a member writes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from homeround.directory.models import Body
from homeround.kernel.record.kept import Kept, Retention, retained_as
from homeround.kernel.record.refs import new_ref


class User(AbstractUser):
    """A person who signs in. One row a person however many memberships; `name` is how colleagues know them."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    last_login = None
    email = models.EmailField(blank=True, default="")
    name = models.CharField(max_length=120)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ("username",)

    def get_full_name(self) -> str:
        """The name colleagues know."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ", 1)[0]


class Membership(Kept):
    """A person in a role at a body, from one instant until another: what somebody acts in, and the viewer everywhere.

    Every membership has an end. `granted_by` is empty only for the first of a body, made by a command.
    `profession` and `professional_number` say what lets a clinician decide.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    granted_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    profession = models.CharField(max_length=60, blank=True, default="")
    professional_number = models.CharField(max_length=20, blank=True, default="")

    retention = retained_as(Retention.ACCESS_RECORD)

    class Meta(Kept.Meta):
        abstract = False
        ordering = ("user", "from_at")
        constraints: ClassVar[list[Any]] = [
            *Kept.Meta.constraints,
            models.UniqueConstraint(
                fields=("user", "role", "body"),
                condition=Q(ended_at=None, stands=True),
                name="accounts_membership_open_once",
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="accounts_membership_ends"),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("id")), name="accounts_membership_not_by_oneself"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("body", "role"), name="accounts_membership_by_body")]


class Written(Kept):
    """A kept row that a member wrote: by whom in which capacity, for whom, and for which body it is held.

    `by` is the acting membership; `for_whom` the clinician a typist wrote for; `held_for` the body whose record it is.
    """

    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    for_whom = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    held_for = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Kept.Meta):
        abstract = True


class SomethingWrong(models.Model):
    """What somebody said about a page: that it is wrong or in the way. Works signed out, so `said_by` may be empty.

    `page` is the page's name, never an address with a ref in it; `reference` that of the request, which the log names
    too.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=2000)
    page = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=8, blank=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "things that are wrong"
        ordering = ("-said_at",)
