"""Somebody comes to live in a home: moved in (the clock starts), expected, or already living here (no clock)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Kind, Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.residents.actions import Somebody, expect_resident, move_in, record_living_here
from homeround.ehch.residents.queries import KnownHere
from homeround.kernel.calendar.times import london_date
from homeround.web.forms import Choice, Day, Groups, MaybeDay, Option, answer
from homeround.web.presenters.person import line_of
from homeround.web.requests import PageRequest
from homeround.web.residents import same_person
from homeround.web.residents.registering import practice_options
from homeround.web.residents.stay import STAY_ON_PAGE, StayForm
from homeround.web.residents.who import WhoForm


class MoveInForm(StayForm):
    """Who, how they come, the stay, the room, the practice."""

    on_page: ClassVar[Groups] = (
        ("", ("basis", "arrived_on", "expected_on", "living_since")),
        (
            "Who they are",
            ("given", "family", "known_as", "born_on", "number_is_known", "nhs_number", "no_number_because"),
        ),
        *STAY_ON_PAGE,
        ("", ("same_person", "sure")),
    )

    given, family, known_as, born_on = WhoForm.given, WhoForm.family, WhoForm.known_as, WhoForm.born_on
    number_is_known, nhs_number = WhoForm.number_is_known, WhoForm.nhs_number
    no_number_because, sure = WhoForm.no_number_because, WhoForm.sure
    same_person = Choice("Is it the same person?", when_asked=True)
    basis = Choice(
        "How do they come?",
        (
            Option(
                "moved_in",
                "They moved in",
                "The seven working days for assessment and plan start.",
                reveals="arrived_on",
            ),
            Option("expected", "They are expected", reveals="expected_on"),
            Option("living_here", "They live here already", "Nothing is started.", reveals="living_since"),
        ),
        needed="Say whether they moved in, are expected, or live here already.",
        large=True,
    )
    expected_on = Day("When are they expected?", needed="Enter the day they are expected.")
    living_since = MaybeDay("Since when do they live here?", hint="Leave empty if it is not known.")

    @property
    def who(self) -> Somebody:
        """Who they are, as the home was told."""
        return Somebody(
            given=self.given,
            family=self.family,
            born_on=self.born_on,
            known_as=self.known_as,
            nhs_number=self.nhs_number,
            no_number_because=self.no_number_because,
        )


def move_in_page(request: PageRequest, code: str) -> HttpResponseBase:
    """The form; afterwards both due dates and how they were counted."""
    home = see_home(viewer=request.viewer, code=code, at=request.at, kind=Kind.IDENTITY)
    home.must_have(Right.MOVES)
    form = MoveInForm(
        request,
        subject=home.code,
        back=reverse("home_today", args=[home.code]),
        initial={"arrived_on": london_date(request.at), "kind": "permanent"},
        options=practice_options(home.pcn_id, request.at),
    )
    known = same_person.ask(form, home)

    def save() -> str:
        common: dict[str, Any] = {
            "by": request.viewer,
            "at": request.at,
            "token": form.token,
            "code": home.code,
            "who": form.who,
            "stay": form.stay,
            "registration": form.registering,
            "same": same_person.answered(form.same_person),
            "sure": form.sure,
        }
        if form.basis == "moved_in":
            ref = move_in(**common, arrived_on=form.arrived_on)
        elif form.basis == "expected":
            ref = expect_resident(**common, expected_on=form.expected_on)
        else:
            ref = record_living_here(**common, living_since=form.living_since)
        return f"{reverse('arrival', args=[ref])}?saved=yes"

    lines = [(line_of(person.ref, person.identity, room=person.room), _page_of(person, home.code)) for person in known]
    return answer(request, form, save, "residents/move_in.jinja", {"home": home, "known": lines})


def _page_of(person: KnownHere, code: str) -> str:
    """Where to look at somebody: their page, or where they are put back."""
    return reverse("put_back", args=[code, person.ref]) if person.taken_out else reverse("resident", args=[person.ref])
