"""How the system does, for administrators: nothing about people in care."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from homeround.accounts.actions import see_what_is_wrong
from homeround.accounts.queries import what_is_wrong
from homeround.accounts.rights import Role
from homeround.kernel.refusals import NotAllowed
from homeround.web.forms.answer import SeeOther
from homeround.web.requests import PageRequest


@require_GET
def system(request: PageRequest) -> HttpResponse:
    """The log's guards, the worker, what waits to be delivered, and what people say is wrong."""
    if request.viewer.role is not Role.ADMINISTRATOR:
        raise NotAllowed("The administrators of this installation see this page.")
    return render(request, "pages/system.jinja", {"wrong": what_is_wrong(by=request.viewer)})


@require_POST
def system_seen(request: PageRequest, ref: str) -> HttpResponse:
    """An administrator has seen what somebody said."""
    see_what_is_wrong(by=request.viewer, at=request.at, ref=ref)
    return SeeOther("/system")
