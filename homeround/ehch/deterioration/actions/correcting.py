"""Ways back: a concern on the wrong person, raised, read or answered in error, and a call recorded in error (H1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import said_again, written
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.deterioration import rules
from homeround.ehch.deterioration.access import lives_here_now, see_call, see_concern
from homeround.ehch.deterioration.actions.held import held, refuse
from homeround.ehch.deterioration.models import (
    CONCERNS,
    AddedWords,
    Call,
    Concern,
    ConcernAnswer,
    ReadBy,
    answers_by_reviews,
    answers_not_opened_again,
    moved_about,
)
from homeround.ehch.deterioration.words import IN_ERROR, WRONG_PERSON, AnswerKind
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions import correct
from homeround.ehch.residents.actions.correcting import put_back
from homeround.ehch.residents.models import Correction
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.record.actions import action
from homeround.kernel.record.corrections import correcting
from homeround.kernel.refusals import ChangedMeanwhile

READ_BY_MISTAKE = "Marked as read by mistake."


@action
def move_concern(*, by: Viewer, at: datetime, token: str | None = None, ref: str, to_ref: str, because: str) -> str:
    """Move a concern that stands on the wrong person to the right one (H1). Returns the new concern's ref.

    On the wrong person only "an entry was removed" is left, with calls, readings and answer: they were about somebody
    else. On the right person it stands anew, unread and, if help was needed, to be phoned again, with its own words and
    those added, when it happened, who wrote it first and who moved it. Where it stood on that person before it was
    moved by mistake, it is as it was, with its answer, calls and readings, and its own ref. Raises NotHere when either
    person is out of sight, NotAllowed, Invalid (to_ref, because).
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_move()
    to = see_resident(viewer=by, ref=to_ref, at=at, kind=Kind.LIVING)
    to.must_have(Right.CONCERN)
    problems = rules.problems_of_move(because)
    if to.resident_id == concern.person.resident_id:
        problems["to_ref"] = "It stands on this person already. Choose the person it is about."
    elif not lives_here_now(to):
        problems["to_ref"] = rules.NO_LONGER_HERE
    refuse(problems)
    first = held(concern)
    before = _stood_on(first, to)
    added = {_said(entry): entry for entry in AddedWords.objects.filter(concern=first).order_by("pk")}
    for concern_too, entry in [(first, None), *_born_of(first)]:
        added |= {_said(entry): entry} if entry else {}
        for row in (concern_too, *_built_on(concern_too)):
            correct(row, kind=CorrectionKind.WRONG_PERSON, because=because.strip(), by=by, at=at)
    if before is not None:
        _stand_again(before, because.strip(), by, at)
        _add_what_is_new(before, list(added.values()), to, by, at)
        return before.ref
    moved = Concern.objects.create(
        resident_id=to.resident_id,
        **said_again(first, home_id=to.where, moved_from=first),
        **_moved(first, by, at, to.where),
    )
    for entry in added.values():
        _add(entry, moved, by, at)
    return moved.ref


