"""Which practice's GP is medically responsible, as somebody said and on which day (REQ-07, REQ-19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.directory.queries import body_by_code
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions.correcting import correct
from homeround.ehch.residents.models import RegistrationStart
from homeround.ehch.residents.queries.identity import Identity, identities
from homeround.ehch.residents.words import WITH_PRACTICE, CorrectionKind, RegistrationKind
from homeround.kernel.calendar.times import london_date
from homeround.kernel.ports import Port
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid

registered_anew: Port[[int, int, Viewer, datetime], None] = Port("registered_anew")
"""Told, within the action, that a person is registered with another practice: what awaits a reply is that one's now."""

practice_was_wrong: Port[[int, int, datetime, Viewer, datetime], None] = Port("practice_was_wrong")
"""Told, within the action, that a person never was with a practice, since when it had been said, by whom and when that
was put right: what the practice said about them falls out of force.
"""

practice_was_right: Port[[int, int, Viewer, datetime], None] = Port("practice_was_right")
"""Told, within the action, that a person is a practice's patient from now on or was all the time: what it said about
them, and what was taken off because it never was theirs, stands again.
"""


@dataclass(frozen=True)
class Registering:
    """How somebody is registered: the kind, the practice's ODS code where there is one, a named GP, who says so."""

    kind: str
    practice_code: str = ""
    gp_name: str = ""
    until_on: date | None = None
    source: str = ""
    last_confirmed_on: date | None = None


def problems_of(
    registration: Registering,
    today: date,
    *,
    born_on: date | None,
    from_on: date | None = None,
    sure: bool = False,
) -> dict[str, str]:
    """What stands against keeping it, field by field; `from_on` is the day it holds from, today when empty."""
    if registration.kind not in RegistrationKind.values():
        return {"registration": "Choose how they are registered with a GP practice."}
    problems: dict[str, str] = {}
    if registration.kind in WITH_PRACTICE:
        practice = body_by_code("practice", registration.practice_code)
        if practice is None:
            problems["practice_code"] = (
                "No practice with this code is known. Enter its code, such as L83100, or choose “not known”."
            )
        elif not practice.is_open(today):
            problems["practice_code"] = f"{practice.name} has closed. Choose “practice has closed” or another practice."
    if registration.kind == RegistrationKind.TEMPORARY and registration.until_on is None:
        problems["until_on"] = "Enter the last day of the temporary registration, today or later."
    problems |= rules.problems_of_texts(gp_name=registration.gp_name, source=registration.source)
    days = [
        rules.Day("from_on", "registered from", from_on),
        rules.Day("until_on", "registered until", registration.until_on),
        rules.Day("last_confirmed_on", "confirmed", registration.last_confirmed_on),
    ]
    return rules.together(problems, rules.problems_of_days(days, today=today, born_on=born_on, sure=sure))


def as_start(
    registration: Registering, *, resident_id: int, by: Viewer, at: datetime, held_for: int, from_on: date
) -> RegistrationStart:
    """The row that says so from a day, not yet saved."""
    practice = None
    if registration.kind in WITH_PRACTICE:
        practice = body_by_code("practice", registration.practice_code)
    return RegistrationStart(
        resident_id=resident_id,
        kind=registration.kind,
        practice_id=practice.body_id if practice else None,
        gp_name=registration.gp_name.strip(),
        until_on=registration.until_on if registration.kind == RegistrationKind.TEMPORARY else None,
        source=registration.source.strip() or f"told to {by.body_name}"[:120],
        last_confirmed_on=registration.last_confirmed_on,
        from_on=from_on,
        **written(by=by, at=at, held_for=held_for),
    )


@action
def register_with(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    registration: Registering,
    from_on: date | None = None,
    was_wrong: bool = False,
    because: str = "",
    sure: bool = False,
) -> str:
    """From a day (today when none is given) the person is registered so. What awaits a reply follows them.

    `was_wrong`: what stood until now was a mistake, not a change; it no longer stands, and `because` says why.
    Only who serves the person now may write it: not a home that they left, nor its PCN. Returns their ref. Raises
    NotHere, NotAllowed, Invalid.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.REGISTERING if Right.REGISTERING in person.capacity.rights else Right.MOVES)
    who = identities([person.resident_id]).get(person.resident_id, Identity())
    problems = problems_of(registration, london_date(at), born_on=who.born_on, from_on=from_on, sure=sure)
    if was_wrong:
        problems = rules.together(problems, rules.problems_of_reason(because))
    if problems:
        raise Invalid(**problems)
    start_registration(
        resident_id=person.resident_id,
        held_for=person.home_id or by.body_id,
        by=by,
        at=at,
        registration=registration,
        from_on=from_on,
        replaces_current=was_wrong,
        because=because or "registration changed again, from this day or an earlier one",
    )
    return person.ref


def start_registration(
    *,
    resident_id: int,
    held_for: int,
    by: Viewer,
    at: datetime,
    registration: Registering,
    because: str,
    from_on: date | None = None,
    replaces_current: bool = False,
) -> None:
    """Write the start. Within an action.

    Starts of the same day and later no longer stand, nor the one that held until now when it was wrong; a correction
    says why.
    """
    today = london_date(at)
    from_day = from_on or today
    starts = RegistrationStart.objects.filter(resident=resident_id)
    replaced = set(starts.filter(from_on__gte=from_day))
    current = starts.filter(from_on__lte=today).order_by("-from_on").first()
    if replaces_current and current is not None:
        replaced.add(current)
    for earlier in sorted(replaced, key=lambda start: start.pk):
        correct(earlier, kind=CorrectionKind.IDENTITY, because=because, by=by, at=at)
    start = as_start(registration, resident_id=resident_id, by=by, at=at, held_for=held_for, from_on=from_day)
    start.save(force_insert=True)
    for wrong in replaced if replaces_current else ():
        if wrong.practice_id not in {None, start.practice_id}:
            practice_was_wrong(resident_id, wrong.practice_id, wrong.recorded_at, by, at)
    was = current.practice_id if current is not None else None
    if start.practice_id not in {None, was} and from_day <= today:
        practice_was_right(resident_id, start.practice_id, by, at)
        registered_anew(resident_id, start.practice_id, by, at)


def disown(*, person: PersonInSight, by: Viewer, at: datetime) -> None:
    """A practice says that the person is not its patient: from now on nobody is known, and it sees them no more
    (H28).
    """
    source = f"{by.body_name}: not our patient"[:120]
    start_registration(
        resident_id=person.resident_id,
        held_for=person.home_id or by.body_id,
        by=by,
        at=at,
        registration=Registering(kind=RegistrationKind.NOT_KNOWN, source=source),
        because="not our patient, says the practice",
    )
