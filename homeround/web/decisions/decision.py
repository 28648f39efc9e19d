"""One decision: whether it applies, what is asked and where that is, what was said, disputed and owed (REQ-20)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Reach, Right
from homeround.ehch.decisions.access import DecisionInSight, may_confirm, may_take_back, see_decision
from homeround.ehch.decisions.queries import DecisionPage, Event, decision_page, delivery_of
from homeround.ehch.decisions.words import AskState, Confirms, DecisionState, EventKind
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.rounds.queries import round_in_question
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.decisions import gp_status, owed_status, shown_decision
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest

SAVED = {
    "settled": "Saved: the dispute is settled, for",
    "answered": "Your answer is saved, and the registered GP’s reply is awaited again, for",
    "withdrawn": "Withdrawn. It applies no more, for",
    "corrected": "Corrected. This is what applies now, for",
    "confirmed": "Confirmed as yours, for",
    "looked-at": "Saved: you have looked at it, and it holds, for",
    "news": "Saved: you have read what became of it, for",
    "taken_back": "Taken back, for",
}


@require_GET
def decision(request: PageRequest, ref: str) -> HttpResponse:
    """The decision with everything that came of it, and what the viewer can do about it."""
    seen = see_decision(viewer=request.viewer, ref=ref, at=request.at)
    page = decision_page(seen)
    context = {
        "who": banner(banner_of(seen.person), request.at),
        "person_ref": seen.person.ref,
        **shown_decision(page, seen.person),
        "status": gp_status(page.state, page.said_before) if page.state else None,
        "delivery": delivery_of(seen) if page.ask_ref else None,
        "owed": [(owed, owed_status(owed, london_date(request.at))) for owed in page.follow_ups],
        "acts": acts_on(seen, page),
        "takes_back": ways_back(seen, page),
        "saved": SAVED.get(request.GET.get("saved", ""), ""),
    }
    return render(request, "decisions/decision.jinja", context)


CONFIRMING: Final[Mapping[Confirms, str]] = {
    Confirms.THEIRS: "This is what I decided: confirm",
    Confirms.IN_THEIR_PLACE: "Typed for somebody who acts here no more: does it hold?",
}


def acts_on(seen: DecisionInSight, page: DecisionPage) -> list[tuple[str, str, bool]]:
    """What it is the viewer's turn to do, the first as a big button."""
    viewer, rights = seen.person.viewer, seen.person.capacity.rights
    found: list[tuple[str, str]] = []
    is_unconfirmed = page.typed_by is not None and page.confirmed_at is None and page.taken_back is None
    if is_unconfirmed and (words := CONFIRMING.get(may_confirm(seen), "")):
        found.append((words, reverse("confirmation", args=[page.ref])))
    waits_for_reply = page.state in {AskState.AWAITED, AskState.LATE, AskState.QUERIED}
    if Right.REPLIES in rights and viewer.reach is Reach.PRACTICE and waits_for_reply:
        found.append(("Reply", reverse("reply", args=[page.ask_ref])))
    if (page.state is AskState.QUERIED or page.asked_before) and Right.ANSWERING in rights:
        found.append(("Answer the question", reverse("query_answer", args=[page.ref])))
    if page.rests_on and Right.CLINICAL_ENTRIES in rights and (held := round_in_question(seen.person, page.ref)):
        holding = reverse("review_holding", args=[held, seen.person.ref])
        found.append(("Does it hold? Say so, or move the review", holding))
    if page.state is AskState.IN_DISPUTE and Right.DECIDING in rights:
        found.append(("Write how it was settled", reverse("settlement", args=[page.ref])))
    return [(words, href, number == 0) for number, (words, href) in enumerate(found)]


def ways_back(seen: DecisionInSight, page: DecisionPage) -> list[tuple[str, str]]:
    """What the viewer may take back or put right, as links."""
    rights = seen.person.capacity.rights
    found: list[tuple[str, str]] = _of_decision(page) if may_take_back(seen) else []
    events = [event for event in page.said if event.taken_back is None]
    replies = [event for event in events if event.kind in REPLY_KINDS]
    answers = [event for event in events if event.kind is EventKind.ANSWER]
    if replies and _is_of(replies[-1], seen) and Right.REPLIES in rights:
        found.append(("I sent my reply in error", _take_back(page, "reply")))
    since = [event.kind for event in replies if answers and event.at > answers[-1].at]
    if answers and since in ([], [EventKind.READ]) and _is_of(answers[-1], seen):
        found.append(("My answer was wrong", _take_back(page, "answer")))
    if any(event.kind is EventKind.SETTLED for event in events) and Right.DECIDING in rights:
        found.append(("What was settled is written down wrongly", _take_back(page, "settlement")))
    return found


REPLY_KINDS = frozenset({EventKind.READ, EventKind.QUERY, EventKind.DO_NOT_ADOPT})


def _of_decision(page: DecisionPage) -> list[tuple[str, str]]:
    if page.taken_back is None:
        withdraw = ("Withdraw this decision", reverse("withdrawal", args=[page.ref]))
        correct = ("Correct this decision", reverse("correction", args=[page.ref]))
        return [withdraw] if page.validity is DecisionState.REPLACED else [correct, withdraw]
    if page.taken_back.corrected_by or page.validity is DecisionState.WRONG_PERSON:
        return []
    return [("It was withdrawn by mistake", _take_back(page, "withdrawal"))]


def _is_of(event: Event, seen: DecisionInSight) -> bool:
    return seen.person.viewer.acts_as(event.by)


def _take_back(page: DecisionPage, what: str) -> str:
    return reverse(f"take_back_{what}", args=[page.ref])
