"""Who looked: the first page of an information-governance lead. Names only, as the log has them."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Right
from homeround.ehch.residents.queries import looked_at_lately
from homeround.kernel.refusals import NotAllowed
from homeround.web.requests import PageRequest


@require_GET
def who_looked(request: PageRequest) -> HttpResponseBase:
    """Everybody of the organisation about whom a page was opened lately."""
    if not request.viewer.may(Right.LOOKS):
        raise NotAllowed("The information-governance lead of an organisation reads this.")
    found = looked_at_lately(viewer=request.viewer, at=request.at)
    return render(request, "residents/who_looked.jinja", {"found": found})
