"""How the system does, for administrators: the log, the worker, the post. Nothing about people in care."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from homeround.accounts.actions import see_what_is_wrong
from homeround.accounts.complaints import what_is_wrong
from homeround.accounts.rights import Right
from homeround.jobs.condition import conditions
from homeround.kernel.refusals import NotAllowed
from homeround.web.forms import SeeOther
from homeround.web.forms.fields import row_number
from homeround.web.requests import PageRequest


@require_GET
def system(request: PageRequest) -> HttpResponse:
    """The log's guards, the worker, what waits to be delivered, and what people say is wrong."""
    if not request.viewer.may(Right.INSTALLATION):
        raise NotAllowed("The administrators of this installation see this page.")
    number = row_number(request.GET.get("page", "")) or 1
    context = {"signs": conditions(request.at), "wrong": what_is_wrong(by=request.viewer, number=number)}
    return render(request, "pages/system.jinja", context)


@require_POST
def system_seen(request: PageRequest, ref: str) -> HttpResponse:
    """An administrator has seen what somebody said."""
    with_alike = request.POST.get("alike") == "yes"
    see_what_is_wrong(by=request.viewer, at=request.at, ref=ref, with_alike=with_alike)
    return SeeOther(reverse("system"))
