"""Who was taken out of the record as a mistake, and the way back for them."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Kind, Right
from homeround.ehch.alignment.access import HomeInSight, see_home
from homeround.ehch.residents import rules
from homeround.ehch.residents.actions import put_back_move_in
from homeround.ehch.residents.queries import taken_out_of
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Form, Text, answer
from homeround.web.presenters.person import line_of
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import REASON


class PutBackForm(Form):
    """Why they are put back."""

    because = Text("Why are they put back?", hint=REASON, needed="Say why they are put back.", most=300)


@require_GET
def taken_out(request: PageRequest, code: str) -> HttpResponseBase:
    """Everybody who was taken out lately, each with the way back."""
    home = _home(request, code)
    rows = [
        (line_of(entry.ref, entry.identity, room=entry.room, unit=entry.unit), entry) for entry in taken_out_of(home)
    ]
    ref = request.GET.get("saved", "")
    saved = next((line for line, _ in rows if line.ref == ref), None)
    context = {
        "home": home,
        "rows": rows,
        "weeks": rules.FORMER_HOME_READS.days // 7,
        "saved": saved,
        "still_here": reverse("resident", args=[ref]) if ref.isalnum() and saved is None else "",
    }
    return render(request, "residents/taken_out.jinja", context)


def put_back(request: PageRequest, code: str, ref: str) -> HttpResponseBase:
    """They live here after all, with everything that was written about them."""
    home = _home(request, code)
    found = taken_out_of(home, ref)
    if not found and request.method != "POST":
        raise NotHere
    form = PutBackForm(request, subject=ref.upper(), back=reverse("taken_out", args=[home.code]))

    def save() -> str:
        put_back_move_in(
            by=request.viewer, at=request.at, token=form.token, code=home.code, ref=ref, because=form.because
        )
        return reverse("resident", args=[ref.upper()])

    lines = [(line_of(entry.ref, entry.identity, room=entry.room, unit=entry.unit), entry) for entry in found]
    born = {entry.ref: shown_date(entry.identity.born_on) if entry.identity.born_on else "" for entry in found}
    return answer(request, form, save, "residents/put_back.jinja", {"home": home, "rows": lines, "born": born})


def _home(request: PageRequest, code: str) -> HomeInSight:
    home = see_home(viewer=request.viewer, code=code, at=request.at, kind=Kind.IDENTITY)
    home.must_have(Right.MOVES)
    return home
