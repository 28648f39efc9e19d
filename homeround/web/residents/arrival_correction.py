"""A move-in put right: another day, or they never came."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Right
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import correct_arrival_day, withdraw_move_in
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.words import StayBasis
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Day, Form, Hidden, Text, Tick
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import REASON, Changing, answer_change, back_to, written_about


class ArrivalCorrectionForm(Form):
    """The right day, and why."""

    arrived_on = Day("On which day did they move in?", needed="Enter the day they moved in.")
    because = Text("Why is it changed?", hint=REASON, needed="Say why it is changed.", most=300)
    sure = Tick("I am sure", when_asked=True)


class MoveInRemovalForm(Form):
    """Why, and that what was written since was looked at."""

    because = Text(
        "Why?",
        hint="For example: never came; the wrong home; written down twice, see room 12.",
        needed="Say why, for whoever read it.",
        most=300,
    )
    is_looked_through = Tick("I have looked through what was written about them")
    basis = Hidden()


def arrival_correction(request: PageRequest, ref: str) -> HttpResponseBase:
    """Both due dates are counted anew from the right day; what was done stays done."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_correct(Right.MOVES)
    facts = banner_of(person)
    if facts.stay_basis != StayBasis.MOVED_IN or facts.from_on is None:
        raise NotHere
    form = ArrivalCorrectionForm(
        request,
        subject=person.ref,
        back=back_to(person),
        initial={"arrived_on": facts.from_on},
        rests_on={"arrived_on": facts.from_on},
    )

    def save() -> str:
        return correct_arrival_day(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            arrived_on=form.arrived_on,
            because=form.because,
            sure=form.sure,
        )

    words = (
        f"Recorded now: moved in on {shown_date(facts.from_on)}.",
        "The days for assessment and plan are counted anew from the day you enter. What is done already stays done.",
    )
    title = f"{facts.identity.called}: put right the day they moved in"
    return answer_change(request, form, save, facts, Changing(title, "Put it right", words))


def move_in_removal(request: PageRequest, ref: str) -> HttpResponseBase:
    """What was written since the move-in is listed first; while something of it is open the move-in stays."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.MOVES)
    facts = banner_of(person)
    if facts.left:
        raise NotHere
    form = MoveInRemovalForm(request, subject=person.ref, back=back_to(person), initial={"basis": facts.stay_basis})

    def save() -> str:
        return withdraw_move_in(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            because=form.because,
            is_looked_through=form.is_looked_through,
            is_expected=form.basis == StayBasis.EXPECTED,
        )

    words = (
        "For somebody who never came, or was written down twice, in the wrong home, or as somebody else.",
        "Somebody who did live here has left or died: record that instead. Who is not coming after all: say that.",
        "The record of them is taken off every list. If they were expected before, they are expected again.",
        "If they lived here before, that stays, with the name, birth date, NHS number and GP practice they had then.",
    )
    what = "that they are expected" if facts.stay_basis == StayBasis.EXPECTED else "the move-in"
    page = Changing(f"{facts.identity.called}: {what} was a mistake", "Take it out", words, warning=True)
    after = f"{reverse('taken_out', args=[facts.home_code])}?saved={person.ref}"
    return answer_change(
        request, form, save, facts, page, {"written_since": written_about(person, facts, request.at)}, after=after
    )
