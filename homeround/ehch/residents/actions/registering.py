"""Which practice's GP is medically responsible, as somebody said and on which day (REQ-07, REQ-19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.directory.queries import body_by_code
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions.correcting import correct
from homeround.ehch.residents.models import CorrectionKind, RegistrationKind, RegistrationStart
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid

WITH_PRACTICE = frozenset({RegistrationKind.PERMANENT, RegistrationKind.TEMPORARY})


@dataclass(frozen=True)
class Registering:
    """How somebody is registered: the kind, the practice's ODS code where there is one, a named GP, who says so."""

    kind: str
    practice_code: str = ""
    gp_name: str = ""
    until_on: date | None = None
    source: str = ""
    last_confirmed_on: date | None = None


def problems_of(registration: Registering, today: date) -> dict[str, str]:
    """What stands against keeping it, field by field."""
    if registration.kind not in RegistrationKind.values:
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
    if registration.kind == RegistrationKind.TEMPORARY and (
        registration.until_on is None or registration.until_on < today
    ):
        problems["until_on"] = "Enter the last day of the temporary registration, today or later."
    if registration.last_confirmed_on and registration.last_confirmed_on > today:
        problems["last_confirmed_on"] = "This day has not come yet. Enter when it was last confirmed."
    return problems


def as_start(
    registration: Registering, *, resident_id: int, by: Viewer, at: datetime, held_for: int
) -> RegistrationStart:
    """The row that says so from the day of `at`, not yet saved."""
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
        from_on=london_date(at),
        **written(by=by, at=at, held_for=held_for),
    )


@action
def register_with(*, by: Viewer, at: datetime, token: str | None = None, ref: str, registration: Registering) -> str:
    """From today the person is registered so. What awaits a reply follows them. Returns their ref.

    Raises NotHere, NotAllowed, Invalid.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_have(Right.REGISTERING if Right.REGISTERING in person.capacity.rights else Right.MOVES)
    problems = problems_of(registration, london_date(at))
    if problems:
        raise Invalid(**problems)
    start_registration(
        person=person, by=by, at=at, registration=registration, because="registration changed again today"
    )
    return person.ref


def start_registration(
    *, person: PersonInSight, by: Viewer, at: datetime, registration: Registering, because: str
) -> None:
    """Write the start; another start of the same day no longer stands, and a correction says why. Within an action."""
    today = RegistrationStart.objects.filter(resident=person.resident_id, stands=True, from_on=london_date(at))
    for earlier in today:
        correct(earlier, kind=CorrectionKind.IDENTITY, because=because, by=by, at=at)
    held_for = person.home_id or by.body_id
    as_start(registration, resident_id=person.resident_id, by=by, at=at, held_for=held_for).save(force_insert=True)


def disown(*, person: PersonInSight, by: Viewer, at: datetime) -> None:
    """A practice says that the person is not its patient: from now on nobody is known, and it sees them no more
    (H28).
    """
    said = f"{by.body_name}: not our patient"[:120]
    start_registration(
        person=person,
        by=by,
        at=at,
        registration=Registering(kind=RegistrationKind.NOT_KNOWN, source=said),
        because="not our patient, says the practice",
    )
