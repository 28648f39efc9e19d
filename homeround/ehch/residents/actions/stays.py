"""Putting right what is so about a stay: its kind, care and planned end, the day expected or moved in, or all of it."""

from __future__ import annotations

from datetime import date, datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight, practice_of, said_here, see_resident
from homeround.ehch.residents.actions.arriving import provides, start_clock
from homeround.ehch.residents.actions.correcting import (
    correct,
    correct_resident,
    reopen,
    undo_what_was_said_with,
)
from homeround.ehch.residents.actions.registering import registered_anew
from homeround.ehch.residents.models import Arrival, Resident, RoomStart, Stay, StayChange
from homeround.ehch.residents.queries.hospital import stays_there
from homeround.ehch.residents.queries.identity import Identity, identities
from homeround.ehch.residents.queries.stay import terms_of
from homeround.ehch.residents.words import EXPECTED_ENDED, ArrivalKind, CorrectionKind, StayBasis
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.kernel.ports import still_open
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid, NotHere

DAY_OF = {StayBasis.EXPECTED.value: "expected", StayBasis.LIVING_HERE.value: "living since"}
"""By how a stay is known, which kind of day its first is; that of a move-in is its arrival's and has a clock."""


@action
def change_stay(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    kind: str,
    place: str,
    planned_end_on: date | None,
    because: str,
    from_on: date | None = None,
    sure: bool = False,
) -> str:
    """The stay is of this kind and care and planned to end then, from now on or because it was written wrongly.

    `from_on`: the day somebody is expected, or has lived here since; of somebody who moved in it is corrected by
    `correct_arrival_day`. Returns the person's ref. Raises NotHere, NotAllowed, Invalid by field.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.MOVES)
    stay = _open_stay(person)
    now = terms_of(stay.pk)
    first = rules.Day("from_on", DAY_OF.get(stay.basis, "arrived"), from_on if stay.basis in DAY_OF else now.from_on)
    so = rules.Terms(kind, place, first.on, planned_end_on)
    problems = rules.problems_of_stay(kind, place, room="as it is")
    if "place" not in problems and not provides(stay.home_id, place):
        problems["place"] = f"This home is not registered with CQC for {place} care. Choose the other kind."
    if stay.basis == StayBasis.EXPECTED and from_on is None:
        problems["from_on"] = "Enter the day they are expected."
    problems = rules.together(
        problems,
        _problems_of_days(person, stay, first, planned_end_on, now, sure=sure),
        rules.problems_of_reason(because),
    )
    if so == now:
        problems["kind"] = "This is what is recorded already. Change what is wrong."
    if problems:
        raise Invalid(**problems)
    _change(stay, so, because, by=by, at=at)
    return person.ref


@action
def correct_arrival_day(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    arrived_on: date,
    because: str,
    sure: bool = False,
) -> str:
    """They moved in on another day than was written down: both due dates are counted anew from the right one (REQ-67).

    What was met stays met. The home they left may do it too, while it sees them. Returns the person's ref. Raises
    NotHere, NotAllowed, Invalid (arrived_on, because, sure).
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_correct(Right.MOVES)
    stay = Stay.objects.filter(pk=person.stay).first()
    moved_in = ArrivalKind.MOVED_IN.value
    arrival = Arrival.objects.filter(stay=person.stay, kind=moved_in).order_by("-arrived_on", "-pk").first()
    if stay is None or arrival is None:
        raise Invalid(arrived_on="No clock runs for this stay: nobody wrote down that they moved in.")
    now = terms_of(stay.pk)
    day = rules.Day("arrived_on", "arrived", arrived_on)
    problems = rules.together(
        _problems_of_days(person, stay, day, now.planned_end_on, now, sure=sure), rules.problems_of_reason(because)
    )
    if arrived_on == arrival.arrived_on:
        problems["arrived_on"] = "This is the day that is recorded already."
    if problems:
        raise Invalid(**problems)
    correct(arrival, kind=CorrectionKind.IN_ERROR, because=because, by=by, at=at)
    _change(stay, rules.Terms(now.kind, now.place, arrived_on, now.planned_end_on), because, by=by, at=at)
    start_clock(by, at, stay, arrived_on, first=arrival.first or arrival)
    return person.ref


