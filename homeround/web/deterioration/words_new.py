"""Add words to a concern: those that follow "Yes, now", or what was noticed since."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Right
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import add_words
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Form, LongText, answer
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class WordsForm(Form):
    """What was noticed."""

    words = LongText(
        "What have you noticed?",
        hint="In your own words. What is different from usual?",
        needed="Write what you noticed.",
        large=True,
    )


def words_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, with what stands already above it."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.person.must_have(Right.CONCERN)
    seen.must_stand()
    form = WordsForm(request, subject=seen.ref, back=reverse("concern", args=[seen.ref]))

    def save() -> str:
        add_words(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, words=form.words)
        return reverse("concern", args=[seen.ref])

    return answer(
        request,
        form,
        save,
        "deterioration/words_new.jinja",
        lambda: {"who": banner(banner_of(seen.person), request.at), "page": concern_page(seen)},
    )
