"""A practice's own patients in all homes, also outside the aligned PCN: who lives where (REQ-07)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Reach
from homeround.ehch.residents.queries import patients_of
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.presenters.person import line_of
from homeround.web.requests import PageRequest


@require_GET
def my_patients(request: PageRequest) -> HttpResponse:
    """By home, then by name."""
    if request.viewer.reach is not Reach.PRACTICE:
        raise NotAllowed("This list is for the practice that somebody is registered with.")
    rows = [
        (
            line_of(one.ref, one.identity, room=one.room),
            shown_date(one.identity.born_on) if one.identity.born_on else "",
            one,
        )
        for one in patients_of(viewer=request.viewer, at=request.at)
    ]
    return render(request, "decisions/my_patients.jinja", {"rows": rows})
