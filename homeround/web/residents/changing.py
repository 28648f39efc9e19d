"""What the pages that change something about a person have in common: the door, the banner, the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.queries import Banner
from homeround.ehch.rounds.queries import record_of
from homeround.web.forms import Form, answer
from homeround.web.presenters.person import banner
from homeround.web.presenters.record import Line, record
from homeround.web.requests import PageRequest

TEMPLATE = "residents/change.jinja"
REASON = "Whoever read it as it was will see this."


@dataclass(frozen=True)
class Changing:
    """The words of one such page: its title with the name in it, what stands above the form, what the button says."""

    title: str
    save: str
    words: tuple[str, ...] = ()
    warning: bool = False


def back_to(person: PersonInSight) -> str:
    """The page of the person."""
    return reverse("resident", args=[person.ref])


def written_about(person: PersonInSight, facts: Banner, at: datetime) -> list[Line]:
    """Everything written about them but the move-in itself: put before whoever corrects that (trust.md)."""
    found = record(record_of(person), at=at, has_practice=facts.responsible.is_known)
    return [line for line in found.timeline if line.kind not in {"arrival", "stay"}]


def answer_change(
    request: PageRequest,
    form: Form,
    save: Callable[[], object],
    facts: Banner,
    page: Changing,
    more: Mapping[str, object] | None = None,
    *,
    after: str = "",
) -> HttpResponseBase:
    """The form, and after saving the page of the person, or the address `after`."""
    context = {
        "who": banner(facts, request.at),
        "title": page.title,
        "words": page.words,
        "save": page.save,
        "warning": page.warning,
        **(more or {}),
    }

    def saved() -> str:
        save()
        return after or reverse("resident", args=[facts.ref])

    return answer(request, form, saved, TEMPLATE, context)
