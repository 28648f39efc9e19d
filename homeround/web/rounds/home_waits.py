"""The list behind a number of a home: just what it counts, whosever turn it is; what is not late stands below."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.queries import waits_here
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import NotHere
from homeround.web.presenters.homes import LATE_COLUMNS
from homeround.web.presenters.person import lines_here
from homeround.web.presenters.waits import lines_behind
from homeround.web.requests import PageRequest

COLUMNS = {column.code: column for column in LATE_COLUMNS}


@require_GET
def home_waits(request: PageRequest, code: str, column: str) -> HttpResponse:
    """What one column of the homes' table counts in this home."""
    home = see_worklist(viewer=request.viewer, code=code, at=request.at)
    chosen = COLUMNS.get(column)
    if chosen is None:
        raise NotHere
    rows = waits_here(home, lambda wait: wait.kind in chosen.kinds)
    people, today = lines_here(home), london_date(request.at)
    counted = [row for row in rows if chosen.counts(row.wait, request.at)]
    context = {
        "home": home,
        "column": chosen,
        "lines": lines_behind(counted, today, people),
        "in_time": lines_behind([row for row in rows if row not in counted], today, people),
    }
    return render(request, "rounds/home_waits.jinja", context)
