"""When somebody of one's own organisation is at work, and the numbers to call then and otherwise."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.alignment.actions import set_hours
from homeround.ehch.alignment.queries import hours_of, roles_of
from homeround.ehch.alignment.rules import day_in_words, week_of
from homeround.ehch.alignment.words import WEEKDAYS
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import Invalid, NotAllowed
from homeround.web.forms import Choice, Day, Form, Option, Text, Tick, answer
from homeround.web.requests import PageRequest

EVERYBODY = "everybody"
AT_WORK = "For example 09:00 to 17:00. Leave a day empty when nobody is at work"


class HoursForm(Form):
    """A week, and the numbers in it and outside it."""

    role = Choice("Whose hours are these?", needed="Choose whose hours these are.", as_list=True)
    from_on = Day("From which day?", needed="Enter the first day.")
    monday = Text("Monday", hint=AT_WORK, most=60, width=20)
    tuesday = Text("Tuesday", most=60, width=20)
    wednesday = Text("Wednesday", most=60, width=20)
    thursday = Text("Thursday", most=60, width=20)
    friday = Text("Friday", most=60, width=20)
    saturday = Text("Saturday", most=60, width=20)
    sunday = Text("Sunday", most=60, width=20)
    works_bank_holidays = Tick("They work on bank holidays too")
    phone = Text(
        "Number to call in these hours", needed="Enter the number to call.", most=30, width=20, inputmode="tel"
    )
    otherwise = Text(
        "Who is called outside these hours?", hint="For example NHS 111", needed="Say who is called then.", most=120
    )
    otherwise_phone = Text("Their number", needed="Enter their number.", most=30, width=20, inputmode="tel")
    problems_of = {"week": "monday"}


@require_http_methods(["GET", "POST"])
def hours(request: PageRequest) -> HttpResponseBase:
    """The hours that hold and held, and the form for those from a day."""
    viewer = request.viewer
    if not viewer.may(Right.HOURS):
        raise NotAllowed(f"A manager of {viewer.body_name} says when it is at work.")
    form = HoursForm(
        request,
        back=reverse("my_rights"),
        initial={"from_on": london_date(request.at), "role": EVERYBODY},
        options={
            "role": [
                Option(EVERYBODY, f"Everybody of {viewer.body_name}"),
                *(Option(role, words.capitalize()) for role, words in roles_of(viewer)),
            ]
        },
    )

    def save() -> str:
        week, problems = week_of({name.lower(): getattr(form, name.lower()) for name in WEEKDAYS})
        if problems:
            raise Invalid(**problems)
        set_hours(
            by=viewer,
            at=request.at,
            token=form.token,
            role="" if form.role == EVERYBODY else form.role,
            week=week,
            works_bank_holidays=form.works_bank_holidays,
            phone=form.phone,
            otherwise=form.otherwise,
            otherwise_phone=form.otherwise_phone,
            from_on=form.from_on,
        )
        return reverse("hours")

    def context() -> dict[str, object]:
        kept = [
            (
                hours,
                [(name, day_in_words(hours.week, number)) for number, name in enumerate(WEEKDAYS)],
                reverse("hours_error", args=[viewer.body_code, hours.role or EVERYBODY, hours.from_on.isoformat()]),
            )
            for hours in hours_of(viewer)
        ]
        return {"kept": kept}

    return answer(request, form, save, "alignment/hours.jinja", context)
