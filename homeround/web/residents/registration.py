"""Another GP practice, or news about the registration. What awaits a reply follows the person (REQ-07, REQ-20)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import register_with
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import answer
from homeround.web.presenters.person import banner, responsible_words
from homeround.web.requests import PageRequest
from homeround.web.residents.registering import RegisteringForm, practice_options


def registration(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, with who is responsible now above it."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    if Right.REGISTERING not in person.capacity.rights:
        person.must_have(Right.MOVES)
    facts = banner_of(person)
    home = see_home(viewer=request.viewer, code=facts.home_code, at=request.at)
    form = RegisteringForm(
        request,
        subject=person.ref,
        back=reverse("resident", args=[person.ref]),
        options=practice_options(home.pcn_id, request.at),
    )

    def save() -> str:
        register_with(by=request.viewer, at=request.at, token=form.token, ref=person.ref, registration=form.registering)
        return reverse("resident", args=[person.ref])

    context = {"who": banner(facts, request.at), "responsible": responsible_words(facts.responsible)}
    return answer(request, form, save, "residents/registration.jinja", context)
