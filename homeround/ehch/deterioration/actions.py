"""What can be done about concerns: raise one, say who was phoned, mark it read, answer it, move it (H1)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from homeround.accounts.queries import as_viewer
from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.deterioration import rules
from homeround.ehch.deterioration.access import ConcernInSight, answers_before_the_call, lives_here_now, see_concern
from homeround.ehch.deterioration.models import Call, Concern, ConcernAnswer, ReadBy, to_be_phoned
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import correct
from homeround.ehch.residents.models import CorrectionKind
from homeround.kernel.calendar.times import check_happened
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotHere


@action
def raise_concern(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    words: str,
    help_now: bool,
    happened_at: datetime | None = None,
    sure: bool = False,
) -> str:
    """Write down what somebody noticed about a person, in their own words (REQ-87). Returns the concern's ref.

    `help_now`: it stands as to be phoned until a call says who was spoken to. Raises NotHere, NotAllowed, Invalid
    (words, happened_at, sure).
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.LIVING)
    person.must_have(Right.CONCERN)
    problems = rules.problems_of_concern(words) | _problems_of_time(happened_at, at, sure=sure)
    if not lives_here_now(person):
        problems["words"] = rules.NO_LONGER_HERE
    _refuse(problems)
    concern = Concern.objects.create(
        resident_id=person.resident_id,
        home_id=person.where,
        help_now=help_now,
        words=words.strip(),
        **written(by=by, at=at, held_for=person.where, happened_at=happened_at),
    )
    return concern.ref


@action
def record_call(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    service: str,
    spoke_to: str,
    words: str,
    happened_at: datetime | None = None,
    sure: bool = False,
) -> str:
    """Write down whom somebody rang about a concern, who was spoken to and what they said, on their word.

    Nobody answered: `spoke_to` stays empty, and it is still to be phoned. `ref` is the concern's, and is returned.
    Raises NotHere, NotAllowed, Invalid (service, spoke_to, words, happened_at, sure).
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.person.must_have(Right.CONCERN)
    _refuse(rules.problems_of_call(service, spoke_to, words) | _problems_of_time(happened_at, at, sure=sure))
    _held(concern)
    Call.objects.create(
        resident_id=concern.person.resident_id,
        concern_id=concern.concern_id,
        service=service.strip(),
        spoke_to=spoke_to.strip(),
        words=words.strip(),
        **written(by=by, at=at, held_for=concern.person.where, happened_at=happened_at),
    )
    return concern.ref


@action
def mark_read(*, by: Viewer, at: datetime, token: str | None = None, ref: str) -> str:
    """Say that the viewer has read a concern for the PCN: whoever raised it sees the name. It is not an answer.

    Marking twice changes nothing. `ref` is the concern's, and is returned. Raises NotHere, or NotAllowed for anybody
    but the coordinators and clinicians of the PCN that serves the home: what is read in the home may still wait for
    somebody.
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_answer_for_the_pcn()
    _held(concern)
    read = ReadBy(
        resident_id=concern.person.resident_id,
        concern_id=concern.concern_id,
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
    *, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str, for_whom: int | None = None
) -> str:
    """Say what came of a concern, and end it; also within a review. `ref` is the concern's, and is returned.

    `for_whom` is the clinician a coordinator types for. One that needs help now, and is still to be phoned, is answered
    by a clinician only. Raises NotHere, NotAllowed (as `mark_read`), Invalid (words, for_whom), ChangedMeanwhile when
    somebody else answered first.
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_answer_for_the_pcn(for_whom)
    problems = rules.problems_of_answer(words)
    by_clinician = for_whom is not None or answers_before_the_call(concern.person)
    if not problems and not by_clinician and _is_to_be_phoned(concern):
        problems["words"] = rules.PHONE_FIRST
    _refuse(problems)
    columns = written(by=by, at=at, held_for=concern.person.where, for_whom=for_whom)
    if _held(concern).ended_at is not None:
        raise _answered_meanwhile(concern.concern_id)
    Concern.objects.filter(pk=concern.concern_id).update(**ended(by=by, at=at, how="answered"))
    ConcernAnswer.objects.create(
        resident_id=concern.person.resident_id, concern_id=concern.concern_id, words=words.strip(), **columns
    )
    return concern.ref


@action
def move_concern(*, by: Viewer, at: datetime, token: str | None = None, ref: str, to_ref: str, because: str) -> str:
    """Move a concern that stands on the wrong person to the right one (H1). Returns the new concern's ref.

    On the wrong person only "an entry was removed" is left, with calls, readings and answer: they were about somebody
    else. On the right person it stands anew, unread and, if help was needed, to be phoned again, with its own words,
    when it happened, who wrote it first and who moved it. Raises NotHere when either person is out of sight,
    NotAllowed, Invalid (to_ref, because), ChangedMeanwhile when somebody else moved it first.
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    concern.must_move()
    to = see_resident(viewer=by, ref=to_ref, at=at, kind=Kind.LIVING)
    to.must_have(Right.CONCERN)
    problems = rules.problems_of_move(because)
    if to.resident_id == concern.person.resident_id:
        problems["to_ref"] = "It stands on this person already. Choose the person whom it is about."
    elif not lives_here_now(to):
        problems["to_ref"] = rules.NO_LONGER_HERE
    _refuse(problems)
    first = _held(concern)
    for row in (first, *_built_on(first)):
        correct(row, kind=CorrectionKind.WRONG_PERSON, because=because.strip(), by=by, at=at)
    moved = Concern.objects.create(
        resident_id=to.resident_id,
        home_id=to.where,
        help_now=first.help_now,
        words=first.words,
        moved_from=first,
        **written(
            by=by,
            at=at,
            held_for=to.where,
            happened_at=first.happened_at,
            for_whom=first.for_whom_id or first.by_id,
        ),
    )
    return moved.ref


def _held(concern: ConcernInSight) -> Concern:
    """The row, held until this action is over. Raises NotHere when it was moved since the door was opened."""
    row = Concern.objects.select_for_update().filter(pk=concern.concern_id, stands=True).first()
    if row is None:
        raise NotHere
    return row


def _built_on(concern: Concern) -> list[Call | ReadBy | ConcernAnswer]:
    """What was written about a concern, and so about the person it stood on."""
    return [
        row for model in (Call, ReadBy, ConcernAnswer) for row in model.objects.filter(concern=concern, stands=True)
    ]


def _answered_meanwhile(concern_id: int) -> ChangedMeanwhile:
    first = ConcernAnswer.objects.select_related("by__user", "by__body").get(concern=concern_id, stands=True)
    return ChangedMeanwhile("The answer", as_viewer(first.by).shown, first.recorded_at, {"words": first.words})


def _is_to_be_phoned(concern: ConcernInSight) -> bool:
    return Concern.objects.filter(to_be_phoned(), pk=concern.concern_id).exists()


def _problems_of_time(happened_at: datetime | None, at: datetime, *, sure: bool) -> dict[str, str]:
    if happened_at is None:
        return {}
    try:
        check_happened(happened_at, at, sure=sure)
    except Invalid as refusal:
        return dict(refusal.problems)
    return {}


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)
