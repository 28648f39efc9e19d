"""Raise a concern: do they need help now, then in one's own words. Under thirty seconds on a shared tablet (REQ-87)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Kind, Right
from homeround.ehch.alignment.queries import who_reads
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Choice, Form, LongText, MaybeMoment, Option, Tick, answer
from homeround.web.presenters import ringing
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class ConcernForm(Form):
    """The first question first; when it was noticed is asked only of those who say that it was earlier."""

    problems_of = {"happened_at": "noticed", "time": "noticed"}

    help_now = Choice(
        "Do they need help now?",
        (Option("yes", "Yes, now"), Option("no", "No, it can wait until somebody reads this")),
        needed="Say whether they need help now.",
        large=True,
    )
    words = LongText(
        "What have you noticed?",
        hint="In your own words. What is different from usual?",
        needed="Write what you noticed.",
        large=True,
    )
    when = Choice(
        "When was that?",
        (Option("now", "Just now"), Option("earlier", "Earlier", reveals="noticed")),
        needed="Say when you noticed it.",
    )
    noticed = MaybeMoment("When did you notice it?", needed="Say on which day and at what time.")
    sure = Tick("I am sure about the day and the time", when_asked=True)


def concern_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, with whom to ring at this hour and who reads it, before anything is saved."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at, kind=Kind.LIVING)
    person.must_have(Right.CONCERN)
    form = ConcernForm(
        request, subject=person.ref, back=reverse("resident", args=[person.ref]), initial={"when": "now"}
    )

    def save() -> str:
        concern = raise_concern(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            words=form.words,
            help_now=form.help_now == "yes",
            happened_at=form.noticed if form.when == "earlier" else None,
            sure=form.sure,
        )
        page = "call_new" if form.help_now == "yes" else "concern"
        return f"{reverse(page, args=[concern])}?saved=yes"

    def context() -> Mapping[str, object]:
        readers = who_reads(person.where, request.at)
        return {
            "who": banner(banner_of(person), request.at),
            "numbers": ringing.numbers(readers),
            "reads": ringing.who_reads(readers, request.at),
        }

    return answer(request, form, save, "deterioration/concern_new.jinja", context)
