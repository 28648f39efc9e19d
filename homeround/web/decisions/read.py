"""I have read this: the reply in one tap from the list."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from homeround.ehch.decisions.access import see_ask
from homeround.ehch.decisions.actions import reply_to_decision
from homeround.ehch.decisions.queries import Awaiting, awaiting_reply
from homeround.web.forms import Form, SeeOther
from homeround.web.forms.answer import done_once, opened_elsewhere
from homeround.web.jinja import TOLD
from homeround.web.requests import PageRequest

OVERTAKEN: Final = "This has changed since you opened the list. Nothing is saved: read it, and reply here."


class ReadForm(Form):
    """One button."""

    drafted = False

    @property
    def address(self) -> str:
        """Where its button leads."""
        return self.own_signature.form


def shown_on_list(line: Awaiting) -> dict[str, object]:
    """What the list says of a decision by which "I have read this" is pressed: its words, and a question that waits."""
    return {"decided": line.decided, "asked_at": line.asked_at, "validity": line.validity}


@require_POST
def reply_read(request: PageRequest, ref: str) -> HttpResponse:
    """Reply "I have read this" and go back to the list."""
    asked = see_ask(viewer=request.viewer, ref=ref, at=request.at)
    lines = awaiting_reply(viewer=request.viewer, at=request.at, ask=asked.ref)
    form = ReadForm(request, subject=asked.person.ref, rests_on=shown_on_list(lines[0]) if lines else None)
    if not form.belongs:
        return opened_elsewhere(request, back=reverse("awaiting_reply"))
    if lines and form.is_overtaken:
        messages.error(request, OVERTAKEN, TOLD)
        return SeeOther(reverse("reply", args=[asked.ref]))

    def save() -> str:
        reply_to_decision(by=request.viewer, at=request.at, token=form.token, ref=asked.ref, kind="read")
        return f"{reverse('awaiting_reply')}?saved=read&about={asked.ref}"

    return SeeOther(done_once(form, save))