@action
def remove_concern(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """Say that a concern was raised in error. It stays readable, marked as removed, with who did it and why.

    It is open for nobody and counts nowhere. Its way back is `put_back_concern`. `ref` is the concern's, and is
    returned. Raises NotHere, NotAllowed (see `ConcernInSight.must_remove`), Invalid (because).
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_remove()
    refuse(rules.problems_of_removal(because))
    correct(held(concern), kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    return concern.ref


@action
def put_back_concern(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """Say that a concern was removed by mistake: it stands again, on its own dates, with its calls and its readings.

    `ref` is the concern's, and is returned. Raises NotHere, NotAllowed (as `remove_concern`), Invalid (because),
    ChangedMeanwhile when it stands already.
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_remove()
    refuse(rules.problems_of_putting_back(because))
    removals = Correction.objects.select_for_update().filter(table=CONCERNS, row=concern.concern_id)
    removal = removals.filter(kind=CorrectionKind.IN_ERROR).first()
    if removal is None:
        raise ChangedMeanwhile("The concern", "a colleague", at, {}, then="It stands again already.")
    correct(removal, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    with correcting():
        Concern.with_removed.filter(pk=concern.concern_id).update(stands=True)
    return concern.ref


@action
def remove_call(*, by: Viewer, at: datetime, token: str | None = None, ref: str, call: str, because: str) -> str:
    """Say that a call about a concern was recorded in error: one that needed it is to be phoned again.

    `ref` is the concern's, and is returned; `call` the call's. Raises NotHere, NotAllowed (see
    `CallInSight.must_remove`), Invalid (because).
    """
    seen = see_call(viewer=by, ref=ref, call=call, at=at)
    seen.must_remove()
    refuse(rules.problems_of_removal(because))
    held(seen.concern)
    row = Call.objects.get(pk=seen.call_id)
    correct(row, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    return seen.concern.ref


@action
def unmark_read(*, by: Viewer, at: datetime, token: str | None = None, ref: str) -> str:
    """Take back one's own "I have read this": it stands as not read by the viewer again. Twice changes nothing.

    `ref` is the concern's, and is returned. Raises NotHere, or NotAllowed as `mark_read`.
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_answer()
    held(concern)
    for read in ReadBy.objects.filter(concern=concern.concern_id, by__user=by.user_id, by__body=by.body_id):
        correct(read, kind=CorrectionKind.IN_ERROR, because=READ_BY_MISTAKE, by=by, at=at)
    return concern.ref


@action
def reopen_concern(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """Say that a concern was answered in error: it waits again, from the day it was raised.

    The answer stays readable as removed, with who opened the concern again and why. `ref` is the concern's, and is
    returned. Raises NotHere, NotAllowed for anybody but those who answer it now, Invalid (because), ChangedMeanwhile
    when it is open already.
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_answer()
    refuse(rules.problems_of_reopening(because))
    row = held(concern)
    answer = ConcernAnswer.objects.filter(concern=row).first()
    if answer is None:
        raise ChangedMeanwhile("The concern", "a colleague", at, {}, then="It is open again already.")
    _open_again(answer, because.strip(), by, at)
    return concern.ref


def reopen_answered_by_review(
    person: PersonInSight, *, reviewed_at: Collection[datetime], because: str, by: Viewer, at: datetime
) -> None:
    """Within the move or the change of a review that answers nothing any more: what it answered about `person` waits
    again (H1, H34).

    `reviewed_at`: when the versions of the review were written, which is when they answered.
    """
    answers = answers_not_opened_again().filter(
        resident=person.resident_id, kind=AnswerKind.BY_REVIEW, recorded_at__in=reviewed_at
    )
    for answer in answers.order_by("pk"):
        _open_again(answer, because, by, at)


def reopen_answered_in_home(
    home: HomeInSight, *, reviews: Collection[tuple[int, datetime]], because: str, by: Viewer, at: datetime
) -> None:
    """Within the cancelling of a round: what its reviews answered in this home waits again (H3, H34).

    `reviews`: the person's row and when it was written, of each version of each review of the round.
    """
    for answer in answers_by_reviews(home.home_id, reviews):
        _open_again(answer, because, by, at)


def reopen_answered_by_pcn(home_id: int, pcn_id: int, since: datetime, by: Viewer, at: datetime) -> None:
    """Within the taking back of an alignment: what a PCN that never served the home answered there waits for the one
    that does, and is not to be done (H3, H24). Fulfils the port `pcn_was_wrong`.
    """
    theirs = Q(by__body=pcn_id, for_whom=None) | Q(for_whom__body=pcn_id)
    answers = answers_not_opened_again().filter(theirs, concern__home=home_id, recorded_at__gte=since)
    for answer in answers.order_by("pk"):
        _open_again(answer, NOT_THEIR_PCN, by, at)


NOT_THEIR_PCN: Final = "By a PCN that never served this home: it was entered in error."


def _open_again(answer: ConcernAnswer, because: str, by: Viewer, at: datetime) -> None:
    """The answer was an error: its concern waits again, on its own dates; one that was moved or removed, once it is put
    back.
    """
    correct(answer, kind=CorrectionKind.IN_ERROR, because=because, by=by, at=at)
    with correcting():
        Concern.with_removed.filter(pk=answer.concern_id).update(ended_at=None, ended_by=None, ended_how="")


def _moved(row: Concern | AddedWords, by: Viewer, at: datetime, home: int) -> dict[str, object]:
    """The columns of a row that goes to another person: who moved it, who wrote it first, when it happened."""
    first = row.for_whom_id or row.by_id
    return written(by=by, at=at, held_for=home, happened_at=row.happened_at, for_whom=first)


def _stood_on(concern: Concern, to: PersonInSight) -> Concern | None:
    """The row on which this concern stood on that person in that home, before it was moved to somebody else."""
    there = [row for row in moved_about(concern.pk) if (row.resident_id, row.home_id) == (to.resident_id, to.where)]
    moved = Correction.objects.filter(table=CONCERNS, row__in=[row.pk for row in there], kind=WRONG_PERSON)
    taken_off = set(moved.values_list("row", flat=True))
    return next((row for row in reversed(there) if row.pk in taken_off), None)


def _stand_again(concern: Concern, because: str, by: Viewer, at: datetime) -> None:
    """The concern was moved from its person by mistake: it stands there again with all that was built on it; not what
    was taken back of it, before it was moved or since.
    """
    for removal in Correction.objects.filter(table=CONCERNS, row=concern.pk, kind=WRONG_PERSON):
        correct(removal, kind=CorrectionKind.IN_ERROR, because=because, by=by, at=at)
    with correcting():
        Concern.with_removed.filter(pk=concern.pk).update(stands=True)
    for model in BUILT_ON:
        table = model._meta.db_table  # noqa: SLF001 - Django's own name for it
        taken_back = Correction.objects.filter(table=table, row=OuterRef("pk"), kind=IN_ERROR)
        for row in model.with_removed.filter(~Exists(taken_back), concern=concern):
            put_back(row, kind=CorrectionKind.WRONG_PERSON)


def _add_what_is_new(
    concern: Concern, added: Sequence[AddedWords], to: PersonInSight, by: Viewer, at: datetime
) -> None:
    """What was added while the concern stood on somebody else. Where it is answered, words of the home are a concern of
    their own, as in `add_words`: somebody has to read them (H3).
    """
    there = {_said(entry) for entry in AddedWords.objects.filter(concern=concern)}
    for entry in added:
        if _said(entry) in there:
            continue
        if concern.ended_at is not None and entry.to_be_read:
            Concern.objects.create(
                resident_id=to.resident_id,
                home_id=to.where,
                help_now=False,
                words=entry.words,
                **_moved(entry, by, at, to.where),
            )
        else:
            _add(entry, concern, by, at)


def _born_of(first: Concern) -> list[tuple[Concern, AddedWords]]:
    """The concerns on the same person that are words added to this one while it stood on somebody else: where it goes,
    they go, each with those words.
    """
    chain = [row.pk for row in moved_about(first.pk)]
    said = {_said(entry): entry for entry in AddedWords.with_removed.filter(concern__in=chain)}
    others = (
        Concern.objects.filter(resident=first.resident_id, home=first.home_id).exclude(pk__in=chain) if said else ()
    )
    return [(row, said[_said(row)]) for row in others if _said(row) in said]


def _said(entry: AddedWords | Concern) -> tuple[int, datetime, str]:
    """Who added which words when: the same on every row to which they were moved."""
    return entry.for_whom_id or entry.by_id, entry.happened_at, entry.words


def _add(entry: AddedWords, concern: Concern, by: Viewer, at: datetime) -> None:
    AddedWords.objects.create(
        resident_id=concern.resident_id,
        **said_again(entry, concern_id=concern.pk),
        **_moved(entry, by, at, concern.home_id),
    )


BUILT_ON: Final = (Call, ReadBy, ConcernAnswer, AddedWords)
"""What is written about a concern, and so about the person on whom it stands."""


def _built_on(concern: Concern) -> list[Call | ReadBy | ConcernAnswer | AddedWords]:
    """What was written about a concern and stands."""
    return [row for model in BUILT_ON for row in model.objects.filter(concern=concern)]
