"""Answering a question of the registered GP, and taking an answer back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import must_apply_still, must_finish, see_ask
from homeround.ehch.decisions.actions.telling import practice_now, tell_deciders, tell_practice
from homeround.ehch.decisions.models import Ask, QueryAnswer, Reply
from homeround.ehch.decisions.words import ReplyKind
from homeround.ehch.residents.actions.correcting import correct, reopen
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed

ONCE: Final = (
    "Yours is not saved: a question is answered once. Whoever answered can take it back on the decision’s page; or "
    "call the practice. What you typed stands below."
)

READ_WITH_IT: Final = "The answer that it was read with was taken back."


@action
def answer_query(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str) -> str:
    """Answer the practice's newest question about the decision asked under `ref`; its reply is awaited again, within
    the usual working days from now. Returns the ask's ref.
    """
    ask = see_ask(viewer=by, ref=ref, at=at)
    must_finish(ask.person, Right.ANSWERING)
    must_apply_still(ask.decision_id)
    if not words.strip():
        raise Invalid(words="Write your answer.")
    query = Reply.objects.filter(ask=ask.ask_id).order_by("-id").first()
    if query is None or query.kind != ReplyKind.QUERY:
        raise Invalid(words="Nothing has been asked about this decision that is not answered.")
    answer, is_new = QueryAnswer.objects.get_or_create(
        reply=query,
        defaults={
            "resident_id": ask.person.resident_id,
            "words": words.strip(),
            "answer_by_on": rules.answer_by(london_date(at), bank_holidays.ENGLAND),
            **written(by=by, at=at, held_for=by.body_id),
        },
    )
    if not is_new:
        raise ChangedMeanwhile(
            "The answer", answer.by.user.name, answer.recorded_at, {"words": answer.words}, then=ONCE
        )
    tell_practice(practice_now(ask.person.resident_id, at), at)
    return ask.ref


@action
def take_back_answer(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """The answer to the newest question was given in error: the question waits for an answer again. By its author.

    That the practice has read it since falls with it: it read what was wrong, and is told. Not once it has asked again
    or does not adopt the decision. Returns the ask's ref; raises NotHere, NotAllowed, Invalid.
    """
    ask = see_ask(viewer=by, ref=ref, at=at)
    must_finish(ask.person, Right.ANSWERING)
    must_apply_still(ask.decision_id)
    if not because.strip():
        raise Invalid(because="Say what was wrong: the registered GP has perhaps read it.")
    later = list(Reply.objects.filter(ask=ask.ask_id).order_by("-id")[:2])
    read = later.pop(0) if later and later[0].kind == ReplyKind.READ else None
    answer = QueryAnswer.objects.filter(reply=later[0]).select_related("by").first() if later else None
    if answer is None:
        raise Invalid(because="There is no answer here that the practice has not gone on from since.")
    if answer.by.user_id != by.user_id:
        raise NotAllowed("Only whoever gave an answer takes it back. Nothing was changed.")
    correct(answer, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    asked = Ask.objects.select_related("decision").get(pk=ask.ask_id)
    if read is not None:
        correct(read, kind=CorrectionKind.IN_ERROR, because=READ_WITH_IT, by=by, at=at)
        reopen(asked)
        tell_practice(practice_now(ask.person.resident_id, at), at)
    tell_deciders(asked.decision, at)
    return ask.ref
