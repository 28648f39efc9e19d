"""The naming of a clinical lead was entered in error: whoever led before leads again."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.alignment.actions import take_back_lead
from homeround.ehch.alignment.queries import leads_of
from homeround.web.alignment.in_error import InErrorForm, day_in, found_on
from homeround.web.forms import answer
from homeround.web.requests import PageRequest


@require_http_methods(["GET", "POST"])
def lead_error(request: PageRequest, code: str, day: str) -> HttpResponseBase:
    """Say why, once who leads again has been read."""
    home = see_home(viewer=request.viewer, code=code, at=request.at)
    home.must_have(Right.COVER)
    from_on = day_in(day)
    back = reverse("lead", args=[home.code])
    form = InErrorForm(request, back=back)

    def save() -> str:
        take_back_lead(
            by=request.viewer, at=request.at, token=form.token, code=home.code, from_on=from_on, because=form.because
        )
        return back

    def context() -> dict[str, object]:
        wrong, before = found_on([one for one in leads_of(home) if not one.taken_back], from_on)
        return {
            "title": f"The clinical lead of {home.name}",
            "wrong": wrong.what or "nobody",
            "wrong_from": wrong.from_on,
            "before": (before.what or "nobody") if before else "nobody",
        }

    return answer(request, form, save, "alignment/in_error.jinja", context)
