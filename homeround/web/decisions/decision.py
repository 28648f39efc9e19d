"""One decision, each part apart: decided, in force, asked and where that stands, said, in dispute, owed (REQ-20)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Right, Role
from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.queries import decision_page, delivery_of
from homeround.ehch.decisions.rules import AskState
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.decisions import compared
from homeround.web.presenters.person import banner
from homeround.web.presenters.states import ask_status, due_status
from homeround.web.requests import PageRequest

SAVED = {
    "settled": "Saved: the dispute is settled, for",
    "answered": "Your answer is saved, and the registered GP’s reply is awaited again, for",
}


@require_GET
def decision(request: PageRequest, ref: str) -> HttpResponse:
    """The decision with everything that came of it, and what the viewer can do about it."""
    seen = see_decision(viewer=request.viewer, ref=ref, at=request.at)
    page = decision_page(seen)
    writes = seen.person.capacity.rights
    is_clinical = Right.CLINICAL_ENTRIES in writes
    context = {
        "who": banner(banner_of(seen.person), request.at),
        "person_ref": seen.person.ref,
        "page": page,
        "compared": compared(page),
        "status": ask_status(page.state) if page.state else None,
        "delivery": delivery_of(seen) if page.ask_ref else None,
        "owed": [
            (one, due_status(one.due_on, london_date(request.at), is_done=one.done_at is not None))
            for one in page.follow_ups
        ],
        "may_answer": page.state is AskState.QUERIED and (is_clinical or Right.TYPING_FOR in writes),
        "may_settle": page.state is AskState.IN_DISPUTE
        and (is_clinical or request.viewer.role is Role.PRACTICE_CLINICIAN),
        "may_reply": request.viewer.role is Role.PRACTICE_CLINICIAN
        and page.state in {AskState.AWAITED, AskState.LATE, AskState.QUERIED},
        "saved": SAVED.get(request.GET.get("saved", ""), ""),
    }
    return render(request, "decisions/decision.jinja", context)
