"""Raise a concern: help now at one tap, or in one's own words. Under thirty seconds on a shared tablet (REQ-87)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Kind, Right
from homeround.ehch.alignment.queries import who_reads
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.deterioration.queries import open_about
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Choice, Form, LongText, MaybeMoment, Option, Tick, answer, drafts
from homeround.web.forms.signature import signature_for
from homeround.web.presenters import ringing
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest

NOW: Final = "yes"
CAN_WAIT: Final = "no"


class NoticedForm(Form):
    """What was noticed. Two buttons answer the first question and save."""

    help_now = Choice(
        "Do they need help now?",
        (Option(NOW, "Yes, now"), Option(CAN_WAIT, "No, it can wait until somebody reads this")),
        needed="Press “Yes, now” if they need help now, or “Save the concern” if it can wait.",
        large=True,
    )
    words = LongText(
        "What have you noticed?",
        hint="In your own words. What is different from usual?",
        needed="Write what you noticed.",
        large=True,
    )

    @property
    def is_urgent(self) -> bool:
        """Whether "Yes, now" was pressed."""
        return NOW in self.typed.get("help_now", ())

    def read(self) -> bool:
        """Help that is needed now waits for nothing that was typed: what cannot be taken is put right afterwards."""
        is_whole = super().read()
        if is_whole or not self.is_urgent:
            return is_whole
        for name in self.problems:
            self._answers[name] = self.fields[name].nothing
        self.words_refused = bool(self.typed.get("words", [""])[-1].strip()) and "words" in self.problems
        self.problems = {}
        return True

    words_refused = False
    """Words were typed that cannot be kept as they are: they come back on the page that adds words."""

    def left_to_say(self, concern: str) -> None:
        """Keep words that could not be taken with "Yes, now": they come back on the page that adds words."""
        if self.words_refused:
            own = signature_for(self.request.viewer, form=reverse("words_new", args=[concern]), subject=concern)
            drafts.keep(self.request.POST, signature=own, at=self.request.at)


class ConcernForm(NoticedForm):
    """When it was noticed is asked only of those who say earlier."""

    problems_of = {"happened_at": "noticed", "time": "noticed"}

    when = Choice(
        "When was that?",
        (Option("now", "Just now", means_now=True), Option("earlier", "Earlier", reveals="noticed")),
        needed="Say when you noticed it.",
    )
    noticed = MaybeMoment("When did you notice it?", needed="Say on which day and at what time.")
    sure = Tick("I am sure about the day and the time", when_asked=True)

    @property
    def urgent_words(self) -> str:
        """What was typed, with when it was noticed as it was typed: nothing is checked while help is needed."""
        boxes = [self.typed.get(part, [""])[-1].strip() for part in self.fields["noticed"].parts]
        noticed = " ".join(box for box in boxes if box) if "earlier" in self.typed.get("when", ()) else ""
        return "\n".join(part for part in (self.words, f"Noticed: {noticed}" if noticed else "") if part)


def urgent_saved(concern: str) -> str:
    """Where "Yes, now" leads: who to call."""
    return f"{reverse('call_new', args=[concern])}?saved=yes"


def concern_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, with who to call at this hour and who reads it, before anything is saved."""
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
            words=form.urgent_words if form.is_urgent else form.words,
            help_now=form.is_urgent,
            happened_at=form.noticed if form.when == "earlier" and not form.is_urgent else None,
            sure=form.sure,
        )
        if not form.is_urgent:
            return f"{reverse('concern', args=[concern])}?saved=yes"
        form.left_to_say(concern)
        return urgent_saved(concern)

    def context() -> Mapping[str, object]:
        readers = who_reads(person.where, request.at)
        facts = banner_of(person)
        return {
            "who": banner(facts, request.at),
            "person_ref": person.ref,
            "open_already": open_about(person),
            "numbers": ringing.numbers(readers, practice=ringing.practice_now(facts.responsible, request.at)),
            "reads": ringing.who_reads(readers, request.at),
            "now": NOW,
            "can_wait": CAN_WAIT,
        }

    return answer(request, form, save, "deterioration/concern_new.jinja", context)
