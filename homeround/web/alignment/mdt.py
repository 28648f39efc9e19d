"""Who is on the MDT of a home: given and ended by the manager of the PCN that serves it (REQ-58)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.alignment.actions import place_on_mdt
from homeround.ehch.alignment.queries import mdt_of, members_called
from homeround.kernel.refusals import Invalid
from homeround.web.forms import Choice, Form, Option, Text, answer
from homeround.web.requests import PageRequest


class MdtForm(Form):
    """Whom, and whether they are core."""

    username = Text(
        "The name they sign in with",
        hint="Somebody who works for this home, your PCN, a practice or a community team",
        needed="Enter the name they sign in with.",
        most=150,
        width=20,
    )
    core = Choice(
        "Are they a core member?",
        (Option("yes", "Yes, core"), Option("no", "No, when needed")),
        needed="Say whether they are a core member.",
        inline=True,
    )


@require_http_methods(["GET", "POST"])
def mdt(request: PageRequest, code: str) -> HttpResponseBase:
    """Who has a place, and the form that gives one."""
    home = see_home(viewer=request.viewer, code=code, at=request.at)
    home.must_have(Right.COVER)
    form = MdtForm(request, back=reverse("our_pcn", args=[request.viewer.body_code]))

    def save() -> str:
        called = members_called(home, form.username)
        if len(called) != 1:
            raise Invalid(username="Nobody who can be on this MDT signs in with this name. Check how it is written.")
        try:
            place_on_mdt(
                by=request.viewer,
                at=request.at,
                token=form.token,
                code=home.code,
                member=called[0],
                core=form.core == "yes",
            )
        except Invalid as refusal:
            raise Invalid(username=str(refusal)) from None
        return reverse("mdt", args=[home.code])

    return answer(request, form, save, "alignment/mdt.jinja", lambda: {"home": home, "members": mdt_of(home)})
