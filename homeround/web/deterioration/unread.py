"""Take back one's own "I have read this", pressed by mistake."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import unmark_read
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Form, answer
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class UnreadForm(Form):
    """One button: I have not read this."""

    drafted = False


def unread(request: PageRequest, ref: str) -> HttpResponseBase:
    """The button, with the concern above it."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.must_stand()
    seen.must_answer()
    form = UnreadForm(request, subject=seen.ref, back=reverse("concern", args=[seen.ref]))

    def save() -> str:
        unmark_read(by=request.viewer, at=request.at, token=form.token, ref=seen.ref)
        return reverse("concern", args=[seen.ref])

    def context() -> Mapping[str, object]:
        return {"who": banner(banner_of(seen.person), request.at), "page": concern_page(seen)}

    return answer(request, form, save, "deterioration/unread.jinja", context)
