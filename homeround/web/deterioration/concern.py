"""One concern: whether somebody is still to be phoned, who has read it, what came of it. Its POST marks it as read."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.accounts.rights import Kind
from homeround.ehch.decisions.queries import applies_now
from homeround.ehch.deterioration.access import ConcernInSight, see_concern
from homeround.ehch.deterioration.actions import mark_read
from homeround.ehch.deterioration.queries import ConcernPage, concern_page, last_words_about
from homeround.ehch.deterioration.words import NOT_ANSWERED, Phone, State
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.rounds.queries import is_confirmed
from homeround.web.forms import Form, HiddenNumber, answer
from homeround.web.presenters import ringing
from homeround.web.presenters.applies import READS_DECISIONS, AppliesLine, applies_lines
from homeround.web.presenters.concerns import concern_status, waits_words
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class ReadForm(Form):
    """One button: I have read this, with how far the page went that it was pressed on."""

    drafted = False
    read_to = HiddenNumber()


def concern(request: PageRequest, ref: str) -> HttpResponseBase:
    """The page of a concern in sight."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    form = ReadForm(request, subject=seen.ref, initial={"read_to": last_words_about(seen.person)})

    def save() -> str:
        mark_read(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, read_to=form.read_to or 0)
        return reverse("concern", args=[seen.ref])

    def context() -> Mapping[str, object]:
        page = concern_page(seen)
        line = page.concern
        facts = banner_of(seen.person)
        return {
            "who": banner(facts, request.at),
            "person_ref": seen.person.ref,
            "page": page,
            "applies": _applies(seen) if line.answer and line.answer.by_review else None,
            "reads_decisions": seen.person.capacity.extent(Kind.CLINICAL) in READS_DECISIONS,
            "more_words": _more_words(page),
            "status": concern_status(line),
            "answer_gone": line.state is State.ANSWER_GONE,
            "to_be_phoned": line.state in NOT_ANSWERED and line.phone is Phone.TO_BE_PHONED,
            "never_called": line.state is State.ANSWERED and line.phone is Phone.TO_BE_PHONED,
            "unconfirmed": _unconfirmed(seen, page),
            "age": waits_words(line.waits_since, request.at),
            "numbers": ringing.numbers(page.readers, practice=ringing.practice_now(facts.responsible, request.at)),
            "reads": ringing.who_reads(page.readers, request.at),
            "is_saved": request.GET.get("saved") == "yes",
        }

    return answer(request, form, save, "deterioration/concern.jinja", context)


def _more_words(page: ConcernPage) -> str:
    """What the link says that leads to adding words: what is noticed after an answer is a concern of its own."""
    if page.concern.answer and page.words_are_read:
        return "Something has changed? Write it down"
    return "Add to it, or say that they need help now" if page.concern.words else "Write what you noticed"


def _unconfirmed(seen: ConcernInSight, page: ConcernPage) -> str:
    """The clinician whose review was typed as the answer and who has not said yet that it is theirs; else empty."""
    noted = page.concern.answer.noted if page.concern.answer else None
    if noted is None or noted.typed_by is None or is_confirmed(seen.person, noted.at):
        return ""
    return noted.author.name


def _applies(seen: ConcernInSight) -> tuple[AppliesLine, ...]:
    """What the home does now: where a review is the answer it is read here, live, and never copied (H27)."""
    person = seen.person
    found = applies_now([person.resident_id], at=person.as_of)[person.resident_id]
    return applies_lines(found, person.capacity.extent(Kind.CLINICAL))
