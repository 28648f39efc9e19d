"""Add words to a concern: those that follow "Yes, now", or what was noticed since. Worse now: help at one tap."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Right
from homeround.ehch.alignment.queries import who_reads
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import add_words, raise_concern
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.queries import banner_of
from homeround.web.deterioration.concern_new import CAN_WAIT, NOW, NoticedForm, urgent_saved
from homeround.web.forms import Choice, Option, answer
from homeround.web.presenters import ringing
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class WordsForm(NoticedForm):
    """What was noticed since; "Yes, now" where they need help, and any other way of sending saves the words."""

    help_now = Choice("Do they need help now?", (Option(NOW, "Yes, now"), Option(CAN_WAIT, "No")), large=True)


def words_new(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, with what stands already above it. "Yes, now" raises a concern of its own, to be phoned."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.person.must_have(Right.CONCERN)
    seen.must_stand()
    form = WordsForm(request, subject=seen.ref, back=reverse("concern", args=[seen.ref]))

    def save() -> str:
        if form.is_urgent:
            urgent = raise_concern(
                by=request.viewer,
                at=request.at,
                token=form.token,
                ref=seen.person.ref,
                words=form.words,
                help_now=True,
            )
            form.left_to_say(urgent)
            return urgent_saved(urgent)
        stands_on = add_words(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, words=form.words)
        return reverse("concern", args=[stands_on]) + ("" if stands_on == seen.ref else "?saved=yes")

    def context() -> Mapping[str, object]:
        readers = who_reads(seen.person.where, request.at)
        facts = banner_of(seen.person)
        return {
            "who": banner(facts, request.at),
            "page": concern_page(seen),
            "numbers": ringing.numbers(readers, practice=ringing.practice_now(facts.responsible, request.at)),
            "now": NOW,
            "can_wait": CAN_WAIT,
        }

    return answer(request, form, save, "deterioration/words_new.jinja", context)
