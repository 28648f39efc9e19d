"""What can be done about the obligations of an arrival: say that one was met."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from homeround.accounts.queries import as_viewer
from homeround.accounts.rights import Kind
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.care_plans import rules
from homeround.ehch.care_plans.access import must_mark_met
from homeround.ehch.care_plans.models import Met, newest_arrivals
from homeround.ehch.residents.access import see_resident
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid


@action
def mark_met(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    obligation: str,
    met_on: date,
    document: str,
    took_part: str,
    person_took_part: str,
    late_because: str = "",
    for_whom: int | None = None,
) -> str:
    """Say that an obligation of the person's newest arrival was met on a day (REQ-67, REQ-69). Returns the person's
    ref.

    `obligation` is `assessment` or `plan`; `for_whom` the number of the clinician a coordinator types for. Something
    met after its due date needs `late_because`. Who may: `access.must_mark_met`. Where the stay has ended, its home
    completes it late, with a day of the stay. Raises NotHere, NotAllowed, Invalid (by field), ChangedMeanwhile when it
    was marked met.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.LIVING)
    must_mark_met(person, for_whom)
    arrival = newest_arrivals().filter(stay=person.stay_id).first()
    problems = rules.problems_of_met(document, took_part, person_took_part, late_because)
    if obligation not in rules.OBLIGATIONS:
        problems["obligation"] = "Choose what was done: the assessment or the plan."
    if arrival is None:
        problems["obligation"] = (
            "No clock runs for this person: they did not move in here, nor come back from hospital."
        )
        raise Invalid(**problems)
    left_on = arrival.left_on
    problems |= rules.problems_of_day(met_on, arrival.arrived_on, left_on, london_date(at))
    if "met_on" not in problems:
        problems |= rules.problem_of_lateness(met_on, arrival.due_on, arrival.provisional, late_because)
    if problems:
        raise Invalid(**problems)
    _refuse_if_met(arrival.pk, obligation)
    if arrival.first_id is not None:
        _refuse_if_met(arrival.first_id, obligation)
    met = Met(
        resident_id=person.resident_id,
        arrival_id=arrival.pk,
        obligation=obligation,
        met_on=met_on,
        document=document.strip(),
        took_part=took_part.strip(),
        person_took_part=person_took_part.strip(),
        late_because=late_because.strip(),
        **written(by=by, at=at, held_for=person.where, for_whom=for_whom),
    )
    _keep(met)
    return person.ref


def _keep(met: Met) -> None:
    """Write it down; somebody else may have been first."""
    try:
        with transaction.atomic():
            met.save(force_insert=True)
    except IntegrityError:
        _refuse_if_met(met.arrival_id, met.obligation)
        raise


def _refuse_if_met(arrival_id: int, obligation: str) -> None:
    of_it = Q(arrival=arrival_id) | Q(arrival__first=arrival_id)
    first = Met.objects.filter(of_it, obligation=obligation, stands=True)
    met = first.select_related("by__user", "by__body").first()
    if met is not None:
        what = f"The {rules.OBLIGATIONS[obligation]}"
        raise ChangedMeanwhile(what, as_viewer(met.by).shown, met.recorded_at, _stands(met))


def _stands(met: Met) -> dict[str, str]:
    return {
        "met_on": met.met_on.isoformat(),
        "document": met.document,
        "took_part": met.took_part,
        "person_took_part": met.person_took_part,
        "late_because": met.late_because,
    }
