"""A home, or its PCN, prepares the list of the next round: several people on one page, a line each (REQ-36)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Reach, Right
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.actions import put_several_forward
from homeround.ehch.rounds.queries import WorklistRow, worklist
from homeround.ehch.rounds.rules import LONGEST_ASKING, asks_on_offer
from homeround.ehch.rounds.words import ASKS_WORDS
from homeround.web.forms import Choice, Form, Option, Text, answer
from homeround.web.jinja import TOLD, plural
from homeround.web.presenters.person import PersonLine, in_walking_order, line_here
from homeround.web.requests import PageRequest


@require_http_methods(["GET", "POST"])
def round_preparing(request: PageRequest, code: str) -> HttpResponseBase:
    """Everybody who lives here, in walking order, with what they are on the list for already and a line to write."""
    home = see_worklist(viewer=request.viewer, code=code, at=request.at)
    home.must_have(Right.PUT_FORWARD)
    found = worklist(home)
    rows = sorted((*found.with_reason, *found.others), key=in_walking_order)
    offered = asks_on_offer(in_a_home=request.viewer.reach is Reach.HOME)
    back = reverse("worklist", args=[home.code])
    form = _form_for(rows)(
        request,
        subject=home.code,
        back=back,
        options={"asks": [Option(asks.value, ASKS_WORDS[asks]) for asks in offered]},
    )

    def save() -> str:
        asked = {row.ref: form.answer_to(form.fields[_name(row)]) for row in rows}
        people = {ref: words for ref, words in asked.items() if words}
        asks = form.answer_to(form.fields["asks"])
        put_several_forward(
            by=request.viewer, at=request.at, token=form.token, code=home.code, asks=asks, people=people
        )
        messages.success(request, f"Saved. {plural(len(people), 'person is', 'people are')} put forward.", TOLD)
        return back

    def context() -> Mapping[str, object]:
        return {"home": home, "rows": [(_name(row), line_here(row)) for row in rows]}

    return answer(request, form, save, "rounds/preparing.jinja", context)


def _form_for(rows: Iterable[WorklistRow]) -> type[Form]:
    """A form that asks who asks, and why each of these people is to be seen; most lines stay empty."""
    asks = Choice("Who asks that they are seen?", needed="Choose who asks.")
    lines = {
        _name(row): Text(_label(line_here(row)), hint=_on_the_list(row), most=LONGEST_ASKING, one_of_many=True)
        for row in rows
    }
    problems_of = {row.ref: _name(row) for row in rows}
    return type("PreparingForm", (Form,), {"asks": asks, **lines, "problems_of": problems_of})


def _name(row: WorklistRow) -> str:
    return f"why_{row.ref}"


def _label(line: PersonLine) -> str:
    """The person in a line, with room and mark (H1)."""
    alike = "could be mixed up: check" if line.is_alike else ""
    called = f"{line.called} ({line.formal})" if line.formal else line.called
    return ", ".join(part for part in (called, line.room, line.unit, alike, line.away) if part)


def _on_the_list(row: WorklistRow) -> str:
    """Why they are on the list already, so that nobody writes it twice."""
    reasons = "; ".join(dict.fromkeys(reason.words for reason in row.reasons))
    return f"On the list: {reasons}" if reasons else ""
