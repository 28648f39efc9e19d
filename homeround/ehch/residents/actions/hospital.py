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
from homeround.ehch.residents.models import Arrival, Correction, HospitalNews, HospitalReturn, HospitalStay, Stay
from homeround.ehch.residents.queries.hospital import stays_there
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
    problems = rules.problems_of_going(
        went_on,
        hospital,
        words,
        today=london_date(at),
        began=terms_of(stay.pk).from_on,
        away_since=away.went_on if away else None,
        sure=sure,
    )
    _refuse(rules.together(problems, rules.problems_of_going_again(went_on, stays_there(stay.pk), sure=sure)))
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
    _refuse(_problems_of_return(away, back_on, how, words, at, sure=sure))
    if not HospitalStay.objects.filter(pk=away.pk, ended_at=None).update(**ended(by=by, at=at, how=BACK)):
        raise Invalid(back_on=rules.NOT_THERE)
    arrival = None
    if how == rules.ADMITTED:
        arrival = _clock(away, back_on, _of_the_same_return(away, back_on), by=by, at=at)
    HospitalReturn.objects.create(
        resident_id=person.resident_id,
        hospital_stay=away,
        back_on=back_on,
        arrival=arrival,
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
def correct_return(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    back_on: date,
    how: str,
    because: str,
    words: str = "",
    sure: bool = False,
) -> str:
    """They are back, but on another day, or admitted or not otherwise, or something else was said, than was written.

    The days for assessment and plan are counted anew; what was done since they came back stays done (REQ-67). What was
    said before stays readable. Returns their ref. Raises NotHere, NotAllowed, Invalid (back_on, how, words, because,
    sure).
    """
    person, stay = _living(by, at, ref, field="because")
    back = _last_return(stay)
    problems = rules.together(
        _problems_of_return(back.hospital_stay, back_on, how, words, at, sure=sure), rules.problems_of_reason(because)
    )
    was = rules.ADMITTED if back.arrival else rules.SAME_DAY
    if (back_on, how, words.strip()) == (back.back_on, was, back.words):
        problems["back_on"] = "This is what is recorded already. Change what is wrong."
    _refuse(problems)
    correct(back, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    arrival = back.arrival
    if (how, back_on) != (was, back.back_on):
        _stop_clock(back, because=because, by=by, at=at)
        arrival = None
        if how == rules.ADMITTED:
            arrival = _clock(back.hospital_stay, back_on, _first_of(back.hospital_stay), by=by, at=at)
    happened_at = back.happened_at if back_on == back.back_on else instant_of(back_on, at)
    HospitalReturn.objects.create(
        resident_id=person.resident_id,
        hospital_stay=back.hospital_stay,
        back_on=back_on,
        arrival=arrival,
        words=words.strip(),
        **written(by=by, at=at, held_for=stay.home_id, happened_at=happened_at),
    )
    return person.ref


@action
def withdraw_hospital(
    *, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str, of_somebody_else: bool = False
) -> str:
    """They did not go to hospital: it was written down by mistake, or about somebody else. Returns their ref.

    What was said stays readable as taken back, but not where it is `of_somebody_else` (H1). Of somebody who came back,
    the return is taken back first. Raises NotHere, NotAllowed, Invalid (because).
    """
    person, stay = _living(by, at, ref, field="because")
    _refuse(rules.problems_of_reason(because))
    away = _away(stay, field="because")
    for row in (away, *HospitalNews.objects.filter(hospital_stay=away)):
        correct(row, kind=_kind(of_somebody_else=of_somebody_else), because=because.strip(), by=by, at=at)
    return person.ref


@action
def withdraw_return(
    *, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str, of_somebody_else: bool = False
) -> str:
    """They are not back: they are in hospital still, since the day they went, and the clock of the return does not run.

    What was said stays readable as taken back, but not where it is `of_somebody_else` (H1). Returns their ref. Raises
    NotHere, NotAllowed, Invalid (because).
    """
    person, stay = _living(by, at, ref, field="because")
    _refuse(rules.problems_of_reason(because))
    back = _last_return(stay)
    correct(back, kind=_kind(of_somebody_else=of_somebody_else), because=because.strip(), by=by, at=at)
    _stop_clock(back, because=because, by=by, at=at)
    reopen(back.hospital_stay)
    return person.ref


@action
def withdraw_hospital_news(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    news: str,
    because: str,
    of_somebody_else: bool = False,
) -> str:
    """The hospital did not say so, or said it of somebody else: `news` is its key among those of the stay (`news_of`).

    It stays readable as taken back, but not where it is `of_somebody_else` (H1). Returns their ref. Raises NotHere,
    NotAllowed, Invalid (news, because).
    """
    person, stay = _living(by, at, ref, field="because")
    problems = rules.problems_of_reason(because)
    said = next((one for one in HospitalNews.objects.filter(hospital_stay__stay=stay) if str(one.pk) == news), None)
    if said is None:
        raise Invalid(**problems, news="Choose what is taken back. It may be taken back already.")
    _refuse(problems)
    correct(said, kind=_kind(of_somebody_else=of_somebody_else), because=because.strip(), by=by, at=at)
    return person.ref


def _problems_of_return(
    away: HospitalStay, back_on: date, how: str, words: str, at: datetime, *, sure: bool
) -> dict[str, str]:
    others = stays_there(away.stay_id, but=away.pk)
    return rules.together(
        rules.problems_of_coming_back(away.went_on, back_on, others),
        rules.problems_of_return(back_on, how, words, today=london_date(at), went_on=away.went_on, sure=sure),
    )


def _kind(*, of_somebody_else: bool) -> CorrectionKind:
    return CorrectionKind.WRONG_PERSON if of_somebody_else else CorrectionKind.IN_ERROR


def _last_return(stay: Stay) -> HospitalReturn:
    """The return that is so now. Raises Invalid under `because` where there is none, or they are in hospital again."""
    returns = HospitalReturn.objects.filter(hospital_stay__stay=stay).select_related("hospital_stay", "arrival")
    back = returns.order_by("-recorded_at", "-pk").first()
    if back is None or HospitalStay.objects.open().filter(stay=stay).exists():
        raise Invalid(because="They are not back from hospital by what is written down. Nothing was changed.")
    return back


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


def _clock(away: HospitalStay, back_on: date, first: Arrival | None, *, by: Viewer, at: datetime) -> Arrival:
    """The arrival of a return; a second return on one day is the same arrival. `first`: it is that one, put right."""
    kind = ArrivalKind.BACK_FROM_HOSPITAL
    known = Arrival.objects.filter(stay=away.stay_id, kind=kind.value, arrived_on=back_on).first()
    return known or start_clock(by, at, away.stay, back_on, first=first, kind=kind)


def _stop_clock(back: HospitalReturn, *, because: str, by: Viewer, at: datetime) -> None:
    """The clock of a return that no longer stands does not run, unless another return of that day started it too."""
    arrival = back.arrival
    if arrival is not None and not HospitalReturn.objects.filter(arrival=arrival).exists():
        correct(arrival, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)


def _first_of(away: HospitalStay) -> Arrival | None:
    """The arrival that the returns of this stay in hospital began with, of those that no longer stand."""
    began = _taken_off(away)
    return (began.first or began) if began else None


def _of_the_same_return(away: HospitalStay, back_on: date) -> Arrival | None:
    """The arrival of a return that was taken back, where a return on this day is the same one, put right."""
    before = _taken_off(away)
    if before is None:
        return None
    table = Arrival._meta.db_table  # noqa: SLF001 - Django's own name for it
    off = Correction.objects.filter(table=table, row=before.pk).order_by("-pk").first()
    taken_off_on = london_date(off.recorded_at) if off else before.arrived_on
    return _first_of(away) if rules.is_same_return(back_on, before.arrived_on, taken_off_on) else None


def _taken_off(away: HospitalStay) -> Arrival | None:
    """The last arrival of a return from this stay in hospital that no longer stands."""
    returns = HospitalReturn.with_removed.filter(hospital_stay=away, arrival__stands=False)
    back = returns.select_related("arrival__first").order_by("-pk").first()
    return back.arrival if back else None


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)
