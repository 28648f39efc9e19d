"""What is kept about people who sign in: users, their memberships, and the shape of whatever a member writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q, Subquery

from homeround.directory.models import Body
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.record.kept import Kept, KeptRows, Retention, Standing, retained_as
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

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password; a hash made with older settings is made anew, which the log notes."""

        def renew(password: str) -> None:
            self.set_password(password)
            self._password = None
            with acting(SystemActor("password-hash", "")):
                self.save(update_fields=["password"])

        return check_password(raw_password, self.password, renew)

    def get_full_name(self) -> str:
        """The name colleagues know."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ", 1)[0]


class Memberships(KeptRows["Membership"]):
    """Named sets of memberships."""

    def in_force(self, at: datetime) -> Self:
        """Those that somebody may act in at an instant. The one answer: nobody filters memberships by hand."""
        begun = self.filter(Q(ended_at=None) | Q(ended_at__gt=at), from_at__lte=at, until_at__gt=at)
        return begun.filter(user__is_active=True)

    def same_as(self, member: Any) -> Self:
        """Every one, over or not, in which the person of this membership (its number, or what names it in the query
        around) acts for the same body: `Viewer.acts_as`, as a query asks it.
        """
        one = Membership.objects.filter(pk=member)
        return self.filter(user=Subquery(one.values("user")), body=Subquery(one.values("body")))

    def not_over(self, at: datetime) -> Self:
        """Those that count now or are about to, also of an account that is switched off."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), until_at__gt=at)


class Membership(Kept):
    """A person in a role at a body, from one instant until another: what somebody acts in, and the viewer everywhere.

    Every membership has an end. `granted_by` is empty only for the first of a body, made by a command.
    `profession` and `professional_number` say what lets a clinician decide.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
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

    objects: ClassVar = Standing.from_queryset(Memberships)()

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


class Session(AbstractBaseSession):
    """A browser that somebody is signed in with. What is in it is encrypted; it holds no rights (sessions.py).

    `user` is empty before sign-in. `browser` and `address` are for the list of one's own sign-ins.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=45, blank=True, default="")

    class Meta:
        ordering = ("-seen_at",)


class Try(models.Model):
    """Something that was tried and counts against a limit (limits.py). `key` cannot be read, only compared.

    `counts` is False while it is looked at whether the try is right.
    """

    what = models.CharField(max_length=12)
    key = models.CharField(max_length=32)
    tried_at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        ordering = ("tried_at", "pk")
        verbose_name_plural = "tries"
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("key", "tried_at"), name="accounts_try_by_key"),
            models.Index(fields=("tried_at",), name="accounts_try_by_time"),
        ]


class SignInEvent(models.Model):
    """What happened to somebody's way of signing in: every decision about it, right and wrong (ASVS 7.2.1).

    `user` is empty for a name that nobody has. `by` is who did it when it was not the person. `address` and `browser`
    are never in the log; the rows are cleared after `limits.SIGN_INS_KEPT`.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    happened_at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=45, blank=True, default="")
    browser = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ("-happened_at", "-pk")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("user", "-happened_at"), name="accounts_event_of_user"),
            models.Index(fields=("happened_at",), name="accounts_event_by_time"),
        ]


class WayIn(models.Model):
    """A code with which somebody without a password chooses one, once (actions/ways_in.py). The code is not kept."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name_plural = "ways in"
