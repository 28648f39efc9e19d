"""Keep what is being typed every few seconds, and drop it when its author says so (web/forms/drafts.py)."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from homeround.kernel.calendar.times import london_date, shown_date
from homeround.kernel.refusals import NotHere
from homeround.web.forms import drafts as kept_drafts
from homeround.web.forms.answer import SeeOther
from homeround.web.forms.signature import signature_in
from homeround.web.jinja import clock
from homeround.web.requests import PageRequest


@require_POST
def drafts(request: PageRequest) -> HttpResponse:
    """Keep the text of a form for the one whose form it is; 409 when that is not who asks."""
    signature = signature_in(request.POST)
    if signature is None or not signature.is_of(request.viewer):
        return JsonResponse({"words": "This form was opened by somebody else or in another role."}, status=409)
    until = kept_drafts.keep(request.POST, signature=signature, at=request.at)
    return JsonResponse(
        {"kept_at": clock(request.at) if until else "", "until": shown_date(london_date(until)) if until else ""}
    )


@require_POST
def drafts_discard(request: PageRequest) -> HttpResponse:
    """Drop what was kept of a form that was opened before, and show the form without it."""
    signature = signature_in(request.POST)
    if signature is None or not signature.is_of(request.viewer):
        raise NotHere
    number = request.POST.get("draft", "")
    for kept in kept_drafts.kept_for(request.viewer, form=signature.form, at=request.at):
        if str(kept.number) == number:
            kept_drafts.forget(request.viewer, form=signature.form, token=kept.token)
    return SeeOther(signature.form)
