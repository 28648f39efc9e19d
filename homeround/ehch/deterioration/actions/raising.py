"""Raise a concern, and add words to it."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.deterioration import rules
from homeround.ehch.deterioration.access import answers_for_the_pcn, lives_here_now, see_concern
from homeround.ehch.deterioration.actions.held import held, problems_of_time, refuse
from homeround.ehch.deterioration.models import AddedWords, Concern
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.kernel.record.actions import action


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

    `help_now`: it stands as to be phoned until a call says who was spoken to; then `words` may be empty and follow with
    `add_words`. Raises NotHere, NotAllowed, Invalid (words, happened_at, sure).
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.LIVING)
    person.must_have(Right.CONCERN)
    problems = rules.problems_of_concern(words, help_now=help_now) | problems_of_time(happened_at, at, sure=sure)
    if not lives_here_now(person):
        problems["words"] = rules.NO_LONGER_HERE
    refuse(problems)
    return _raised(person, words.strip(), by=by, at=at, help_now=help_now, happened_at=happened_at)


@action
def add_words(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str) -> str:
    """Add words to a concern: those that follow "Yes, now", or what was noticed since. Returns the ref of the concern
    on which they stand.

    What was written first stays as it was. Words of the home make a concern that was read wait to be read again; where
    it was answered meanwhile they are raised as a concern of their own, so that somebody reads them (H3). Whoever may
    raise a concern may. Raises NotHere, NotAllowed, Invalid (words).
    """
    concern = see_concern(viewer=by, ref=ref, at=at)
    person = concern.person
    person.must_have(Right.CONCERN)
    refuse(rules.problems_of_added(words))
    to_be_read = not answers_for_the_pcn(person)
    is_answered = held(concern).ended_at is not None
    if to_be_read and is_answered and lives_here_now(person):
        return _raised(person, words.strip(), by=by, at=at)
    AddedWords.objects.create(
        resident_id=person.resident_id,
        concern_id=concern.concern_id,
        words=words.strip(),
        to_be_read=to_be_read,
        **written(by=by, at=at, held_for=person.where),
    )
    return concern.ref


def _raised(
    person: PersonInSight,
    words: str,
    *,
    by: Viewer,
    at: datetime,
    help_now: bool = False,
    happened_at: datetime | None = None,
) -> str:
    concern = Concern.objects.create(
        resident_id=person.resident_id,
        home_id=person.where,
        help_now=help_now,
        words=words,
        **written(by=by, at=at, held_for=person.where, happened_at=happened_at),
    )
    return concern.ref
