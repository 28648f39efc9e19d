"""End somebody's place on a home's MDT: what they could see there ends with it, at once."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.alignment.actions import take_off_mdt
from homeround.ehch.alignment.queries import mdt_of
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Form, answer
from homeround.web.requests import PageRequest


class EndForm(Form):
    """Nothing to fill in: the page says what ends."""


@require_http_methods(["GET", "POST"])
def mdt_end(request: PageRequest, code: str, member: int) -> HttpResponseBase:
    """Say who, and what ends; then end it."""
    home = see_home(viewer=request.viewer, code=code, at=request.at)
    home.must_have(Right.COVER)
    back = reverse("mdt", args=[home.code])
    form = EndForm(request, back=back)

    def save() -> str:
        take_off_mdt(by=request.viewer, at=request.at, token=form.token, code=home.code, member=member)
        return back

    def context() -> dict[str, object]:
        place = next((found for found in mdt_of(home) if found.member == member), None)
        if place is None:
            raise NotHere
        return {"home": home, "place": place}

    return answer(request, form, save, "alignment/mdt_end.jinja", context)
