"""Answer a concern: what came of it, for those who raised it."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import answer_concern
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Form, LongText, answer
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class AnswerForm(Form):
    """What came of it."""

    words = LongText(
        "What came of it?",
        hint="The home reads this: say what they are to do, and what to do if it gets worse.",
        needed="Say what came of it.",
        large=True,
    )


def answer_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, with the concern's own words above it."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.must_answer_for_the_pcn()
    form = AnswerForm(request, subject=seen.ref, back=reverse("concern", args=[seen.ref]))

    def save() -> str:
        answer_concern(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, words=form.words)
        return reverse("concern", args=[seen.ref])

    return answer(
        request,
        form,
        save,
        "deterioration/answer_new.jinja",
        lambda: {"who": banner(banner_of(seen.person), request.at), "concern": concern_page(seen).concern},
    )
