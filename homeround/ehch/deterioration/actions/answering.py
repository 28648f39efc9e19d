"""Read a concern for the PCN, and answer it: in words, or by the review of a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from homeround.accounts.queries import as_viewer
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.deterioration import rules
from homeround.ehch.deterioration.access import (
    answers_before_the_call,
    concerns_in_sight,
    must_answer_for_the_pcn,
    see_concern,
)
from homeround.ehch.deterioration.actions.held import held, refuse
from homeround.ehch.deterioration.models import AddedWords, Concern, ConcernAnswer, ReadBy, to_be_phoned
from homeround.ehch.deterioration.queries import last_words_about
from homeround.ehch.deterioration.words import AnswerKind
from homeround.ehch.residents.access import PersonInSight
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid


@action
def mark_read(*, by: Viewer, at: datetime, token: str | None = None, ref: str, read_to: int = 0) -> str:
    """Say that the viewer has read a concern for the PCN: whoever raised it sees the name. It is not an answer.

    `read_to` is `last_words_about` the person when their page was opened: words added later stay unread.
    Marking twice changes nothing. `ref` is the concern's, and is returned. Raises NotHere, or NotAllowed for anybody
    but those who answer it: the coordinators and clinicians of the PCN that serves the home (what is read in the home
    may still wait), or, where none does, the home's own nurse, senior and manager.
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_answer()
    held(concern)
    read = ReadBy(
        resident_id=concern.person.resident_id,
        concern_id=concern.concern_id,
        read_to=min(read_to, last_words_about(concern.person)),
        **written(by=by, at=at, held_for=concern.person.where),
    )
    try:
        with transaction.atomic():
            read.save(force_insert=True)
    except IntegrityError:  # marked before, perhaps from another window
        return concern.ref
    return concern.ref


@action
def answer_concern(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    words: str,
    read_to: int = 0,
) -> str:
    """Say what came of a concern, and end it. `ref` is the concern's, and is returned.

    `read_to` as in `mark_read`: an answer does not end a concern to which the home added words that it has not seen.
    One that needs help now, and is still to be phoned, is answered by a clinician only. Where no PCN serves the home
    its nurse, senior or manager writes what came of it. Raises NotHere, NotAllowed (anybody else), Invalid (words),
    ChangedMeanwhile when somebody else answered first, or the home has added words.
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_answer()
    refuse(rules.problems_of_answer(words))
    row = held(concern)
    if row.ended_at is not None:
        raise _answered_meanwhile(concern.concern_id)
    _must_be_called_first([row.pk], concern.person, field="words")
    _must_have_read([row.pk], read_to)
    _answer([row], by, at, None, kind=AnswerKind.IN_WORDS, words=words.strip())
    return concern.ref


def answer_by_review(
    person: PersonInSight,
    refs: Sequence[str],
    *,
    by: Viewer,
    at: datetime,
    decision: int | None = None,
    for_whom: int | None = None,
    read_to: int = 0,
) -> None:
    """Within the review of a person: end these concerns about them, pointing to the review and what it decided.

    Copies no words: what applies now is read in decisions, and can change. `person` is the proof the review's action
    has; `decision` the row of what it decided, None for nothing; `read_to` as in `answer_concern`. Four statements for
    any number. A review that is typed for a clinician ends none that is still to be phoned: nobody has been told.
    Raises NotHere unless each is about this person, NotAllowed, Invalid (for_whom, answers), ChangedMeanwhile when
    somebody answered one first, or the home has added words since.
    """
    if not refs:
        return
    rows = concerns_in_sight(person, refs)
    must_answer_for_the_pcn(person, for_whom)
    for row in rows:
        if row.ended_at is not None:
            raise _answered_meanwhile(row.pk)
    concerns = [row.pk for row in rows]
    _must_be_called_first(concerns, person, field="answers")
    _must_have_read(concerns, read_to)
    _answer(rows, by, at, for_whom, kind=AnswerKind.BY_REVIEW, decision_id=decision)


def _answer(
    rows: Sequence[Concern], by: Viewer, at: datetime, for_whom: int | None, **content: str | int | None
) -> None:
    """End these concerns, each with its answer."""
    Concern.objects.filter(pk__in=[row.pk for row in rows]).update(**ended(by=by, at=at, how="answered"))
    ConcernAnswer.objects.bulk_create(
        ConcernAnswer(
            resident_id=row.resident_id,
            concern_id=row.pk,
            **content,
            **written(by=by, at=at, held_for=row.home_id, for_whom=for_whom),
        )
        for row in rows
    )


def _must_be_called_first(concerns: Sequence[int], person: PersonInSight, *, field: str) -> None:
    """Raises Invalid (`field`) when one of them needs help now and nobody wrote down who was called, unless whoever
    answers is a clinician, who would have been called. Typing for a clinician is not being one (REQ-87).
    """
    if not answers_before_the_call(person) and Concern.objects.filter(to_be_phoned(), pk__in=concerns).exists():
        raise Invalid(**{field: rules.PHONE_FIRST})


def _must_have_read(concerns: Sequence[int], read_to: int) -> None:
    """Raises ChangedMeanwhile when the home has added words that were not before whoever answers now."""
    added = AddedWords.objects.filter(concern__in=concerns, to_be_read=True, pk__gt=read_to)
    newest = added.select_related("by__user", "by__body").order_by("-pk").first()
    if newest is not None:
        then = f"Added: “{newest.words}”. {ADDED_SINCE}"
        raise ChangedMeanwhile("The concern", as_viewer(newest.by).shown, newest.recorded_at, {}, then=then)


ADDED_SINCE: Final = (
    "Yours is not saved yet: whoever raised the concern has not had an answer to this. Change what you wrote if it "
    "needs to be different, and send it again. What you typed stands below."
)

ONCE: Final = (
    "Yours is not saved: a concern is answered once. To say more, add it to the concern; if their answer is wrong, "
    "open the concern again on its page. What you typed stands below."
)


def _answered_meanwhile(concern_id: int) -> ChangedMeanwhile:
    first = ConcernAnswer.objects.select_related("by__user", "by__body").get(concern=concern_id)
    words = first.words or "Answered by the review of a round."
    return ChangedMeanwhile("The answer", as_viewer(first.by).shown, first.recorded_at, {"words": words}, then=ONCE)
