"""I have read this: the reply in one tap from the list."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from homeround.ehch.decisions.access import see_ask
from homeround.ehch.decisions.actions import reply_to_decision
from homeround.web.forms import Form, SeeOther
from homeround.web.forms.answer import done_once, opened_elsewhere
from homeround.web.requests import PageRequest


class ReadForm(Form):
    """One button."""

    drafted = False

    @property
    def address(self) -> str:
        """Where its button leads."""
        return self.own_signature.form


@require_POST
def reply_read(request: PageRequest, ref: str) -> HttpResponse:
    """Reply "I have read this" and go back to the list."""
    asked = see_ask(viewer=request.viewer, ref=ref, at=request.at)
    form = ReadForm(request, subject=asked.person.ref)
    if not form.belongs:
        return opened_elsewhere(request, back=reverse("awaiting_reply"))

    def save() -> str:
        reply_to_decision(by=request.viewer, at=request.at, token=form.token, ref=asked.ref, kind="read")
        return f"{reverse('awaiting_reply')}?saved=read"

    return SeeOther(done_once(form, save))
