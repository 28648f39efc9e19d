"""Answering what the registered GP asked about a decision; their reply is then awaited again."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.decisions.access import must_finish, see_decision
from homeround.ehch.decisions.actions import answer_query
from homeround.ehch.decisions.queries import decision_page
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Form, LongText, answer
from homeround.web.presenters.decisions import shown_decision
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class AnswerForm(Form):
    """One box."""

    words = LongText("Your answer", needed="Write your answer.", large=True)


@require_http_methods(["GET", "POST"])
def query_answer(request: PageRequest, ref: str) -> HttpResponseBase:
    """Answer the newest question about a decision."""
    seen = see_decision(viewer=request.viewer, ref=ref, at=request.at)
    must_finish(seen.person, Right.ANSWERING)
    page = decision_page(seen)
    back = reverse("decision", args=[seen.ref])
    form = AnswerForm(request, subject=seen.person.ref, back=back)

    def save() -> str:
        answer_query(by=request.viewer, at=request.at, token=form.token, ref=page.ask_ref, words=form.words)
        return f"{back}?saved=answered"

    def context() -> Mapping[str, object]:
        return {
            "who": banner(banner_of(seen.person), request.at),
            **shown_decision(page, seen.person),
            "question": page.last_question,
        }

    return answer(request, form, save, "decisions/query_answer.jinja", context)
