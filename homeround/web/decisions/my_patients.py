"""A practice's own patients in all homes, also outside the aligned PCN: who lives where (REQ-07)."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Reach
from homeround.ehch.residents.queries import patients_of
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.presenters.parts import Part, page_of
from homeround.web.presenters.person import line_of
from homeround.web.requests import PageRequest

AT_MOST: Final = 50
"""Patients in one part of the list."""


@require_GET
def my_patients(request: PageRequest) -> HttpResponse:
    """By home, then by name."""
    if request.viewer.reach is not Reach.PRACTICE:
        raise NotAllowed("This list is for the practice that somebody is registered with.")
    parts: list[Part] = []

    def shown(count: int) -> slice:
        parts.append(page_of(request, count, AT_MOST))
        return parts[0].slice

    found = patients_of(viewer=request.viewer, at=request.at, shown=shown)
    rows = [
        (
            line_of(patient.ref, patient.identity, room=patient.room, is_alike=patient.is_alike, away=patient.away),
            shown_date(patient.identity.born_on) if patient.identity.born_on else "",
            patient,
        )
        for patient in found.people
    ]
    return render(request, "decisions/my_patients.jinja", {"rows": rows, "part": parts[0]})
