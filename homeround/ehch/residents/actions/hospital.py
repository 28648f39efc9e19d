"""Somebody goes to hospital, is still there, is back: and the way back from each (REQ-67; H32)."""

from __future__ import annotations

from datetime import date, datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight, living_stays, see_resident
from homeround.ehch.residents.actions.arriving import start_clock
from homeround.ehch.residents.actions.correcting import correct, reopen
from homeround.ehch.residents.actions.instants import instant_of
from homeround.ehch.residents.models import Arrival, HospitalNews, HospitalReturn, HospitalStay, Stay
from homeround.ehch.residents.queries.stay import terms_of
from homeround.ehch.residents.words import ArrivalKind, CorrectionKind
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid

BACK = "back"
"""How a stay in hospital ended of which somebody came back."""


@action
def go_to_hospital(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    went_on: date,
    hospital: str = "",
    words: str = "",
    sure: bool = False,
) -> str:
    """From this day they are in hospital; their place in the home stays theirs. Returns their ref.

    Raises NotHere, NotAllowed, Invalid (went_on, hospital, words, sure).
    """
    person, stay = _living(by, at, ref, field="went_on")
    away = HospitalStay.objects.open().filter(stay=stay).first()
    _refuse(
        rules.problems_of_going(
            went_on,
            hospital,
            words,
            today=london_date(at),
            began=terms_of(stay.pk).from_on,
            away_since=away.went_on if away else None,
            sure=sure,
        )
    )
    HospitalStay.objects.create(
        resident_id=person.resident_id,
        stay=stay,
        went_on=went_on,
        hospital=hospital.strip(),
        words=words.strip(),
        **written(by=by, at=at, held_for=stay.home_id, happened_at=instant_of(went_on, at)),
    )
    return person.ref


@action
def return_from_hospital(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    back_on: date,
    how: str,
    words: str = "",
    sure: bool = False,
) -> str:
    """They are back in the home. Who had been admitted (`how`, of `rules.HOW_IT_WAS`) is assessed anew: the clock
    starts with the day of return as day 0 (REQ-67). Returns their ref.

    Raises NotHere, NotAllowed, Invalid (back_on, how, words, sure).
    """
    person, stay = _living(by, at, ref, field="back_on")
    away = _away(stay, field="back_on")
    _refuse(rules.problems_of_return(back_on, how, words, today=london_date(at), went_on=away.went_on, sure=sure))
    if not HospitalStay.objects.filter(pk=away.pk, ended_at=None).update(**ended(by=by, at=at, how=BACK)):
        raise Invalid(back_on=rules.NOT_THERE)
    HospitalReturn.objects.create(
        resident_id=person.resident_id,
        hospital_stay=away,
        back_on=back_on,
        arrival=_clock(stay, back_on, by=by, at=at) if how == rules.ADMITTED else None,
        words=words.strip(),
        **written(by=by, at=at, held_for=stay.home_id, happened_at=instant_of(back_on, at)),
    )
    return person.ref


@action
def note_hospital_news(*, by: Viewer, at: datetime, token: str | None = None, ref: str, words: str) -> str:
    """They are still in hospital, and this is what was said when the home asked. Returns their ref.

    Raises NotHere, NotAllowed, Invalid (words).
    """
    person, stay = _living(by, at, ref, field="words")
    away = _away(stay, field="words")
    _refuse(rules.problems_of_news(words))
    HospitalNews.objects.create(
        resident_id=person.resident_id,
        hospital_stay=away,
        words=words.strip(),
        **written(by=by, at=at, held_for=stay.home_id),
    )
    return person.ref


@action
def withdraw_hospital(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """They did not go to hospital: it was written down by mistake, or about somebody else. Returns their ref.

    Of somebody who came back, the return is taken back first. Raises NotHere, NotAllowed, Invalid (because).
    """
    person, stay = _living(by, at, ref, field="because")
    _refuse(rules.problems_of_reason(because))
    away = _away(stay, field="because")
    for row in (away, *HospitalNews.objects.filter(hospital_stay=away)):
        correct(row, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    return person.ref


@action
def withdraw_return(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """They are not back: they are in hospital still, since the day they went, and the clock of the return does not run.

    Returns their ref. Raises NotHere, NotAllowed, Invalid (because).
    """
    person, stay = _living(by, at, ref, field="because")
    _refuse(rules.problems_of_reason(because))
    back = HospitalReturn.objects.filter(hospital_stay__stay=stay).order_by("-recorded_at", "-pk").first()
    if back is None or HospitalStay.objects.open().filter(stay=stay).exists():
        raise Invalid(because="No return is written down that could be taken back. Nothing was changed.")
    correct(back, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    if back.arrival is not None:
        correct(back.arrival, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    reopen(back.hospital_stay)
    return person.ref


def _living(by: Viewer, at: datetime, ref: str, *, field: str) -> tuple[PersonInSight, Stay]:
    """The person and the stay that goes on. Raises NotHere, NotAllowed, Invalid under `field` for who is expected."""
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.MOVES)
    stay = living_stays().filter(pk=person.stay).first()
    if stay is None:
        raise Invalid(**{field: "They do not live here now. Nothing was changed."})
    return person, stay


def _away(stay: Stay, *, field: str) -> HospitalStay:
    away = HospitalStay.objects.open().filter(stay=stay).first()
    if away is None:
        raise Invalid(**{field: rules.NOT_THERE})
    return away


def _clock(stay: Stay, back_on: date, *, by: Viewer, at: datetime) -> Arrival:
    """The arrival of a return; a second return on one day is the same arrival."""
    kind = ArrivalKind.BACK_FROM_HOSPITAL
    known = Arrival.objects.filter(stay=stay, kind=kind.value, arrived_on=back_on).first()
    return known or start_clock(by, at, stay, back_on, kind=kind)


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)
