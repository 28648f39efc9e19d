"""What is kept about decisions: each part of one in a table of its own.

What was decided and what is in force from when: `Decision`. What is asked of the registered practice: `Ask`, and what
it
said: `Reply`, `Received`. What came back to a query: `QueryAnswer`. Whether it is in dispute: `Dispute`, until a
`Settlement`. What is asked of everybody else: `FollowUp`, and what has been done: `FollowUpDone`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from homeround.accounts.models import Membership, Written
from homeround.directory.models import Body, CareHome, Practice
from homeround.ehch.residents.models import AboutResident
from homeround.kernel.record.refs import new_ref


class DecisionKind(models.TextChoices):
    """What a decision is about."""

    PLAN = "plan", "plan of care"
    MEDICINE = "medicine", "medicine"
    REFERRAL = "referral", "referral"
    OTHER = "other", "other"


class Decision(AboutResident):
    """What a clinician decided, with what applied before and what applies now.

    It takes effect when the competent clinician makes it and stays theirs (REQ-19): `for_whom`, else `by`.
    `in_force_from_on`
    is empty when nothing changes. Nothing that a reply says changes this row.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    decided = models.TextField()
    because = models.TextField(blank=True, default="")
    before = models.TextField(blank=True, default="")
    in_force_from_on = models.DateField(null=True, blank=True)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(decided=""), name="decisions_decision_says_what"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("resident", "happened_at"), name="decisions_of")]


class Ask(AboutResident):
    """A reply to a decision, awaited from the practice the person is registered with *now* (REQ-20).

    No practice stands here: what is awaited follows the person. `answer_by_on` is when silence is first escalated;
    silence is never read as consent. Ends with a reply that answers.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    answer_by_on = models.DateField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("decision",), condition=Q(stands=True), name="decisions_asked_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=("resident", "answer_by_on"),
                condition=Q(ended_at=None, stands=True),
                name="decisions_awaiting_reply",
            ),
        ]


class ReplyKind(models.TextChoices):
    """What a practice can say. None of them moves responsibility, and none means that it agrees."""

    READ = "read", "I have read this"
    QUERY = "query", "I have a question"
    DO_NOT_ADOPT = "do_not_adopt", "I do not adopt this"
    NOT_OUR_PATIENT = "not_our_patient", "Not our patient"


class Reply(AboutResident):
    """What a clinician of the registered practice said. `said_by` names whose word it is when somebody else wrote it
    down.
    """

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    words = models.TextField(blank=True, default="")
    meanwhile = models.TextField(blank=True, default="")
    said_by = models.CharField(max_length=120, blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=("read", "not_our_patient")) | ~Q(words=""), name="decisions_reply_gives_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="do_not_adopt") | ~Q(meanwhile=""), name="decisions_dispute_says_what_applies"
            ),
            models.UniqueConstraint(
                fields=("ask",),
                condition=Q(stands=True, kind__in=("read", "do_not_adopt")),
                name="decisions_answered_once",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=("ask", "happened_at"), name="decisions_replies_to")]


class QueryAnswer(AboutResident):
    """What the decider's side answered to a query; the reply is awaited again."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("reply",), condition=Q(stands=True), name="decisions_query_answered_once"),
        ]


class Received(AboutResident):
    """A clerk of the practice has it and passed it on. It stops nothing: only a clinician's reply answers (H26)."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    passed_to = models.CharField(max_length=120, blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("ask", "practice"), condition=Q(stands=True), name="decisions_received_once"
            ),
        ]


class Dispute(AboutResident):
    """A decision that the registered GP does not adopt, and what the home does until it is settled (H27)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="+")
    meanwhile = models.TextField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("decision",), condition=Q(ended_at=None, stands=True), name="decisions_in_dispute_once"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=("resident",), condition=Q(ended_at=None, stands=True), name="decisions_open_disputes"),
        ]


class Settlement(AboutResident):
    """How a dispute ended, in a clinician's words."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=("dispute",), condition=Q(stands=True), name="decisions_settled_once"),
        ]


class FollowUp(AboutResident):
    """Something somebody is to do by a day: owned by a person, or by a role at a body (REQ-46)."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    home = models.ForeignKey(CareHome, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    due_on = models.DateField()
    owner_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    owner_role = models.CharField(max_length=20, blank=True, default="")
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="decisions_follow_up_says_what"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=("owner_body", "due_on"),
                condition=Q(ended_at=None, stands=True),
                name="decisions_open_follow_ups",
            ),
            models.Index(fields=("resident",), condition=Q(ended_at=None, stands=True), name="decisions_follow_ups_of"),
        ]


class FollowUpDone(AboutResident):
    """What came of a follow-up."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True, default="")

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=("follow_up",), condition=Q(stands=True), name="decisions_follow_up_done_once"
            ),
        ]
