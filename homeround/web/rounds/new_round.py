"""Opening a home round (REQ-33, REQ-43 to REQ-45)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.queries import clinicians_of
from homeround.accounts.rights import Kind, Right
from homeround.ehch.alignment.access import HomeInSight, see_home
from homeround.ehch.rounds.access import see_rounds
from homeround.ehch.rounds.actions import open_round
from homeround.ehch.rounds.queries import open_rounds_of
from homeround.web.forms import Choice, Form, Option, Text, answer
from homeround.web.presenters.rounds import MODES, colleagues
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import during_open_round


class RoundForm(Form):
    """Who takes part, and how."""

    leader = Choice("Who leads the round?", needed="Choose who leads the round.", as_list=True)
    mode = Choice("How is it held?", MODES, needed="Choose how the round is held.")
    home_representative = Text(
        "Who takes part for the home?",
        hint="Name and role, for example Nell Nurse, nurse in charge",
        needed="Enter who takes part for the home.",
        most=120,
    )
    has_medical_input = Choice(
        "Does a GP or geriatrician take part?",
        (
            Option("yes", "Yes", reveals="medical_input"),
            Option("no", "No, not this time", reveals="no_medical_input_because"),
        ),
        needed="Say whether a GP or geriatrician takes part.",
    )
    medical_input = Text("Who, and how?", hint="For example Dr Hart, by phone", needed="Enter who, and how.", most=200)
    no_medical_input_because = Text("Why not?", needed="Say why nobody does.", most=200)


class RoundFormOfClinician(RoundForm):
    """Whoever opens it leads it."""

    leader = Choice("Who leads the round?", as_list=True)


@during_open_round
@require_http_methods(["GET", "POST"])
def round_new(request: PageRequest, code: str) -> HttpResponseBase:
    """Open the round of a home today; where one is open already, say whose and lead there."""
    see_rounds(viewer=request.viewer, at=request.at)
    home = see_home(viewer=request.viewer, code=code, at=request.at, kind=Kind.CLINICAL)
    types_for = request.viewer.may(Right.TYPING_FOR)
    form = _form(request, home, types_for=types_for)

    def save() -> str:
        ref = open_round(
            by=request.viewer,
            at=request.at,
            token=form.token,
            code=home.code,
            mode=form.mode,
            home_representative=form.home_representative,
            medical_input=form.medical_input,
            no_medical_input_because=form.no_medical_input_because,
            leader=int(form.leader) if types_for else None,
        )
        return reverse("round", args=[ref])

    return answer(
        request,
        form,
        save,
        "rounds/new_round.jinja",
        lambda: {"home": home, "types_for": types_for, **_open_rounds(home)},
    )


def _open_rounds(home: HomeInSight) -> dict[str, object]:
    """Today's open round, and any that was left open on an earlier day: that one is in nobody's way."""
    found = open_rounds_of(home)
    return {
        "open_round": next((held for held in found if not held.is_left_open), None),
        "left_open": [held for held in found if held.is_left_open],
    }


def _form(request: PageRequest, home: HomeInSight, *, types_for: bool) -> RoundForm:
    back = reverse("my_rounds")
    if not types_for:
        return RoundFormOfClinician(request, subject=home.code, back=back, initial={"mode": "in_person"})
    offered = colleagues(clinicians_of(body_id=request.viewer.body_id, at=request.at))
    return RoundForm(request, subject=home.code, back=back, options={"leader": offered}, initial={"mode": "in_person"})
