"""Let somebody act for the body: a new account, or a role for somebody who signs in already."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.actions import LONGEST, invite
from homeround.accounts.colleagues import roles_of
from homeround.accounts.rights import ROLE_WORDS, Right, Role
from homeround.kernel.calendar.times import end_of_day, london_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.forms import Choice, Day, Form, Option, Text, answer
from homeround.web.jinja import capitalize_first
from homeround.web.requests import PageRequest

A_YEAR = LONGEST - timedelta(days=2)


class ColleagueForm(Form):
    """Who, as what, and until when."""

    name = Text("Name", hint="As colleagues know them.", needed="Enter their name.", most=120)
    username = Text(
        "User name", hint="What they type to sign in. Letters, figures and . - _", needed="Enter a user name."
    )
    email = Text(
        "Email address", hint="Their own. Their code goes there; without one you hand it over in person.", most=200
    )
    role = Choice("Role", (), needed="Choose a role.", as_list=True)
    profession = Text("Profession", hint="For clinicians: GP, nurse, pharmacist.", most=60)
    number = Text("Registration number", hint="For clinicians: GMC, NMC or GPhC.", most=20)
    until_on = Day(
        "Until", hint="At most a year. For agency staff the last day of the booking.", needed="Say until when."
    )
    problems_of = {"until_at": "until_on", "professional_number": "number"}


def colleague_new(request: PageRequest) -> HttpResponseBase:
    """The form. Whoever is new gets a way in."""
    viewer = request.viewer
    if not viewer.may(Right.GRANTING):
        raise NotAllowed("A manager of this body says who acts for it.")
    roles = tuple(Option(role, capitalize_first(ROLE_WORDS[role])) for role in roles_of(viewer.body_kind))
    form = ColleagueForm(
        request,
        back=reverse("colleagues"),
        initial={"until_on": london_date(request.at) + A_YEAR},
        options={"role": roles},
    )

    def save() -> str:
        invite(
            by=viewer,
            at=request.at,
            token=form.token,
            username=form.username,
            name=form.name,
            email=form.email,
            role=Role(form.role),
            body_kind=viewer.body_kind,
            body_code=viewer.body_code,
            until_at=end_of_day(form.until_on),
            profession=form.profession,
            professional_number=form.number,
        )
        return reverse("colleagues")

    return answer(request, form, save, "accounts/colleague_new.jinja")
