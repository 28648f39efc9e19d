"""Somebody left with a concern that nobody had answered: whoever has them now is told, and that is said (H40)."""

from __future__ import annotations

from django.http import HttpResponseBase

from homeround.accounts.rights import Kind, Right
from homeround.ehch.deterioration.words import NO_WORDS_YET, State
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import hand_over
from homeround.ehch.residents.queries import banner_of, handed_over
from homeround.ehch.residents.rules import FORMER
from homeround.ehch.residents.words import MOST
from homeround.ehch.rounds.queries import record_of
from homeround.kernel.calendar.times import shown
from homeround.kernel.refusals import NotAllowed
from homeround.web.forms import Form, LongText, SeeOther
from homeround.web.jinja import quoted
from homeround.web.presenters.person import left_words
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import Changing, answer_change, back_to


class HandoverForm(Form):
    """To whom, and how."""

    words = LongText(
        "Who did you hand it over to, and how?",
        hint="For example: called the nurse in charge of Elm Court, and sent the concern with her notes",
        needed="Say who you handed it over to, and how.",
        rows=3,
        most=MOST["handover"],
    )


def handover(request: PageRequest, ref: str) -> HttpResponseBase:
    """What nobody had answered when they left, and to whom it is handed over; done already, it stands on their page."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at, kind=Kind.LIVING)
    if person.relationship not in FORMER:
        raise NotAllowed("They have not left: nothing has to be handed over.")
    if not {Right.MOVES, Right.ANSWERING} & person.capacity.rights:
        raise NotAllowed("Handing over is for a nurse, a senior or the manager of the home, and for its PCN.")
    if request.method == "GET" and handed_over(person):
        return SeeOther(back_to(person))
    facts = banner_of(person)
    form = HandoverForm(request, subject=person.ref, back=back_to(person))
    left_open = State.OPEN_WHEN_THEY_LEFT.value
    unanswered = [entry for entry in record_of(person).of("concern") if entry.state == left_open]
    words = [f"{facts.identity.called} {left_words(facts)}. Nobody had answered:"]
    words += [f"{quoted(entry.words or NO_WORDS_YET)} {entry.by}, {shown(entry.at)}" for entry in unanswered]

    def save() -> str:
        return hand_over(by=request.viewer, at=request.at, token=form.token, ref=person.ref, words=form.words)

    title = f"{facts.identity.called}: hand over what was unanswered"
    return answer_change(request, form, save, facts, Changing(title, "It is handed over", tuple(words)))
