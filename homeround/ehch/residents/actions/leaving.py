"""The end of a stay: moved to another home, left, died, or not coming after all; handing over, and its way back.

What a departure closes is derived (`rules.CLOSED_BY_DEPARTURE`): one that no longer stands closes nothing, so all is
open again on its own dates (H32).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from homeround.accounts.rights import Kind, Right, roles_with
from homeround.accounts.telling import tell
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.alignment.models import pcn_of
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight, practice_of, said_here, see_resident
from homeround.ehch.residents.actions.correcting import correct, reopen
from homeround.ehch.residents.actions.instants import instant_of
from homeround.ehch.residents.models import Departure, HandedOver, Stay
from homeround.ehch.residents.queries.hospital import stays_there
from homeround.ehch.residents.queries.identity import Identity, identities
from homeround.ehch.residents.queries.stay import terms_of
from homeround.ehch.residents.words import LEAVING, MOST, CorrectionKind, DepartureKind, StayBasis
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.record.words import what_is_wrong
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed

HANDED_OVER: Final = "Theirs stays as it is. If there is more to say, tell whoever looks after the person now."


@action
def record_departure(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    kind: str,
    left_on: date,
    words: str = "",
    sure: bool = False,
) -> str:
    """The person's stay ended on a day, and how; or they were expected and died, or are not coming, on any day.

    `words` say where to, or why not. Returns their ref; raises NotHere, NotAllowed, Invalid (kind, left_on, words,
    sure).
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.MOVES)
    stay = Stay.objects.open().filter(pk=person.stay).first()
    if stay is None:
        raise Invalid(left_on="This stay has already ended.")
    problems = _problems(person, stay, kind, left_on, words, sure=sure)
    if problems:
        raise Invalid(**problems)
    if not Stay.objects.open().filter(pk=stay.pk).update(**ended(by=by, at=at, how=kind)):
        raise Invalid(left_on="This stay has already ended.")
    _write(person, stay, kind, left_on, words, by=by, at=at)
    return person.ref


