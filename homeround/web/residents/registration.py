"""Another GP practice, or news about the registration. What awaits a reply follows the person (REQ-07, REQ-20)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.decisions.queries import said_by_practice
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import register_with
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Choice, Groups, MaybeDay, Option, Text, Tick, answer
from homeround.web.presenters.person import banner, responsible_words
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import REASON
from homeround.web.residents.registering import RegisteringForm, practice_options


class RegistrationForm(RegisteringForm):
    """The practice, from which day, and whether what stood was a mistake."""

    on_page: ClassVar[Groups] = (
        *RegisteringForm.on_page,
        ("", ("from_on", "why", "because", "sure")),
    )

    from_on = MaybeDay("From which day?", hint="Leave empty for today.")
    why = Choice(
        "Why does it change?",
        (
            Option("changed", "They changed practice, or something new is known"),
            Option("wrong", "What is recorded was a mistake", reveals="because"),
        ),
        needed="Say whether they changed practice, or what is recorded was a mistake.",
    )
    because = Text("How did the mistake come about?", hint=REASON, needed="Say how it came about.", most=300)
    sure = Tick("I am sure", when_asked=True)


def registration(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, with who is responsible now above it."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.REGISTERING if Right.REGISTERING in person.capacity.rights else Right.MOVES)
    facts = banner_of(person)
    home = see_home(viewer=request.viewer, code=facts.home_code, at=request.at)
    form = RegistrationForm(
        request,
        subject=person.ref,
        back=reverse("resident", args=[person.ref]),
        initial={"why": "changed"},
        rests_on={"responsible": responsible_words(facts.responsible)},
        options=practice_options(home.pcn_id, request.at),
    )

    def save() -> str:
        register_with(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            registration=form.registering,
            from_on=form.from_on,
            was_wrong=form.why == "wrong",
            because=form.because,
            sure=form.sure,
        )
        return reverse("resident", args=[person.ref])

    def context() -> Mapping[str, object]:
        replies, disputes = said_by_practice(person)
        return {
            "who": banner(facts, request.at),
            "responsible": responsible_words(facts.responsible),
            "replies": replies,
            "disputes": disputes,
        }

    return answer(request, form, save, "residents/registration.jinja", context)
