"""What the registered practice says, what follows from it, and taking it back. No reply moves responsibility."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import AskInSight, is_own, must_apply_still, see_ask
from homeround.ehch.decisions.actions.telling import tell_of_reply
from homeround.ehch.decisions.models import Ask, Decision, Dispute, QueryAnswer, Received, Reply, Settlement
from homeround.ehch.decisions.models.deciding import replaced_by
from homeround.ehch.decisions.words import ANSWERS, REPLIES, ReplyKind
from homeround.ehch.residents.actions import disown
from homeround.ehch.residents.actions.correcting import correct, reopen
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed

ONCE: Final = (
    "Yours is not saved: a practice replies once. Whoever replied can take it back on the decision’s page. What you "
    "typed stands below."
)


@action
def reply_to_decision(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    kind: str,
    words: str = "",
    meanwhile: str = "",
) -> str:
    """A clinician of the registered practice replies to what is asked under `ref`. Returns the ask's ref.

    "Not our patient" takes the person out of the practice's sight at once. Raises NotHere, NotAllowed, Invalid, or
    ChangedMeanwhile when a colleague of the practice has answered already.
    """
    ask = see_ask(viewer=by, ref=ref, at=at)
    ask.must_be_asked(Right.REPLIES)
    must_apply_still(ask.decision_id)
    decision = _not_ones_own(ask, by)
    ended_on = rules.last_day_if_ended(decision.until_on, london_date(at))
    problems = rules.problems_of_reply(kind, words, meanwhile, ended_on=ended_on)
    if problems:
        raise Invalid(**problems)
    if kind == ReplyKind.DO_NOT_ADOPT and replaced_by(decision, at):
        raise Invalid(kind="A later decision has taken the place of this one: reply to that one.")
    reply = _keep(ask, by, at, kind, words, meanwhile)
    if kind == ReplyKind.NOT_OUR_PATIENT:
        disown(person=ask.person, by=by, at=at)
    if kind == ReplyKind.DO_NOT_ADOPT:
        Dispute.objects.create(
            resident_id=ask.person.resident_id,
            decision_id=ask.decision_id,
            reply=reply,
            meanwhile=meanwhile.strip(),
            **written(by=by, at=at, held_for=by.body_id),
        )
    if kind in ANSWERS:
        Ask.objects.filter(pk=ask.ask_id).update(**ended(by=by, at=at, how=kind))
    tell_of_reply(decision, kind, at)
    return ask.ref


@action
def take_back_reply(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """The last reply to what is asked under `ref` was sent in error: its reply is awaited again. By its author only.

    Not once something was built on it: a question that was answered, a dispute that was settled. Returns the ask's ref;
    raises NotHere, NotAllowed, Invalid.
    """
    ask = see_ask(viewer=by, ref=ref, at=at)
    ask.must_be_asked(Right.REPLIES)
    must_apply_still(ask.decision_id)
    if not because.strip():
        raise Invalid(because="Say what was wrong: the clinician who decided has perhaps read it.")
    reply = Reply.objects.filter(ask=ask.ask_id).select_related("by", "ask__decision").order_by("-id").first()
    if reply is None:
        raise Invalid(because="Nobody has replied to this.")
    if reply.by.user_id != by.user_id:
        raise NotAllowed("Only whoever sent a reply takes it back. Nothing was changed.")
    _must_bear_nothing(reply)
    disputes = Dispute.objects.filter(reply=reply)
    for row in (*disputes, reply):
        correct(row, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    if reply.ask.ended_how == reply.kind:
        reopen(reply.ask)
    tell_of_reply(reply.ask.decision, reply.kind, at)
    return ask.ref


@action
def mark_received(*, by: Viewer, at: datetime, token: str | None = None, ref: str, passed_to: str = "") -> str:
    """A clerk has it and passed it on. It stops nothing: the reply is awaited as before. Returns the ask's ref.

    Raises NotHere, NotAllowed, Invalid (the name it was passed to is too long).
    """
    ask = see_ask(viewer=by, ref=ref, at=at)
    ask.must_be_asked(Right.RECEIVED)
    must_apply_still(ask.decision_id)
    if problems := rules.problems_of_receiving(passed_to):
        raise Invalid(**problems)
    Received.objects.get_or_create(
        ask_id=ask.ask_id,
        practice_id=by.body_id,
        defaults={
            "resident_id": ask.person.resident_id,
            "passed_to": passed_to.strip(),
            **written(by=by, at=at, held_for=by.body_id),
        },
    )
    return ask.ref


def _not_ones_own(ask: AskInSight, by: Viewer) -> Decision:
    """The decision. Nobody answers their own in another capacity, also when somebody typed it for them."""
    decision = Decision.objects.select_related("by", "for_whom").get(pk=ask.decision_id)
    if is_own(decision, by):
        raise NotAllowed("You decided this yourself. A colleague of the practice replies.")
    return decision


def _must_bear_nothing(reply: Reply) -> None:
    """Raises Invalid, naming who built on the reply, once somebody has."""
    answer = QueryAnswer.objects.filter(reply=reply).select_related("by__user").first()
    if answer is not None:
        raise Invalid(
            because=f"{answer.by.user.name} has answered your question. Write your reply; question and answer stay."
        )
    settled = Settlement.objects.filter(dispute__reply=reply).select_related("by__user").first()
    if settled is not None:
        raise Invalid(
            because=f"{settled.by.user.name} has settled the dispute. Call them: the settlement is taken back first."
        )


def _keep(ask: AskInSight, by: Viewer, at: datetime, kind: str, words: str, meanwhile: str) -> Reply:
    try:
        with transaction.atomic():
            return Reply.objects.create(
                resident_id=ask.person.resident_id,
                ask_id=ask.ask_id,
                practice_id=by.body_id,
                kind=kind,
                words=words.strip(),
                meanwhile=meanwhile.strip() if kind == ReplyKind.DO_NOT_ADOPT else "",
                **written(by=by, at=at, held_for=by.body_id),
            )
    except IntegrityError:
        answering = Reply.objects.filter(ask=ask.ask_id, kind__in=ANSWERS)
        first = answering.select_related("by__user").first()
        if first is None:
            raise
        kept = {"kind": REPLIES[ReplyKind(first.kind)], "words": first.words, "meanwhile": first.meanwhile}
        raise ChangedMeanwhile("The reply", first.by.user.name, first.recorded_at, kept, then=ONCE) from None
