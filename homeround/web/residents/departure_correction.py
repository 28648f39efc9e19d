"""A departure or a death that was written down by mistake, or with a wrong day or kind (H32)."""

from __future__ import annotations

from django.http import HttpResponseBase

from homeround.accounts.rights import Right
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions import correct_departure, withdraw_departure
from homeround.ehch.residents.queries import Banner, banner_of
from homeround.ehch.residents.words import StayBasis
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Choice, Day, Form, Text, Tick
from homeround.web.presenters.person import left_words
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import REASON, Changing, answer_change, back_to
from homeround.web.residents.departure import departure_options

KEPT = "What stood before stays in the record, with your reason beside it."


class DepartureRemovalForm(Form):
    """Who it is about, and why it was a mistake."""

    because = Text("How did the mistake come about?", hint=REASON, needed="Say how it came about.", most=300)
    is_them = Tick(
        "This is the person named above, born on that day", needed="Check name and date of birth, then tick this."
    )


class DepartureCorrectionForm(Form):
    """What happened, rightly, and why it is changed."""

    kind = Choice("What happened?", needed="Choose how the stay ended.", large=True)
    left_on = Day("On which day?", needed="Enter the day it ended.")
    words = Text("Where to, or why?", most=200)
    because = Text("Why is it changed?", hint=REASON, needed="Say why it is changed.", most=300)
    sure = Tick("I am sure", when_asked=True)


def departure_removal(request: PageRequest, ref: str) -> HttpResponseBase:
    """They did not die, leave or stay away: what that had closed is open again, on its own dates."""
    person, facts = _departed(request, ref)
    form = DepartureRemovalForm(request, subject=person.ref, back=back_to(person))

    def save() -> str:
        return withdraw_departure(
            by=request.viewer, at=request.at, token=form.token, ref=person.ref, because=form.because
        )

    again = "are expected here again" if facts.stay_basis == StayBasis.EXPECTED else "live here again"
    words = (
        _recorded(facts),
        f"Once you save, they {again}. Everything that was closed is open again, on its own dates. {KEPT}",
    )
    title = f"{facts.identity.called}: take back what was recorded by mistake"
    return answer_change(request, form, save, facts, Changing(title, "It did not happen", words, warning=True))


def departure_correction(request: PageRequest, ref: str) -> HttpResponseBase:
    """It happened on another day, or otherwise."""
    person, facts = _departed(request, ref)
    form = DepartureCorrectionForm(
        request,
        subject=person.ref,
        back=back_to(person),
        initial={"kind": facts.left, "words": facts.left_to, **({"left_on": facts.left_on} if facts.left_on else {})},
        options={"kind": departure_options(facts.stay_basis)},
        rests_on={"kind": facts.left, "left_on": facts.left_on, "words": facts.left_to},
    )

    def save() -> str:
        return correct_departure(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            kind=form.kind,
            left_on=form.left_on,
            words=form.words,
            because=form.because,
            sure=form.sure,
        )

    words = (f"{_recorded(facts)} {KEPT}",)
    title = f"{facts.identity.called}: put right how or when they went"
    return answer_change(request, form, save, facts, Changing(title, "Put it right", words))


def _recorded(facts: Banner) -> str:
    """What is recorded now, with where to or why as it was typed."""
    return f"Recorded now: {left_words(facts)}{f', “{facts.left_to}”' if facts.left_to else ''}."


def _departed(request: PageRequest, ref: str) -> tuple[PersonInSight, Banner]:
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_correct(Right.MOVES)
    facts = banner_of(person)
    if not facts.left:
        raise NotHere
    return person, facts
