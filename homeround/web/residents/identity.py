"""Who somebody is, put right: name, date of birth, NHS number; a number known now, or that was somebody else's."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase

from homeround.accounts.rights import Right
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import correct_identity
from homeround.ehch.residents.queries import banner_of
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import Changing, answer_change, back_to, written_about
from homeround.web.residents.who import WhoForm


def identity(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, filled in with what is recorded."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_correct(Right.MOVES)
    facts = banner_of(person)
    who = facts.identity
    initial: dict[str, Any] = {
        "given": who.given,
        "family": who.family,
        "known_as": who.known_as,
        "number_is_known": "yes" if who.number else "no",
        "nhs_number": who.nhs_number if who.number else "",
        "no_number_because": who.number_absent_because,
    }
    if who.born_on:
        initial["born_on"] = who.born_on
    form = WhoForm(request, subject=person.ref, back=back_to(person), initial=initial, rests_on=initial)

    def save() -> str:
        return correct_identity(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            who=form.who,
            because=form.because,
            sure=form.sure,
        )

    words = (
        "Change what is wrong or what is known now. What stood before stays in the record, with your reason beside it.",
        "If the NHS number is somebody else’s, choose “Not yet” and say so: it is taken off.",
    )
    page = Changing(f"Name, birth date and NHS number of {who.called}", "Put it right", words)
    return answer_change(request, form, save, facts, page, {"written_since": written_about(person, facts, request.at)})
