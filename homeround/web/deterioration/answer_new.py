"""Answer a concern: what came of it, for those who raised it."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import answer_concern
from homeround.ehch.deterioration.queries import concern_page, last_words_about
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Form, HiddenNumber, LongText, answer
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
    read_to = HiddenNumber()


def answer_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, with the concern's own words and all that was added above it."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.must_answer()
    form = AnswerForm(
        request,
        subject=seen.ref,
        back=reverse("concern", args=[seen.ref]),
        initial={"read_to": last_words_about(seen.person)},
    )

    def save() -> str:
        answer_concern(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=seen.ref,
            words=form.words,
            read_to=form.read_to or 0,
        )
        return reverse("concern", args=[seen.ref])

    return answer(
        request,
        form,
        save,
        "deterioration/answer_new.jinja",
        lambda: {"who": banner(banner_of(seen.person), request.at), "page": concern_page(seen)},
    )
