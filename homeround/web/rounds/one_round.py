"""One round: while it is open, who is to be seen and in which order; closed, its summary for home and PCN, to print."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.ehch.residents.queries import living_here
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.queries import ReviewLine, RoundPage, WorklistRow, round_page, summary_of
from homeround.ehch.rounds.rules import waits_for_a_clinician
from homeround.web.doing import done_in
from homeround.web.presenters.decided import asked_lines, decided_lines, home_lines, sent_on
from homeround.web.presenters.person import PersonLine, line_here, lines_by_ref
from homeround.web.presenters.reasons import ReasonTag, reason_tags
from homeround.web.requests import PageRequest
from homeround.web.rounds.outcome import OutcomeForm, outcome_form, quick_answers
from homeround.web.session.page_access import during_open_round


@dataclass(frozen=True)
class ToSee:
    """Somebody who has no outcome yet. `quick` is None where the review has to be written: something waits for a
    clinician, or the viewer does not review.
    """

    line: PersonLine
    last_review: str
    tags: list[ReasonTag]
    href: str
    quick: OutcomeForm | None
    waits: bool
    resident_id: int


@during_open_round
@require_GET
def one_round(request: PageRequest, ref: str) -> HttpResponse:
    """The round, open or closed."""
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    page = round_page(held)
    extent = request.viewer.capacity.extent(Kind.CLINICAL)
    decided = {line: decided_lines(line.decisions, extent) for line in page.reviewed}
    asked = {line: asked_lines(line.asked, request.at) for line in page.reviewed}
    if not page.is_open:
        sent, living = summary_of(held), living_here(held.home)
        return render(
            request,
            "rounds/closed_round.jinja",
            {
                "round": page,
                "sent": sent_on(sent, request.at, extent),
                "to_home": home_lines(sent.to_home, extent, {person.ref for person in living}),
                "lines": lines_by_ref([*page.reviewed, *sent.everything], living),
                "decided": decided,
                "asked": asked,
                "may_reopen": request.viewer.may(Right.ROUNDS),
                "own": _own(request.viewer, page),
                "may_amend": request.viewer.may(Right.CLINICAL_ENTRIES) and not page.cancelled_because,
            },
        )
    context = {
        "round": page,
        "need_outcome": [to_see(request, page, row) for row in page.need_outcome],
        "have_reason": [to_see(request, page, row) for row in page.have_reason],
        "others": [to_see(request, page, row) for row in page.others],
        "still_must": [line_here(row) for row in page.still_must],
        "lines": lines_by_ref(page.reviewed, page.everybody),
        "may_review": may_review(request.viewer),
        "may_close": request.viewer.may(Right.CLINICAL_ENTRIES),
        "decided": decided,
        "asked": asked,
        "applies": done_in(held.home),
        "just_saved": _just_saved(request, page),
    }
    return render(request, "rounds/one_round.jinja", context)


def to_see(request: PageRequest, page: RoundPage, row: WorklistRow) -> ToSee:
    """Somebody on the list of an open round."""
    waits = waits_for_a_clinician(row.waits)
    is_quick = request.viewer.may(Right.CLINICAL_ENTRIES) and not waits and not row.away
    return ToSee(
        line=line_here(row),
        last_review=row.last_review,
        tags=reason_tags(row.reasons),
        href=reverse("review", args=[page.ref, row.ref]),
        quick=outcome_form(request, page.ref, row.ref, quick_answers(page.mode)) if is_quick else None,
        waits=waits,
        resident_id=row.resident_id,
    )


def may_review(viewer: Viewer) -> bool:
    """Whether the viewer writes reviews, or types them for a clinician."""
    return viewer.may(Right.CLINICAL_ENTRIES) or viewer.may(Right.TYPING_FOR)


def _own(viewer: Viewer, page: RoundPage) -> set[ReviewLine]:
    """The reviews that the viewer may move to another person: their own."""
    return {line for line in page.reviewed if may_review(viewer) and viewer.acts_as(line.reviewer)}


def _just_saved(request: PageRequest, page: RoundPage) -> object:
    """The review that the viewer has just saved, for the confirmation; found in the record, never in the address."""
    if request.GET.get("saved") != "yes":
        return None
    mine = [line for line in page.reviewed if request.viewer.acts_as(line.written_by)]
    return max(mine, key=lambda line: line.at, default=None)
