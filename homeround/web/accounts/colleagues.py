"""Who acts for the body: its managers see it, and say so."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.colleagues import members
from homeround.web.requests import PageRequest


@require_GET
def colleagues(request: PageRequest) -> HttpResponse:
    """Everybody, by name."""
    return render(request, "accounts/colleagues.jinja", {"members": members(by=request.viewer, at=request.at)})
