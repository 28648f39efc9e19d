"""What the registered practice says, and what follows from it. No reply moves responsibility."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from homeround.accounts.rights import Right, Role
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import AskInSight, see_ask, see_decision
from homeround.ehch.decisions.models import Ask, Dispute, QueryAnswer, Received, Reply, Settlement
from homeround.ehch.decisions.words import REPLIES, ReplyKind, SettledAs
from homeround.ehch.residents.actions import disown
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed


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
    _not_ones_own(ask, by)
    problems = rules.problems_of_reply(kind, words, meanwhile)
    if problems:
        raise Invalid(**problems)
    reply = _keep(ask, by, at, kind, words, meanwhile)
    if kind == ReplyKind.NOT_OUR_PATIENT:
        disown(person=ask.person, by=by, at=at)
        return ask.ref
    if kind == ReplyKind.DO_NOT_ADOPT:
        Dispute.objects.create(
            resident_id=ask.person.resident_id,
            decision_id=ask.decision_id,
            reply=reply,
            meanwhile=meanwhile.strip(),
            **written(by=by, at=at, held_for=by.body_id),
        )
    if kind in {ReplyKind.READ, ReplyKind.DO_NOT_ADOPT}:
        Ask.objects.filter(pk=ask.ask_id).update(**ended(by=by, at=at, how=kind))
    return ask.ref


@action
def mark_received(*, by: Viewer, at: datetime, token: str | None = None, ref: str, passed_to: str = "") -> str:
    """A clerk has it and passed it on. It stops nothing: the reply is awaited as before. Returns the ask's ref."""
    ask = see_ask(viewer=by, ref=ref, at=at)
    ask.must_be_asked(Right.RECEIVED)
    Received.objects.get_or_create(
        ask_id=ask.ask_id,
        practice_id=by.body_id,
        stands=True,
        defaults={
            "resident_id": ask.person.resident_id,
            "passed_to": passed_to.strip(),
            **written(by=by, at=at, held_for=by.body_id),
        },
    )
    return ask.ref


@action
def answer_query(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str) -> str:
    """Answer the practice's newest question about the decision asked under `ref`; its reply is awaited again."""
    ask = see_ask(viewer=by, ref=ref, at=at)
    if Right.TYPING_FOR not in ask.person.capacity.rights:
        ask.person.must_have(Right.CLINICAL_ENTRIES)
    if not words.strip():
        raise Invalid(words="Write your answer.")
    query = Reply.objects.filter(ask=ask.ask_id, stands=True).order_by("-id").first()
    if query is None or query.kind != ReplyKind.QUERY:
        raise Invalid(words="Nothing has been asked about this decision that is not answered.")
    answer, is_new = QueryAnswer.objects.get_or_create(
        reply=query,
        stands=True,
        defaults={
            "resident_id": ask.person.resident_id,
            "words": words.strip(),
            "answer_by_on": rules.answer_by(london_date(at), bank_holidays.ENGLAND),
            **written(by=by, at=at, held_for=by.body_id),
        },
    )
    if not is_new:
        raise ChangedMeanwhile("The answer", answer.by.user.name, answer.recorded_at, {"words": answer.words})
    return ask.ref


@action
def settle_dispute(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    words: str,
    settled_as: str,
    from_now_on: str = "",
) -> str:
    """A clinician writes how the dispute about the decision `ref` was settled with the registered GP, and what the home
    does from now on (a value of `words.SettledAs`; with OTHERWISE in the words `from_now_on`). Returns the ref.

    Raises NotHere, NotAllowed, Invalid.
    """
    decision = see_decision(viewer=by, ref=ref, at=at)
    if by.role is not Role.PRACTICE_CLINICIAN:
        decision.person.must_have(Right.CLINICAL_ENTRIES)
    problems = rules.problems_of_settlement(words, settled_as, from_now_on)
    if problems:
        raise Invalid(**problems)
    dispute = Dispute.objects.filter(decision=decision.decision_id, stands=True, ended_at=None).first()
    open_ = Dispute.objects.filter(pk=dispute.pk, ended_at=None) if dispute else Dispute.objects.none()
    if dispute is None or not open_.update(**ended(by=by, at=at, how="settled")):
        raise Invalid(words="This decision is not in dispute any more.")
    Settlement.objects.create(
        resident_id=decision.person.resident_id,
        dispute=dispute,
        words=words.strip(),
        settled_as=settled_as,
        from_now_on=from_now_on.strip() if settled_as == SettledAs.OTHERWISE else "",
        **written(by=by, at=at, held_for=by.body_id),
    )
    return decision.ref


def _not_ones_own(ask: AskInSight, by: Viewer) -> None:
    """Nobody answers their own decision in another capacity."""
    decision = Ask.objects.select_related("decision__by", "decision__for_whom").get(pk=ask.ask_id).decision
    deciders = {membership.user_id for membership in (decision.by, decision.for_whom) if membership}
    if by.user_id in deciders:
        raise NotAllowed("You decided this yourself. A colleague of the practice replies.")


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
        first = Reply.objects.filter(ask=ask.ask_id, stands=True).select_related("by__user").order_by("-id").first()
        if first is None:
            raise
        stands = {"kind": REPLIES[ReplyKind(first.kind)], "words": first.words, "meanwhile": first.meanwhile}
        raise ChangedMeanwhile("The reply", first.by.user.name, first.recorded_at, stands) from None
