"""An outcome in one action from the list: seen, no change; or not reached (REQ-62)."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.ehch.rounds.actions import Reviewing, record_review
from homeround.ehch.rounds.words import OUTCOME_WORDS, SEEN_IN, Outcome, RoundMode, Seen
from homeround.kernel.refusals import Invalid
from homeround.web.forms import Choice, Form, Option, SeeOther
from homeround.web.forms.answer import done_once, opened_elsewhere
from homeround.web.forms.signature import signature_for
from homeround.web.jinja import TOLD
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import during_open_round

SEEN: Final = {
    Seen.IN_PERSON: "Seen in person, no change",
    Seen.VIDEO: "Seen by video, no change",
}
NOT_REACHED: Final = Option(Outcome.NOT_REACHED.value, OUTCOME_WORDS[Outcome.NOT_REACHED])


class OutcomeForm(Form):
    """One button for each answer; nothing is typed, so nothing is kept as a draft."""

    drafted = False
    came = Choice(
        "What came of it?",
        (*(Option(how.value, words) for how, words in SEEN.items()), NOT_REACHED),
        needed="Choose what came of it.",
    )

    @property
    def address(self) -> str:
        """Where its buttons lead."""
        return self.own_signature.form


def quick_answers(mode: RoundMode) -> tuple[Option, ...]:
    """The buttons for a round held this way: each says how they were seen, so that nothing is taken for granted."""
    return (*(Option(how.value, SEEN[how]) for how in SEEN_IN[mode]), NOT_REACHED)


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
    outcome = Outcome.NO_CHANGE if is_seen else Outcome.NOT_REACHED

    def save() -> str:
        record_review(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=ref,
            person=person,
            review=Reviewing(how=form.came if is_seen else "", outcome=outcome, in_one_press=True),
        )
        return f"{reverse('round', args=[ref])}?saved=yes"

    try:
        return SeeOther(done_once(form, save))
    except Invalid as refusal:
        messages.error(request, " ".join(refusal.problems.values()), TOLD)
        return SeeOther(reverse("review", args=[ref, person]))
