"""Who is the clinical lead of a home, from which day: said by the manager of its PCN (REQ-16, REQ-17)."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.alignment.actions import name_lead
from homeround.ehch.alignment.queries import leads_of, leads_to_name
from homeround.kernel.calendar.times import london_date
from homeround.web.forms import Choice, Day, Form, LongText, Option, answer
from homeround.web.forms.fields import row_number
from homeround.web.requests import PageRequest

NOBODY: Final = "nobody"


class LeadForm(Form):
    """The lead, the day, and what is asked of one who is no GP."""

    lead = Choice("Who is the clinical lead?", needed="Choose the lead, or that nobody is.", as_list=True)
    from_on = Day("From which day?", needed="Enter the first day.")
    exception_because = LongText(
        "If the lead is not a GP: why is an exception made?", most=400, rows=2, hint="Leave empty for a GP"
    )
    skills_evidence = LongText("If the lead is not a GP: what shows their skills and experience?", most=400, rows=2)


@require_http_methods(["GET", "POST"])
def lead(request: PageRequest, code: str) -> HttpResponseBase:
    """Who leads and led, and the form for who leads from a day."""
    home = see_home(viewer=request.viewer, code=code, at=request.at)
    home.must_have(Right.COVER)
    offered = [
        Option(str(member.membership_id), f"{member.name}, {member.role_words}") for member in leads_to_name(home)
    ]
    form = LeadForm(
        request,
        back=reverse("our_pcn", args=[request.viewer.body_code]),
        initial={"from_on": london_date(request.at)},
        options={"lead": [*offered, Option(NOBODY, "Nobody")]},
    )

    def save() -> str:
        name_lead(
            by=request.viewer,
            at=request.at,
            token=form.token,
            code=home.code,
            lead=row_number(form.lead),
            from_on=form.from_on,
            exception_because=form.exception_because,
            skills_evidence=form.skills_evidence,
        )
        return reverse("lead", args=[home.code])

    return answer(request, form, save, "alignment/lead.jinja", lambda: {"home": home, "history": leads_of(home)})
