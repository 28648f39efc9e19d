"""Which PCN serves a home, from which day, agreed with whom: said by the ICB (REQ-01, REQ-03)."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.alignment.actions import align_home
from homeround.ehch.alignment.queries import alignments_of, pcns_to_align
from homeround.kernel.calendar.times import london_date
from homeround.web.forms import Choice, Day, Form, Option, Text, Tick, answer
from homeround.web.requests import PageRequest

NONE: Final = "none"


class AlignmentForm(Form):
    """The PCN, the day, and who agreed."""

    pcn_code = Choice("Which PCN serves this home?", needed="Choose a PCN, or that none does.", as_list=True)
    from_on = Day("From which day?", needed="Enter the first day.")
    agreed_with = Text(
        "Who was this agreed with?", hint="For example: the home, both PCNs", needed="Say who this was agreed with."
    )
    despite_round = Tick("The round that is open there is finished today by whoever leads it", when_asked=True)


@require_http_methods(["GET", "POST"])
def alignment(request: PageRequest, code: str) -> HttpResponseBase:
    """What holds and held, and the form for what holds from a day."""
    home = see_home(viewer=request.viewer, code=code, at=request.at)
    home.must_have(Right.ALIGNMENTS)
    offered = [Option(pcn, name) for pcn, name in pcns_to_align(home)]
    form = AlignmentForm(
        request,
        back=reverse("cover", args=[request.viewer.body_code]),
        initial={"from_on": london_date(request.at)},
        options={"pcn_code": [*offered, Option(NONE, "No PCN")]},
    )

    def save() -> str:
        align_home(
            by=request.viewer,
            at=request.at,
            token=form.token,
            code=home.code,
            pcn_code=None if form.pcn_code == NONE else form.pcn_code,
            from_on=form.from_on,
            agreed_with=form.agreed_with,
            despite_round=form.despite_round,
        )
        return reverse("alignment", args=[home.code])

    return answer(
        request, form, save, "alignment/alignment.jinja", lambda: {"home": home, "history": alignments_of(home)}
    )
