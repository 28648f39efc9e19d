"""What can be done about the obligations of an arrival: say that one was done, and take that back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction

from homeround.accounts.queries import as_viewer
from homeround.accounts.rights import Kind
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.care_plans import rules
from homeround.ehch.care_plans.access import must_mark_done, must_take_back
from homeround.ehch.care_plans.models import Completion, newest_arrivals, of_clock
from homeround.ehch.care_plans.words import OBLIGATIONS
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import correct
from homeround.ehch.residents.models import Arrival
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid


@action
def mark_done(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    obligation: str,
    done_on: date,
    document: str,
    took_part: str,
    person_took_part: str,
    late_because: str = "",
    for_whom: int | None = None,
) -> str:
    """Say that an obligation of the person's newest arrival was done on a day (REQ-67, REQ-69). Returns the person's
    ref.

    `obligation` is `assessment` or `plan`; `for_whom` the number of the clinician a coordinator types for. Something
    done after its due date needs `late_because`. Who may: `access.must_mark_done`. Where the stay has ended, its home
    completes it late, with a day of the stay. Raises NotHere, NotAllowed, Invalid (by field), ChangedMeanwhile when it
    was marked done.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.LIVING)
    must_mark_done(person, for_whom)
    arrival = newest_arrivals().filter(stay=person.stay_id).first()
    problems = rules.problems_of_completion(document, took_part, person_took_part, late_because)
    if obligation not in OBLIGATIONS:
        problems["obligation"] = "Choose what was done: the assessment or the plan."
    if arrival is None:
        problems["obligation"] = (
            "No clock runs for this person: they did not move in here, nor come back from hospital."
        )
        raise Invalid(**problems)
    left_on = arrival.left_on
    problems |= rules.problems_of_day(done_on, arrival.arrived_on, left_on, london_date(at))
    if "done_on" not in problems:
        problems |= rules.problem_of_lateness(done_on, arrival.due_on, arrival.provisional, late_because)
    if problems:
        raise Invalid(**problems)
    _refuse_if_done(arrival, obligation)
    done = Completion(
        resident_id=person.resident_id,
        arrival_id=arrival.pk,
        obligation=obligation,
        done_on=done_on,
        document=document.strip(),
        took_part=took_part.strip(),
        person_took_part=person_took_part.strip(),
        late_because=late_because.strip(),
        **written(by=by, at=at, held_for=person.where, for_whom=for_whom),
    )
    _keep(done)
    return person.ref


@action
def mark_not_done(
    *, by: Viewer, at: datetime, token: str | None = None, ref: str, obligation: str, because: str
) -> str:
    """Say that an obligation of the person's newest arrival is not done after all: its clock runs on, since it began.

    What was written stays readable as taken back, with who did it and why. `ref` is the person's, and is returned.
    Raises NotHere, NotAllowed (see `access.must_take_back`), Invalid (because), ChangedMeanwhile when it is not done.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.LIVING)
    must_take_back(person)
    if problems := rules.problems_of_undoing(because):
        raise Invalid(**problems)
    arrival = newest_arrivals().filter(stay=person.stay_id).first()
    of_it = (
        Completion.objects.filter(of_clock(arrival), obligation=obligation) if arrival else Completion.objects.none()
    )
    done = of_it.first()
    if done is None:
        raise ChangedMeanwhile("This", "a colleague", at, {}, then="It was taken back already.")
    correct(done, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    return person.ref


def _keep(done: Completion) -> None:
    """Write it down; somebody else may have been first."""
    try:
        with transaction.atomic():
            done.save(force_insert=True)
    except IntegrityError:
        _refuse_if_done(done.arrival, done.obligation)
        raise


ONCE: Final = (
    "Yours is not saved: it is marked as done once. If what they wrote is wrong, take it back on the person’s page, "
    "and mark it anew. What you typed stands below."
)


def _refuse_if_done(arrival: Arrival, obligation: str) -> None:
    first = Completion.objects.filter(of_clock(arrival), obligation=obligation)
    done = first.select_related("by__user", "by__body").first()
    if done is not None:
        what = f"The {OBLIGATIONS[obligation]}"
        raise ChangedMeanwhile(what, as_viewer(done.by).shown, done.recorded_at, _stands(done), then=ONCE)


def _stands(done: Completion) -> dict[str, str]:
    return {
        "done_on": done.done_on.isoformat(),
        "document": done.document,
        "took_part": done.took_part,
        "person_took_part": done.person_took_part,
        "late_because": done.late_because,
    }
