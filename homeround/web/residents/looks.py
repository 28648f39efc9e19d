"""Who has looked at one person's record: for the home's manager and information-governance leads."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.ehch.residents.access import see_looks
from homeround.ehch.residents.queries import who_looked as read_looks
from homeround.web.presenters.looks import ground_words, page_words
from homeround.web.requests import PageRequest


@require_GET
def looks(request: PageRequest, ref: str) -> HttpResponseBase:
    """Name of the person, then every look, the newest first."""
    seen = see_looks(viewer=request.viewer, ref=ref, at=request.at)
    found = read_looks(seen)
    context = {
        "name": found.name,
        "since": found.since,
        "own_only": seen.own_only,
        "lines": [(look, page_words(look.page), ground_words(look.ground)) for look in found.lines],
    }
    return render(request, "residents/looks.jinja", context)
