"""Keep what is being typed every few seconds, and drop it when its author says so. The words live in web.kept_text."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from homeround.kernel.refusals import NotHere
from homeround.web import kept_text
from homeround.web.forms.answer import SeeOther
from homeround.web.jinja import clock
from homeround.web.requests import PageRequest
from homeround.web.seal import seal_in


@require_POST
def drafts(request: PageRequest) -> HttpResponse:
    """Keep the text of a form for the one whose form it is; 409 when that is not who asks."""
    seal = seal_in(request.POST)
    if seal is None or not seal.is_of(request.viewer):
        return JsonResponse({"words": "This form was opened by somebody else or in another role."}, status=409)
    kept = kept_text.keep(request.POST, seal=seal, at=request.at)
    return JsonResponse({"kept_at": clock(request.at) if kept else ""})


@require_POST
def drafts_discard(request: PageRequest) -> HttpResponse:
    """Drop what was kept on a form and show the form without it."""
    seal = seal_in(request.POST)
    if seal is None or not seal.is_of(request.viewer):
        raise NotHere
    kept_text.forget(request.viewer, form=seal.form)
    return SeeOther(seal.form)
