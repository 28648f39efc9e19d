"""Not them? Move one’s review to the person it is about (H1)."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Kind, Right
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.queries import banner_of, list_of
from homeround.ehch.rounds.access import RoundInSight, see_round
from homeround.ehch.rounds.actions import move_review
from homeround.ehch.rounds.queries import ReviewStands, made_by_review, problems_of_target, review_stands
from homeround.kernel.refusals import Invalid, NotHere
from homeround.web.forms import Choice, Form, Option, Text, answer
from homeround.web.jinja import TOLD
from homeround.web.presenters.person import banner, line_of
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import during_open_round

BECAUSE = "Chosen by mistake"
MOVED = "Saved. The review is with the person you chose."


class WhomForm(Form):
    """Whom the review is about; what becomes of what it made is asked next."""

    to_ref = Choice("Who is it about?", needed="Choose the person it is about.", as_list=True)


class MovingForm(WhomForm):
    """Who the review is about, and how it came to stand on somebody else."""

    because = Text(
        "How did it come to stand on the wrong person?",
        needed="Say how it came to stand on the wrong person.",
        most=300,
    )


@during_open_round
@require_http_methods(["GET", "POST"])
def review_moving(request: PageRequest, ref: str, person: str) -> HttpResponseBase:
    """Whom it is about, of the home's other people. Where the review made nothing, that is all that is asked."""
    held, who, mine = mine_of(request, ref, person)
    made = made_by_review(held, who, reviewer=request.viewer.membership_id)
    people = [
        Option(other.ref, _in_a_line(line_of(other.ref, other.identity, room=other.room, unit=other.unit)))
        for other in list_of(held.home)
        if other.ref != who.ref
    ]
    back = reverse("review", args=[held.ref, who.ref])
    asks = WhomForm if made else MovingForm
    first = {} if made else {"because": BECAUSE}
    form = asks(request, subject=who.ref, back=back, initial=first, options={"to_ref": people})

    def save() -> str:
        if isinstance(form, MovingForm):
            move(request, form, held, who, form.to_ref, form.because, {})
            return saved_on(request, held)
        right = see_resident(viewer=request.viewer, ref=form.to_ref, at=request.at, kind=Kind.CLINICAL)
        if problems := problems_of_target(held, who, right, mine.happened_at or request.at):
            raise Invalid(**problems)
        return reverse("review_carrying", args=[held.ref, who.ref, right.ref])

    def context() -> Mapping[str, object]:
        return {"who": banner(banner_of(who), request.at), "held": held, "review": mine, "made": made}

    return answer(request, form, save, "rounds/moving.jinja", context)


def saved_on(request: PageRequest, held: RoundInSight) -> str:
    """Back to the round: while it is open it shows what was saved, once it is closed it says that the review moved."""
    round_page = reverse("round", args=[held.ref])
    if held.is_open:
        return f"{round_page}?saved=yes"
    messages.success(request, MOVED, TOLD)
    return round_page


def mine_of(request: PageRequest, ref: str, person: str) -> tuple[RoundInSight, PersonInSight, ReviewStands]:
    """The round, the person on whom the review stands, and the viewer's own review of them there."""
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    who = see_resident(viewer=request.viewer, ref=person, at=request.at, kind=Kind.CLINICAL)
    who.must_be_allowed(Right.CLINICAL_ENTRIES)
    mine = review_stands(held, who, reviewer=request.viewer.membership_id)
    if mine.version is None:
        raise NotHere
    return held, who, mine


def move(
    request: PageRequest,
    form: Form,
    held: RoundInSight,
    who: PersonInSight,
    to_ref: str,
    because: str,
    carried: Mapping[str, str],
) -> None:
    """Move the review, with what is carried over of it."""
    move_review(
        by=request.viewer,
        at=request.at,
        token=form.token,
        ref=held.ref,
        person=who.ref,
        to_ref=to_ref,
        because=because,
        carried=carried,
    )


def _in_a_line(line: object) -> str:
    parts = (getattr(line, name, "") for name in ("called", "room", "unit"))
    return ", ".join(part for part in parts if part)
