"""The numbers to call, and who was spoken to. Until then an urgent concern stands as to be phoned (REQ-87)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Right
from homeround.ehch.alignment.queries import who_reads
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import record_call
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Choice, Form, LongText, Option, Text, answer
from homeround.web.presenters import ringing
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest

SOMEBODY_ELSE: Final = "somebody else"


class CallForm(Form):
    """Who was called; whether anybody answered; what they said."""

    problems_of = {"service": "other"}

    called = Choice("Who did you call?", needed="Say who you called.")
    other = Text("Who was that?", hint="For example the hospice, the pharmacy", needed="Say who you called.", most=120)
    answered = Choice(
        "Did somebody answer?",
        (Option("yes", "Yes", reveals="spoke_to"), Option("no", "No, nobody answered")),
        needed="Say whether somebody answered.",
    )
    spoke_to = Text("Who did you speak to?", hint="Name, or what they are", needed="Say who you spoke to.", most=120)
    words = LongText("What did they say?", rows=3)


def call_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form; right after an urgent concern it also confirms that it was saved and says who to call."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.person.must_have(Right.CONCERN)
    seen.must_stand()
    readers = who_reads(seen.person.where, request.at)
    facts = banner_of(seen.person)
    known = [
        Option(service, service[:1].upper() + service[1:]) for service in ringing.services(readers, facts.responsible)
    ]
    form = CallForm(
        request,
        subject=seen.ref,
        back=reverse("concern", args=[seen.ref]),
        options={"called": [*known, Option(SOMEBODY_ELSE, "Somebody else", reveals="other")]},
    )

    def save() -> str:
        record_call(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=seen.ref,
            service=form.other if form.called == SOMEBODY_ELSE else form.called,
            spoke_to=form.spoke_to,
            words=form.words,
        )
        return reverse("concern", args=[seen.ref])

    def context() -> Mapping[str, object]:
        return {
            "who": banner(facts, request.at),
            "concern": concern_page(seen).concern,
            "numbers": ringing.numbers(readers, practice=ringing.practice_now(facts.responsible, request.at)),
            "reads": ringing.who_reads(readers, request.at),
            "is_saved": request.GET.get("saved") == "yes",
        }

    return answer(request, form, save, "deterioration/call_new.jinja", context)
