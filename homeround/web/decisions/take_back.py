"""Taking back what was said about a decision in error: a reply, an answer, a settlement, a withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.actions import (
    take_back_answer,
    take_back_reply,
    take_back_settlement,
    take_back_withdrawal,
)
from homeround.ehch.decisions.queries import decision_page
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.refusals import NotAllowed
from homeround.web.decisions.decision import ways_back
from homeround.web.forms import Form, LongText, answer
from homeround.web.presenters.decisions import shown_decision
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


@dataclass(frozen=True)
class WayBack:
    """One thing that may be taken back: by which action (of the decision, or of what is asked), and what then is so."""

    action: Callable[..., Any]
    of_ask: bool
    heading: str
    what_follows: str


WAYS_BACK: Final[Mapping[str, WayBack]] = {
    "reply": WayBack(
        take_back_reply,
        True,
        "Take your reply back",
        "The reply of your practice is awaited again. What you sent stays to be seen as taken back.",
    ),
    "answer": WayBack(
        take_back_answer,
        True,
        "Take your answer back",
        "The question of the registered GP waits for an answer again.",
    ),
    "settlement": WayBack(
        take_back_settlement,
        False,
        "Take back what was settled",
        "The decision is in dispute again, and the home does what the registered GP wrote for meanwhile.",
    ),
    "withdrawal": WayBack(
        take_back_withdrawal,
        False,
        "Take the withdrawal back",
        "The decision applies again, and the registered GP is asked as before.",
    ),
}


NOT_THEIRS: Final = (
    "That practice never was theirs: what applied before applies again, and the practice of now is asked."
)


class TakeBackForm(Form):
    """What was wrong."""

    because = LongText("What was wrong?", needed="Say what was wrong: somebody has perhaps acted on it.", rows=3)


@require_http_methods(["GET", "POST"])
def take_back(request: PageRequest, ref: str, what: str) -> HttpResponseBase:
    """Take something back; the decision's page keeps that it was said, and why it was taken back."""
    seen = see_decision(viewer=request.viewer, ref=ref, at=request.at)
    way = WAYS_BACK[what]
    page = decision_page(seen)
    if request.method == "GET" and request.path not in dict(ways_back(seen, page)).values():
        raise NotAllowed("This is not yours to take back, or somebody has gone on from it. Nothing was changed.")
    back = reverse("decision", args=[seen.ref])
    form = TakeBackForm(request, subject=seen.person.ref, back=back)

    def save() -> str:
        way.action(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=page.ask_ref if way.of_ask else seen.ref,
            because=form.because,
        )
        return f"{back}?saved=taken_back"

    def context() -> Mapping[str, object]:
        return {
            "who": banner(banner_of(seen.person), request.at),
            **shown_decision(page, seen.person),
            "way": way,
            "what_follows": NOT_THEIRS if what == "settlement" and page.news and page.news.fell else way.what_follows,
        }

    return answer(request, form, save, "decisions/take_back.jinja", context)
