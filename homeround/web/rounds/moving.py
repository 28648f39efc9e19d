"""Not them? Move one’s review to the person it is about. And: a review that was typed is what one found (H1, H38)."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Kind, Right
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.queries import banner_of, list_of
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions import confirm_review, move_review
from homeround.ehch.rounds.queries import made_by_review, review_stands
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Choice, Form, Option, SeeOther, Text, answer
from homeround.web.forms.answer import done_once, opened_elsewhere
from homeround.web.forms.signature import signature_for
from homeround.web.jinja import TOLD
from homeround.web.presenters.person import banner, line_of
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import during_open_round

STILL_APPLIES = (
    "Your review is moved. What it decided still applies to the person below, and the home does it: withdraw it now if "
    "it was meant for somebody else. Then write it in the review of the right person."
)
"""Said on the page that withdraws the decision, to which a moved review that decided something leads."""


class MovingForm(Form):
    """Who the review is about, and how it came to stand on somebody else."""

    to_ref = Choice("Who is it about?", needed="Choose the person it is about.", as_list=True)
    because = Text(
        "How did it come to stand on the wrong person?",
        needed="Say how it came to stand on the wrong person.",
        most=300,
    )


class ConfirmingForm(Form):
    """One button: nothing is typed."""

    drafted = False


@during_open_round
@require_http_methods(["GET", "POST"])
def review_moving(request: PageRequest, ref: str, person: str) -> HttpResponseBase:
    """The form: the home's other people, and what the review made, which stays until somebody sees to it."""
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    who = see_resident(viewer=request.viewer, ref=person, at=request.at, kind=Kind.CLINICAL)
    who.must_have(Right.CLINICAL_ENTRIES)
    mine = review_stands(held, who, reviewer=request.viewer.membership_id)
    if mine.version is None:
        raise NotHere
    people = [
        Option(other.ref, _in_a_line(line_of(other.ref, other.identity, room=other.room, unit=other.unit)))
        for other in list_of(held.home)
        if other.ref != who.ref
    ]
    form = MovingForm(
        request,
        subject=who.ref,
        back=reverse("review", args=[held.ref, who.ref]),
        initial={"because": "Chosen by mistake"},
        options={"to_ref": people},
    )

    def save() -> str:
        made = made_by_review(held, who, reviewer=request.viewer.membership_id)
        decided = [thing.ref for thing in made if thing.kind == "decision"]
        move_review(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=held.ref,
            person=who.ref,
            to_ref=form.to_ref,
            because=form.because,
        )
        if decided:
            messages.success(request, STILL_APPLIES, TOLD)
            return reverse("withdrawal", args=[decided[0]])
        return f"{reverse('round', args=[held.ref])}?saved=yes"

    def context() -> Mapping[str, object]:
        made = made_by_review(held, who, reviewer=request.viewer.membership_id)
        return {"who": banner(banner_of(who), request.at), "held": held, "review": mine, "made": made}

    return answer(request, form, save, "rounds/moving.jinja", context)


def confirming_form(request: PageRequest, ref: str, person: str) -> ConfirmingForm:
    """The button's form: its address and its signature are of that one person."""
    address = reverse("review_confirming", args=[ref, person])
    form = ConfirmingForm(request, subject=person)
    form.own_signature = signature_for(request.viewer, form=address, subject=person)
    return form


@during_open_round
@require_http_methods(["POST"])
def review_confirming(request: PageRequest, ref: str, person: str) -> HttpResponse:
    """Confirm the review that was typed for the viewer, and go back to it."""
    form = ConfirmingForm(request, subject=person, back=reverse("review", args=[ref, person]))
    if not form.belongs:
        return opened_elsewhere(request, back=form.back)

    def save() -> str:
        confirm_review(by=request.viewer, at=request.at, token=form.token, ref=ref, person=person)
        return reverse("round", args=[ref])

    return SeeOther(done_once(form, save))


def _in_a_line(line: object) -> str:
    parts = (getattr(line, name, "") for name in ("called", "room", "unit"))
    return ", ".join(part for part in parts if part)
