"""The worklist of a home: everybody with the reasons to see them, in a stated order, and the others below (REQ-36)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Right
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.queries import worklist
from homeround.ehch.rounds.rules import REASONS
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.web.doing import done_in
from homeround.web.presenters.worklist import worklist_lines
from homeround.web.requests import PageRequest


@require_GET
def worklist_page(request: PageRequest, code: str) -> HttpResponseBase:
    """The whole list, or only those who have one reason (`?reason=`)."""
    home = see_worklist(viewer=request.viewer, code=code, at=request.at)
    found = worklist(home)
    wanted = request.GET.get("reason", "")
    reason = REASONS.get(wanted)
    with_reason = [row for row in found.with_reason if reason is None or any(why.code == wanted for why in row.reasons)]
    codes = {why.code for row in found.with_reason for why in row.reasons}
    applies = done_in(home)
    context = {
        "home": home,
        "on": shown_date(london_date(request.at)),
        "with_reason": worklist_lines(with_reason, applies),
        "others": worklist_lines(found.others, applies) if reason is None else (),
        "everybody": len(found.with_reason) + len(found.others),
        "order": found.order_in_words,
        "reason": reason,
        "may_put_forward": request.viewer.may(Right.PUT_FORWARD),
        "filters": [rule for code, rule in REASONS.items() if code in codes],
    }
    return render(request, "rounds/worklist.jinja", context)
