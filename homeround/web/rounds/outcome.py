"""An outcome in one action from the list: seen, no change; or not reached (REQ-62)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.ehch.rounds.actions import Reviewing, record_review
from homeround.web.forms import Choice, Form, Option, SeeOther
from homeround.web.forms.answer import done_once, opened_elsewhere
from homeround.web.forms.signature import signature_for
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import during_open_round

SEEN = (
    Option("in_person", "Seen in person, no change"),
    Option("video", "Seen by video, no change"),
)
NOT_REACHED = Option("not_reached", "Not reached")


class OutcomeForm(Form):
    """One button for each answer; nothing is typed, so nothing is kept as a draft."""

    drafted = False
    came = Choice("What came of it?", (*SEEN, NOT_REACHED), needed="Choose what came of it.")

    @property
    def address(self) -> str:
        """Where its buttons lead."""
        return self.own_signature.form


def quick_answers(mode: str) -> tuple[Option, ...]:
    """The buttons for a round held this way: one for a way, both where both are used."""
    if mode.startswith("some"):
        return (*SEEN, NOT_REACHED)
    seen = SEEN[1] if "video" in mode else SEEN[0]
    return (Option(seen.value, "Seen, no change"), NOT_REACHED)


def outcome_form(request: PageRequest, ref: str, person: str, answers: tuple[Option, ...]) -> OutcomeForm:
    """The form of one row of the round's list: its address and its signature are of that one person."""
    address = reverse("round_outcome", args=[ref, person])
    form = OutcomeForm(request, subject=person, options={"came": answers})
    form.own_signature = signature_for(request.viewer, form=address, subject=person)
    return form


@during_open_round
@require_http_methods(["POST"])
def round_outcome(request: PageRequest, ref: str, person: str) -> HttpResponse:
    """Record the outcome and go back to the list. Where it cannot be, the review form says why."""
    form = OutcomeForm(request, subject=person, back=reverse("round", args=[ref]))
    if not form.belongs:
        return opened_elsewhere(request, back=form.back)
    if not form.read():
        return SeeOther(reverse("review", args=[ref, person]))
    is_seen = form.came != NOT_REACHED.value

    def save() -> str:
        record_review(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=ref,
            person=person,
            review=Reviewing(how=form.came if is_seen else "", outcome="no_change" if is_seen else "not_reached"),
        )
        return f"{reverse('round', args=[ref])}?saved=yes"

    return SeeOther(done_once(form, save))
