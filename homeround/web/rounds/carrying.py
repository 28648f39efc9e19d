"""What becomes of what a moved review decided: made anew for the right person, or not; all at once (H1, H34)."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Kind
from homeround.ehch.decisions.queries import applies_now
from homeround.ehch.decisions.words import NEW
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.rules import FORMER
from homeround.ehch.rounds.queries import MadeThing, made_by_review
from homeround.web.forms import Choice, Form, Option, Text, answer
from homeround.web.jinja import TOLD
from homeround.web.presenters.applies import applies_lines, replaces_options
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest
from homeround.web.rounds.moving import BECAUSE, mine_of, move, saved_on
from homeround.web.session.page_access import during_open_round

DECIDE_AGAIN = (
    "Your review is moved. What it decided was not carried over: decide again for the person below, or choose the "
    "outcome that says that nothing changes."
)
"""Said on the review of the right person, to which a move leads that left a decision behind."""

LEAVE = "leave"
SAY_WHAT = "Say what becomes of this: on the wrong person it stops in any case."


@during_open_round
@require_http_methods(["GET", "POST"])
def review_carrying(request: PageRequest, ref: str, person: str, to: str) -> HttpResponseBase:
    """What becomes of each decision and follow-up of the review, and the move itself: all of it at once, or nothing."""
    held, who, mine = mine_of(request, ref, person)
    right = see_resident(viewer=request.viewer, ref=to, at=request.at, kind=Kind.CLINICAL)
    made = made_by_review(held, who, reviewer=request.viewer.membership_id)
    facts = banner_of(right)
    applies = applies_now([right.resident_id], at=request.at)
    name, is_here = facts.identity.called, right.relationship not in FORMER
    form = _form_for(made)(
        request,
        subject=who.ref,
        back=reverse("review_moving", args=[held.ref, who.ref]),
        initial={"because": BECAUSE},
        options={
            _name(thing): _what_becomes(thing, name, replaces_options(applies) if is_here else []) for thing in made
        },
    )

    def save() -> str:
        chosen = {thing.ref: form.answer_to(form.fields[_name(thing)]) for thing in made}
        carried = {thing: value for thing, value in chosen.items() if value != LEAVE}
        move(request, form, held, who, right.ref, form.answer_to(form.fields["because"]), carried)
        left = [thing for thing in made if thing.kind == "decision" and thing.ref not in carried]
        if left and held.is_open:
            messages.success(request, DECIDE_AGAIN, TOLD)
            return reverse("review", args=[held.ref, right.ref])
        return saved_on(request, held)

    def context() -> Mapping[str, object]:
        return {
            "who": banner(banner_of(who), request.at),
            "right": banner(facts, request.at),
            "held": held,
            "review": mine,
            "applies": applies_lines(applies[right.resident_id], right.capacity.extent(Kind.CLINICAL)),
        }

    return answer(request, form, save, "rounds/carrying.jinja", context)


def _form_for(made: list[MadeThing]) -> type[Form]:
    """A form that asks what becomes of each thing, and how the review came to stand on somebody else."""
    because = Text(
        "How did it come to stand on the wrong person?",
        needed="Say how it came to stand on the wrong person.",
        most=300,
    )
    asked = {_name(thing): Choice(_question(thing), needed=SAY_WHAT) for thing in made}
    problems_of = {thing.ref: _name(thing) for thing in made}
    return type("CarryingForm", (Form,), {**asked, "because": because, "problems_of": problems_of})


def _name(thing: MadeThing) -> str:
    return f"made_{thing.ref}"


def _question(thing: MadeThing) -> str:
    what = "decided" if thing.kind == "decision" else "asked"
    return f"What becomes of what you {what}: “{thing.words}”?"


def _what_becomes(thing: MadeThing, name: str, replaces: list[Option]) -> list[Option]:
    """What can become of one thing: made anew for the right person (where they can still be decided about), or left.

    `replaces` are what a decision can replace for them, ending with "nothing".
    """
    if thing.kind == "follow_up":
        leave = Option(LEAVE, "It is not needed")
        return [Option("carried", f"It is to be done for {name}"), leave] if replaces else [leave]
    leave = Option(LEAVE, "It is not carried over as it stands", hint="You decide again in their review.")
    if not thing.changes:
        return [Option(NEW, f"It is for {name}"), leave] if replaces else [leave]
    found = [Option(one.value, f"It is for {name}, and replaces “{one.label}”") for one in replaces if one.value != NEW]
    if replaces and not thing.stops:
        found.append(Option(NEW, f"It is for {name}, and is new: nothing applied before"))
    return [*found, leave]
