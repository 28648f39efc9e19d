"""Today in a home: the first page of everybody who works there. Carers see the shorter one, in their own words.

The page says when it was right and brings itself up to date (H40); what it asks for by itself is not activity, and is a
look only when it shows something that was not on the screen before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Extent, Kind, Right
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.alignment.queries import Cover, cover_of
from homeround.ehch.care_plans.queries import clocks_in
from homeround.ehch.decisions.queries import owed_in
from homeround.ehch.deterioration.queries import answered_lately, open_concerns
from homeround.ehch.residents.queries import expected_in, gone_lately
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.queries import last_rounds, what_waits_here, worklist
from homeround.kernel.audit.noticed import nothing_new_shown
from homeround.kernel.calendar.times import london_date
from homeround.web.doing import done_in
from homeround.web.forms import SeeOther
from homeround.web.presenters import home as present
from homeround.web.presenters import ringing
from homeround.web.presenters.person import PersonLine
from homeround.web.presenters.waits import ON_A_FIRST_PAGE, wait_list
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import is_polled

SEEN: Final = "X-Seen"
"""The header with which a page says what it shows already."""

_AGES: Final = re.compile(r'<span class="hr-age">[^<]*</span>|as at [0-9]{2}:[0-9]{2}')


@require_GET
def home_today(request: PageRequest, code: str) -> HttpResponseBase:
    """The people of the home and what is open for each."""
    home = see_worklist(viewer=request.viewer, code=code, at=request.at)
    cover = cover_of(home.home_id, request.at)
    return render(request, "residents/home_today.jinja", _board(request, home, cover))


@is_polled
@require_GET
def home_today_now(request: PageRequest, code: str) -> HttpResponseBase:
    """The same for the page's own script, each minute and whenever somebody comes back to it; for nobody else."""
    home = see_worklist(viewer=request.viewer, code=code, at=request.at)
    if not request.headers.get("HX-Request"):
        return SeeOther(reverse("home_today", args=[home.code]))
    board = _board(request, home, cover_of(home.home_id, request.at))
    if constant_time_compare(request.headers.get(SEEN, ""), str(board["seen"])):
        nothing_new_shown()
    return render(request, "residents/home_today_now.jinja", board)


def _board(request: PageRequest, home: HomeInSight, cover: Cover) -> dict[str, object]:
    """The part that is brought up to date, and a mark of what it shows: the same mark, the same words but for ages."""
    short = request.viewer.capacity.extent(Kind.CLINICAL) is Extent.HOME_PART
    template = "residents/home_today_carer.jinja" if short else "residents/home_today_staff.jinja"
    context = _context(request, home, cover)
    html = render_to_string(template, context, request=request)
    shown = f"{request.viewer.membership_id}:{_AGES.sub('', html)}"
    return {
        "home": home,
        "numbers": context["numbers"],
        "board": mark_safe(html),  # noqa: S308 - our own template, escaped when it was rendered
        "seen": salted_hmac("homeround.web.home_today", shown, algorithm="sha256").hexdigest(),
    }


def _context(request: PageRequest, home: HomeInSight, cover: Cover) -> dict[str, Any]:
    """What both pages show; the longer one adds `_more`."""
    viewer = request.viewer
    found = worklist(home)
    everybody = [*found.with_reason, *found.others]
    concerns = open_concerns(home, readers=cover.coordinator)
    owed = owed_in(home)
    today = london_date(request.at)
    lines = present.lines_of(everybody)
    applies = done_in(home)
    units = present.units(everybody, concerns, owed, applies, today)
    context: dict[str, Any] = {
        "home": home,
        "units": units,
        "people": len(everybody),
        "is_folded": len(everybody) > present.FOLDED_ABOVE,
        "concerns": present.concern_rows(concerns, lines, request.at),
        "answers": present.answer_rows(answered_lately(home), lines, applies),
        "ours": present.owed_rows(
            [asked for asked in owed if asked.is_open and asked.owner_id == viewer.body_id], lines, today
        ),
        "disputes": present.disputes(units),
        "not_to_be_done": present.not_to_be_done(units),
        "new_of_late": present.new_of_late(units, today),
        "numbers": ringing.numbers(cover.coordinator),
        "reads": ringing.who_reads(cover.coordinator, request.at),
        "may_raise": viewer.may(Right.CONCERN),
        "works_here": viewer.body_id == home.home_id,
    }
    if context["works_here"]:
        waiting = what_waits_here(home, found.open_here, most=ON_A_FIRST_PAGE)
        context["gone"] = present.gone_rows(gone_lately(home))
        context["may_take_back"] = viewer.may(Right.MOVES)
        context["waits"] = wait_list(waiting, today, shows_home=False, lines=lines)
    if viewer.capacity.extent(Kind.CLINICAL) is not Extent.HOME_PART:
        context |= _more(home, cover, lines) | {"for_round": len(found.with_reason)}
    return context


def _more(home: HomeInSight, cover: Cover, lines: Mapping[str, PersonLine]) -> dict[str, Any]:
    """What nurses, seniors, managers and the PCN see besides."""
    rounds = last_rounds(home)
    viewer = home.viewer
    return {
        "new_here": present.new_here(clocks_in(home), lines),
        "cover": cover,
        **present.rounds_of(rounds, london_date(home.at)),
        "reads_rounds": viewer.capacity.extent(Kind.CLINICAL) is Extent.ALL,
        "expected": present.expected_rows(expected_in(home), london_date(home.at)),
        "may_move_in": viewer.may(Right.MOVES) and viewer.body_id == home.home_id,
        "may_mark_done": viewer.may(Right.OBLIGATIONS) or viewer.may(Right.TYPING_FOR),
    }
