"""Write down who was rung about a concern and who was spoken to. Until then it stands as to be phoned (REQ-87)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Right
from homeround.ehch.alignment.queries import who_reads
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import record_call
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Choice, Form, LongText, Option, Text, answer
from homeround.web.presenters import ringing
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class CallForm(Form):
    """Whom you rang; who answered, or that nobody did; what they said."""

    service = Text(
        "Whom did you ring?", hint="For example NHS 111, 999, the practice", needed="Say whom you rang.", most=120
    )
    answered = Choice(
        "Did somebody answer?",
        (Option("yes", "Yes", reveals="spoke_to"), Option("no", "No, nobody answered")),
        needed="Say whether somebody answered.",
    )
    spoke_to = Text("Who did you speak to?", hint="Name, or what they are", needed="Say who you spoke to.", most=120)
    words = LongText("What did they say?", rows=3)


def call_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form; right after an urgent concern it also confirms that it was saved and says whom to ring."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.person.must_have(Right.CONCERN)
    form = CallForm(request, subject=seen.ref, back=reverse("concern", args=[seen.ref]))

    def save() -> str:
        record_call(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=seen.ref,
            service=form.service,
            spoke_to=form.spoke_to,
            words=form.words,
        )
        return reverse("concern", args=[seen.ref])

    def context() -> Mapping[str, object]:
        readers = who_reads(seen.person.where, request.at)
        return {
            "who": banner(banner_of(seen.person), request.at),
            "concern_ref": seen.ref,
            "numbers": ringing.numbers(readers),
            "reads": ringing.who_reads(readers, request.at),
            "is_saved": request.GET.get("saved") == "yes",
        }

    return answer(request, form, save, "deterioration/call_new.jinja", context)