@action
def withdraw_move_in(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    because: str,
    is_looked_through: bool = False,
    is_expected: bool = False,
) -> str:
    """They never came, or were written down twice or in the wrong home: the move-in no longer stands.

    Somebody who was expected is expected again; somebody who lived here before has left again, with the name, birth
    date, number and practice they had then; somebody without any other stay is no longer in the record. Of somebody
    who `is_expected` by mistake (not: is not coming) it is the same. `is_looked_through`: what was written about them
    since was looked at. While something of it is still open the move-in stays, and what is open is named. Returns the
    person's ref.

    Its way back is `put_back_move_in`; whoever is expected or has left again moves in anew, as the same person. Raises
    NotHere, NotAllowed, Invalid (because, is_looked_through).
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.MOVES)
    stay = _open_stay(person)
    problems = rules.problems_of_reason(because)
    if stay.basis == StayBasis.EXPECTED and not is_expected:
        problems["because"] = "They have not moved in. Say that they are not coming."
    waiting = still_open(person.resident_id, stay.home_id, stay.recorded_at)
    if waiting:
        problems["is_looked_through"] = (
            f"Still open about them: {'; '.join(waiting)}. Answer, move or end each first, then remove the move-in."
        )
    elif not is_looked_through:
        problems["is_looked_through"] = "Look through what was written about them since, then tick this."
    if problems:
        raise Invalid(**problems)
    for row in (
        stay,
        *Arrival.objects.filter(stay=stay),
        *StayChange.objects.filter(stay=stay),
        *RoomStart.objects.filter(stay=stay),
    ):
        correct(row, kind=CorrectionKind.IN_ERROR, because=because, by=by, at=at)
    if stay.follows is not None and stay.follows.ended_how == EXPECTED_ENDED:
        reopen(stay.follows)
    elif not Stay.objects.filter(resident=person.resident_id).exists():
        resident = Resident.objects.get(pk=person.resident_id)
        correct_resident(resident, because=because, by=by, at=at)
        return person.ref
    undo_what_was_said_with(stay, because=because, by=by, at=at)
    _tell_practice(person.resident_id, by, at)
    return person.ref


def _tell_practice(resident_id: int, by: Viewer, at: datetime) -> None:
    """The practice that is responsible again has to know whose patient this is."""
    practice_id = (
        Resident.objects.filter(pk=resident_id).annotate(practice_now=practice_of("pk", at)).values_list("practice_now")
    ).first()
    if practice_id and practice_id[0] is not None:
        registered_anew(resident_id, practice_id[0], by, at)


def _open_stay(person: PersonInSight) -> Stay:
    stay = Stay.objects.open().filter(pk=person.stay).select_related("follows").first()
    if stay is None:
        raise NotHere
    return stay


def _change(stay: Stay, so: rules.Terms, because: str, *, by: Viewer, at: datetime) -> None:
    StayChange.objects.create(
        resident_id=stay.resident_id,
        stay=stay,
        kind=so.kind,
        place=so.place,
        from_on=so.from_on,
        planned_end_on=so.planned_end_on,
        because=because,
        **written(by=by, at=at, held_for=stay.home_id),
    )


def _problems_of_days(
    person: PersonInSight,
    stay: Stay,
    first: rules.Day,
    planned_end_on: date | None,
    now: rules.Terms,
    *,
    sure: bool,
) -> dict[str, str]:
    """What stands against the days that change; one that stays as it was is not asked about again. The stay never ends
    before it begins.
    """
    changed = [first] if first.on != now.from_on else []
    if planned_end_on != now.planned_end_on:
        changed.append(rules.planned_end(planned_end_on, first.on))
    elif planned_end_on is not None and first.on is not None and planned_end_on < first.on:
        return {first.field: f"The stay was planned to end on {shown_date(planned_end_on)}: change that first."}
    who = identities([person.resident_id]).get(person.resident_id, Identity())
    days = rules.problems_of_days(changed, today=london_date(person.at), born_on=who.born_on, sure=sure)
    if first.on == now.from_on:
        return days
    said = said_here(stay.resident_id, stay.home_id, stay.recorded_at)
    order = rules.problems_of_first_day(first.field, first.on, stays_there(stay.pk), said, sure=sure)
    return rules.together(days, order)