@action
def hand_over(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str) -> str:
    """Whoever looks after the person now was told of what was unanswered when they left: `words` say to whom, and how.

    By a nurse, senior or manager of the home, or who answers for its PCN, while they still see the person. Returns
    their ref; the same words twice are once. Raises NotHere, NotAllowed, Invalid (words), ChangedMeanwhile when it is
    handed over already.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.LIVING)
    departure = Departure.objects.filter(stay=person.stay).first()
    if person.relationship not in rules.FORMER or departure is None:
        raise NotAllowed("They have not left: nothing has to be handed over.")
    if not (person.capacity.may(Right.MOVES) or person.capacity.may(Right.ANSWERING)):
        raise NotAllowed(f"As {by.role_words} you may not hand this over. Ask a nurse, a senior or the manager.")
    if problem := what_is_wrong(words, most=MOST["handover"], needed="Say who you handed it over to, and how."):
        raise Invalid(words=problem)
    columns = written(by=by, at=at, held_for=person.where)
    found, is_new = HandedOver.objects.select_related("by__user").get_or_create(
        departure=departure, defaults={"resident_id": person.resident_id, "words": words.strip(), **columns}
    )
    if not is_new and found.words != words.strip():
        by_whom = found.by.user.name
        raise ChangedMeanwhile("Handing over", by_whom, found.recorded_at, {"words": found.words}, then=HANDED_OVER)
    return person.ref


@action
def withdraw_departure(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """They did not die, or did not leave: the departure was written down by mistake (trust.md).

    They live here again, or are expected again; whatever the departure closed is open again on its own dates. The home
    they left may do it too, while it sees them. Returns their ref; raises NotHere, NotAllowed, Invalid (because).
    """
    person, stay, departure = _departed(by, at, ref)
    problems = rules.problems_of_reason(because)
    if Stay.objects.open().filter(resident=person.resident_id, home=stay.home_id).exists():
        problems["because"] = "They live or are expected here again already, by a later entry. Nothing was changed."
    if problems:
        raise Invalid(**problems)
    correct(departure, kind=CorrectionKind.IN_ERROR, because=because, by=by, at=at)
    reopen(stay)
    _tell_again(person, stay, at)
    return person.ref


@action
def correct_departure(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    kind: str,
    left_on: date,
    because: str,
    words: str = "",
    sure: bool = False,
) -> str:
    """They did leave or die, but on another day or otherwise than was written down. Returns their ref.

    What the departure closes is what the right one closes. Raises as `withdraw_departure`, and Invalid (kind, left_on,
    words, sure).
    """
    person, stay, departure = _departed(by, at, ref)
    problems = rules.together(
        _problems(person, stay, kind, left_on, words, sure=sure), rules.problems_of_reason(because)
    )
    if (kind, left_on, words) == (departure.kind, departure.left_on, departure.words):
        problems["left_on"] = "This is what is recorded already. Change what is wrong."
    if problems:
        raise Invalid(**problems)
    correct(departure, kind=CorrectionKind.IN_ERROR, because=because, by=by, at=at)
    first_at = departure.recorded_at
    reopen(stay)
    Stay.objects.filter(pk=stay.pk).update(**ended(by=by, at=stay.ended_at or first_at, how=kind))
    _write(person, stay, kind, left_on, words, by=by, at=at)
    return person.ref


def _tell_again(person: PersonInSight, stay: Stay, at: datetime) -> None:
    """Who serves the person has to act again: the PCN of the home and the registered practice are told (trust.md)."""
    served = Stay.objects.filter(pk=stay.pk).annotate(
        pcn_now=pcn_of("home", london_date(at)), practice_now=practice_of("resident", at)
    )
    for pcn_id, practice_id in served.values_list("pcn_now", "practice_now"):
        for body_id, right in ((pcn_id, Right.ANSWERING), (practice_id, Right.REPLIES)):
            if body_id is not None:
                tell(body_id=body_id, roles=roles_with(right), purpose="departure taken back", at=at)


def _departed(by: Viewer, at: datetime, ref: str) -> tuple[PersonInSight, Stay, Departure]:
    """The person, the stay the viewer sees them by, and the departure that stands. Raises Invalid without one."""
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_correct(Right.MOVES)
    stay = Stay.objects.filter(pk=person.stay).first()
    departure = Departure.objects.filter(stay=person.stay).first()
    if stay is None or departure is None:
        raise Invalid(because="No departure is recorded. They live here, or are expected. Nothing was changed.")
    return person, stay, departure


def _write(
    person: PersonInSight, stay: Stay, kind: str, left_on: date, words: str, *, by: Viewer, at: datetime
) -> None:
    Departure.objects.create(
        resident_id=person.resident_id,
        stay=stay,
        kind=kind,
        left_on=left_on,
        words=words,
        **written(by=by, at=at, held_for=person.where, happened_at=instant_of(left_on, at)),
    )


def _problems(person: PersonInSight, stay: Stay, kind: str, left_on: date, words: str, *, sure: bool) -> dict[str, str]:
    is_expected = stay.basis == StayBasis.EXPECTED
    possible = {DepartureKind.DIED, DepartureKind.NOT_COMING} if is_expected else set(LEAVING)
    problems = rules.problems_of_texts(words=words)
    if kind not in possible:
        problems["kind"] = "Choose why they are not coming." if is_expected else "Choose how the stay ended."
    began = None if is_expected else terms_of(stay.pk).from_on
    who = identities([person.resident_id]).get(person.resident_id, Identity())
    day = rules.Day("left_on", "left", left_on, began, "This day is before the stay began. Enter the day it ended.")
    days = rules.problems_of_days([day], today=london_date(person.at), born_on=who.born_on, sure=sure)
    said = said_here(stay.resident_id, stay.home_id, stay.recorded_at)
    return rules.together(problems, days, rules.problems_of_last_day(left_on, stays_there(stay.pk), said, sure=sure))
