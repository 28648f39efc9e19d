"""Something is wrong here: said from any page, with or without rights to it, signed in or not; reaches the
administrators.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from homeround.accounts import tries
from homeround.accounts.actions import say_something_is_wrong
from homeround.accounts.limits import Per, Tried
from homeround.kernel.refusals import Invalid
from homeround.web.forms.answer import SeeOther
from homeround.web.requests import PageRequest
from homeround.web.session.client import client_address
from homeround.web.session.page_access import open_to_anybody
from homeround.web.session.sign_in_state import sign_in_state_of

TEMPLATE = "pages/something_wrong.jinja"


@open_to_anybody
@require_http_methods(["GET", "POST"])
def something_wrong(request: PageRequest) -> HttpResponse:
    """Ask what is wrong, keep it, say who reads it. Without a signature: nobody need be signed in."""
    said = request.POST if request.method == "POST" else request.GET
    context = {
        "page": said.get("page", "")[:80],
        "said_reference": said.get("reference", "")[:8],
        "words": said.get("words", ""),
        "done": request.GET.get("done") == "yes",
    }
    if request.method == "GET":
        return render(request, TEMPLATE, context)
    standing = sign_in_state_of(request)
    viewer = None if standing.locked else standing.viewer
    key = {Per.PERSON: str(viewer.user_id)} if viewer else {Per.ADDRESS: client_address(request)}
    tries.begin(Tried.SAY_WRONG, key, at=request.at)
    try:
        say_something_is_wrong(
            by=viewer,
            at=request.at,
            words=str(context["words"]),
            page=str(context["page"]),
            reference=str(context["said_reference"]),
        )
    except Invalid as refusal:
        return render(request, TEMPLATE, {**context, "problem": refusal.words}, status=422)
    return SeeOther(f"{request.path}?done=yes")
