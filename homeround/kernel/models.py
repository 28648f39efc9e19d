"""The kernel's tables: the log and its seals, looks, tokens, drafts, the outbox, the stamp, heartbeats.

The log's own tables are written by database triggers only (kernel/audit). None of these rows points at a person, body
or member by a foreign key: the kernel lies below them and keeps their numbers.
"""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeround.kernel.record.refs import new_ref


class AuditEntry(models.Model):
    """The head of an entry of the log: who did what to which row, when by the database's clock. Written by triggers."""

    logged_at = models.DateTimeField()
    actor = models.TextField()
    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField(null=True)
    op = models.CharField(max_length=8)
    subject_id = models.BigIntegerField(null=True)
    place_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "kernel_audit_entry"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_id", "logged_at"], name="audit_entry_subject"),
            models.Index(fields=["table_name", "row_id"], name="audit_entry_row"),
        ]


class AuditPayload(models.Model):
    """What the row held before and after. May be disposed of; the head stays and keeps the salted digest."""

    entry = models.OneToOneField(
        AuditEntry, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="payload"
    )
    salt = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        db_table = "kernel_audit_payload"


class AuditDisposal(models.Model):
    """A payload was disposed of: why, when, by whom (a person's act after appraisal). Without it no payload can be
    removed.
    """

    entry = models.OneToOneField(AuditEntry, models.DO_NOTHING, db_constraint=False, related_name="disposal")
    because = models.TextField()
    disposed_at = models.DateTimeField()
    disposed_by = models.TextField()

    class Meta:
        db_table = "kernel_audit_disposal"


class AuditSeal(models.Model):
    """A batch of heads under a MAC whose key is not in the database. `leaves`: 24 bytes an entry, its id and 16 of its
    digest.
    """

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    count = models.BigIntegerField()
    leaves = models.BinaryField()
    previous = models.CharField(max_length=64, blank=True)
    key_id = models.CharField(max_length=32)
    mac = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_audit_seal"


class AuditAcceptance(models.Model):
    """A person has looked at what was found in the log and said why it is so; what they accepted is no fault any more.

    `findings`: the keys of what was accepted. Under a MAC, as a seal is: a row without the key accepts nothing.
    """

    findings = models.JSONField()
    because = models.TextField()
    accepted_at = models.DateTimeField()
    accepted_by = models.TextField()
    key_id = models.CharField(max_length=32)
    mac = models.CharField(max_length=64)

    class Meta:
        db_table = "kernel_audit_acceptance"


class LookKind(StrEnum):
    """The ways in which somebody sees what is kept about a person; told apart in the log."""

    LOOK = "look"
    LIST = "list"
    SEARCH = "search"
    PRINT = "print"
    EXPORT = "export"
    REFUSED = "refused"


class Look(models.Model):
    """Somebody was shown something. Insert only; its trigger writes the log entry. `subjects`: numbers of all people on
    a list.
    """

    actor = models.TextField()
    user_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=8)
    page = models.CharField(max_length=64)
    subject_id = models.BigIntegerField(null=True)
    place_id = models.BigIntegerField(null=True)
    thing_id = models.BigIntegerField(null=True)
    subjects = models.JSONField(default=list)
    ground = models.CharField(max_length=64)
    looked_at = models.DateTimeField()
    spool_ref = models.CharField(max_length=16, null=True, unique=True)

    class Meta:
        db_table = "kernel_look"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_id", "looked_at"], name="look_subject"),
            models.Index(fields=["place_id", "looked_at"], name="look_place"),
        ]


class Done(models.Model):
    """An action was done under a client's token. `content` (what was first sent) is readable text: the worker empties
    it at `expires_at`. `form`, `sent` and `answer`: the form's address, the digest of what was typed into it, and where
    its first answer led (record/sent.py); empty for an action that no form called.
    """

    membership_id = models.BigIntegerField()
    action = models.CharField(max_length=128)
    subject = models.CharField(max_length=64, blank=True)
    token = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    content = models.TextField(blank=True)
    result = models.TextField(blank=True)
    form = models.CharField(max_length=200, blank=True)
    sent = models.CharField(max_length=64, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_done"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["membership_id", "token", "action", "subject"], name="done_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["expires_at"], condition=~Q(content=""), name="done_readable")
        ]


class Draft(models.Model):
    """What somebody has typed into one opened form (its token) and not yet sent. Only its owner reads it; it ends."""

    membership_id = models.BigIntegerField()
    form = models.CharField(max_length=200)
    token = models.CharField(max_length=64)
    content = models.JSONField()
    saved_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_draft"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["membership_id", "form", "token"], name="draft_one_a_form")
        ]


class Outbox(models.Model):
    """A message to deliver. Queued, due and handed over are dated facts; `body` holds numbers and refs only, never
    words about a person. Its four hours count from when it was due, not from when it was queued for later.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref)
    user_id = models.BigIntegerField(null=True)
    mailbox = models.CharField(max_length=254, blank=True)
    purpose = models.CharField(max_length=64)
    body = models.JSONField()
    dedupe_key = models.CharField(max_length=128, unique=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    handed_over_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_outbox"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="outbox_one_recipient",
                condition=Q(user_id__isnull=False, mailbox="") | (Q(user_id__isnull=True) & ~Q(mailbox="")),
            ),
            models.CheckConstraint(
                name="outbox_one_final_state", condition=Q(handed_over_at__isnull=True) | Q(given_up_at__isnull=True)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(handed_over_at__isnull=True, given_up_at__isnull=True),
                name="outbox_waiting",
            ),
            models.Index(fields=["due_at"], condition=Q(handed_over_at__isnull=True), name="outbox_not_handed_over"),
        ]


class Stamp(models.Model):
    """The one row that says for ever whether this database is a demo or live, and which installation it is."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=4)
    installation = models.CharField(max_length=16)
    stamped_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_stamp"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="stamp_one_row", condition=Q(id=1)),
            models.CheckConstraint(name="stamp_demo_or_live", condition=Q(kind__in=["demo", "live"])),
        ]


class Heartbeat(models.Model):
    """When something that runs without a person was last alive."""

    name = models.CharField(max_length=64, unique=True)
    beat_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_heartbeat"
