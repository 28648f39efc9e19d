"""Awaiting your reply: what others decided about a practice's own patients, wherever they live (REQ-20)."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Reach, Right
from homeround.ehch.decisions import queries
from homeround.ehch.decisions.queries import Awaiting
from homeround.ehch.decisions.rules import THE_REPLY_MEANS
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.decisions.read import ReadForm, shown_on_list
from homeround.web.forms.signature import signature_for
from homeround.web.presenters.decisions import NOBODY_DOES, awaiting_line
from homeround.web.presenters.parts import page_of
from homeround.web.presenters.waits import ON_A_FIRST_PAGE, wait_list
from homeround.web.requests import PageRequest

ON_A_PAGE: Final = 20

SAVED = {
    "read": "Saved: you have read it. It is off your list.",
    "query": "Your question waits for the clinician who decided. It stays on your list until you reply for good.",
    "do_not_adopt": "Saved: in dispute.",
    "not_our_patient": "Saved: not your patient. The home and its PCN read that nobody is responsible. Pressed by "
    "mistake? Call the home: it enters your practice again, and what is asked comes back to you.",
    "news": "Saved: you have read what became of it. It is off your list.",
    "received": "Marked as received. The reply is awaited as before.",
}


MEANWHILE: Final = "The home sees what applies meanwhile, now."


@require_GET
def awaiting_reply(request: PageRequest) -> HttpResponse:
    """A clinician's list with one tap for each; a clerk's with titles and dates."""
    viewer = request.viewer
    if viewer.reach is not Reach.PRACTICE:
        raise NotAllowed("Replies are for the practice that somebody is registered with.")
    is_clerk = not viewer.may(Right.REPLIES)
    part = page_of(request, queries.awaiting_number(viewer=viewer, at=request.at), ON_A_PAGE)
    waiting = queries.awaiting_reply(viewer=viewer, at=request.at, page=part.slice)
    waits = what_waits(viewer=viewer, at=request.at, most=ON_A_FIRST_PAGE)
    lines = [
        (awaiting_line(awaiting, request.at), None if is_clerk else _read_form(request, awaiting))
        for awaiting in waiting
    ]
    saved = SAVED.get(request.GET.get("saved", ""), "")
    about = queries.saved_about(viewer=viewer, ask=request.GET.get("about", ""), at=request.at) if saved else None
    if about and request.GET.get("saved") == "do_not_adopt":
        saved = f"{saved} {NOBODY_DOES.get(about.gone, MEANWHILE)}"
    context = {
        "lines": lines,
        "part": part,
        "waits": wait_list(waits, london_date(request.at)),
        "means": THE_REPLY_MEANS,
        "saved": saved,
        "about": about,
    }
    template = "decisions/awaiting_clerk.jinja" if is_clerk else "decisions/awaiting_reply.jinja"
    return render(request, template, context)


def _read_form(request: PageRequest, awaiting: Awaiting) -> ReadForm:
    form = ReadForm(request, subject=awaiting.person_ref)
    form.own_signature = signature_for(
        request.viewer,
        form=reverse("reply_read", args=[awaiting.ref]),
        subject=awaiting.person_ref,
        rests_on=shown_on_list(awaiting),
    )
    return form
