"""An alignment was entered in error: the one before it holds again."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.alignment.actions import take_back_alignment
from homeround.ehch.alignment.queries import alignments_of
from homeround.web.alignment.in_error import InErrorForm, day_in, found_on
from homeround.web.forms import Tick, answer
from homeround.web.requests import PageRequest


class AlignmentInErrorForm(InErrorForm):
    """Why, and what about a round that is open."""

    despite_round = Tick("The round that is open there is finished today by whoever leads it", when_asked=True)


@require_http_methods(["GET", "POST"])
def alignment_error(request: PageRequest, code: str, day: str) -> HttpResponseBase:
    """Say why, once what holds again has been read."""
    home = see_home(viewer=request.viewer, code=code, at=request.at)
    home.must_have(Right.ALIGNMENTS)
    from_on = day_in(day)
    back = reverse("alignment", args=[home.code])
    form = AlignmentInErrorForm(request, back=back)

    def save() -> str:
        take_back_alignment(
            by=request.viewer,
            at=request.at,
            token=form.token,
            code=home.code,
            from_on=from_on,
            because=form.because,
            despite_round=form.despite_round,
        )
        return back

    def context() -> dict[str, object]:
        wrong, before = found_on([one for one in alignments_of(home) if not one.taken_back], from_on)
        return {
            "title": f"Which PCN serves {home.name}",
            "wrong": wrong.what or "no PCN",
            "wrong_from": wrong.from_on,
            "before": (before.what or "no PCN") if before else "nothing: nobody has said who serves it",
        }

    return answer(request, form, save, "alignment/in_error.jinja", context)
