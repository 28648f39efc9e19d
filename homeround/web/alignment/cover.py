"""Cover and standards: an area's homes, those without a PCN, a lead or a round first; facts about the service only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.directory.queries import of_no_known_area, where_homes_are
from homeround.ehch.rounds.access import see_area
from homeround.ehch.rounds.queries import homes_by_fact
from homeround.kernel.calendar.times import london_date
from homeround.web.presenters.homes import HomeLine, home_line
from homeround.web.requests import PageRequest

ON_A_PAGE: Final = 50
GAPS: Final[Mapping[str, tuple[str, Callable[[HomeLine], bool]]]] = {
    "pcn": ("without a PCN", lambda home: not home.pcn),
    "coordinator": ("whose PCN has no care coordinator", lambda home: home.nobody_reads),
    "lead": ("without a clinical lead", lambda home: not home.lead),
    "round": ("without a round this week", lambda home: not home.open_round and not home.is_held),
}


@dataclass(frozen=True)
class Gap:
    """A number that opens the list behind it."""

    code: str
    words: str
    number: int
    query: str
    is_chosen: bool


@require_GET
def cover(request: PageRequest, code: str) -> HttpResponse:
    """The area's homes, filtered by gap and by local authority, fifty on a page."""
    homes = see_area(viewer=request.viewer, code=code, at=request.at)
    on = london_date(request.at)
    open_homes = (home_line(home, on) for home in homes_by_fact(homes) if home.closed_on is None)
    lines = sorted(open_homes, key=_place)
    gap, area = request.GET.get("gap", ""), request.GET.get("area", "")
    in_area = [line for line in lines if not area or line.local_authority == area]
    chosen = [line for line in in_area if gap not in GAPS or GAPS[gap][1](line)]
    page = Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page"))
    times = Counter(line.name.casefold() for line in lines)
    of_one_name = [line.home_id for line in page.object_list if times[line.name.casefold()] > 1]
    without_pcn = [line.home_id for line in page.object_list if not line.pcn]
    context = {
        "page": page,
        "of_no_known_area": of_no_known_area(without_pcn) if without_pcn else frozenset(),
        "told_apart": where_homes_are(of_one_name) if of_one_name else {},
        "number": len(chosen),
        "of": len(lines),
        "gaps": [_gap(name, words, sum(map(has, in_area)), area, gap) for name, (words, has) in GAPS.items()],
        "areas": sorted({line.local_authority for line in lines if line.local_authority}),
        "area": area,
        "gap": gap if gap in GAPS else "",
        "query": urlencode({name: value for name, value in (("gap", gap), ("area", area)) if value}),
    }
    return render(request, "alignment/cover.jinja", context)


def _place(home: HomeLine) -> tuple[bool, bool, bool, date, str]:
    longest_without = date.max if home.is_held else home.last_on or date.min
    return (bool(home.pcn), bool(home.lead), home.is_held, longest_without, home.name)


def _gap(code: str, words: str, number: int, area: str, chosen: str) -> Gap:
    query = urlencode({"gap": code, **({"area": area} if area else {})})
    return Gap(code, words, number, query, is_chosen=code == chosen)
