"""The reply of the registered practice: read, a question, do not adopt, not our patient; a clerk marks it received.

Each button says beneath it what it means; none moves responsibility (H26).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Reach, Right
from homeround.ehch.decisions.access import AskInSight, see_ask
from homeround.ehch.decisions.actions import mark_received, reply_to_decision
from homeround.ehch.decisions.queries import awaiting_reply, decision_page
from homeround.ehch.decisions.rules import THE_REPLY_MEANS, AskState, is_answered
from homeround.ehch.decisions.words import REPLIES, ReplyKind
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.refusals import NotAllowed, NotHere
from homeround.web.forms import Choice, Form, LongText, Option, SeeOther, Text, answer
from homeround.web.presenters.decisions import NOBODY_DOES, answers_to, awaiting_line, gp_status, shown_decision
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


def _option(kind: ReplyKind, reveals: str = "") -> Option:
    return Option(kind.value, REPLIES[kind], reveals=reveals)


KINDS = (
    _option(ReplyKind.READ),
    _option(ReplyKind.QUERY, reveals="question"),
    _option(ReplyKind.DO_NOT_ADOPT, reveals="why"),
    _option(ReplyKind.DO_NOT_ADOPT, reveals="meanwhile"),
    _option(ReplyKind.NOT_OUR_PATIENT),
)


class ReplyForm(Form):
    """The button pressed is the answer; what is written stands under it."""

    kind = Choice("Your reply", KINDS, needed="Press one of the buttons.")
    question = LongText("Your question", needed="Write your question.", rows=3)
    why = LongText(
        "Why do you not adopt it?",
        hint="The clinician who decided needs to know.",
        needed="Say why you do not adopt it: the clinician who decided needs to know.",
        rows=3,
    )
    meanwhile = LongText(
        "What does the home do until it is settled?", needed="Say what the home does until this is settled.", rows=3
    )


class ReceivedForm(Form):
    """A clerk passes it on."""

    passed_to = Text("Passed to", hint="For example Dr Poole", most=120)


NOT_AS_THIS: Final = (
    "Nothing was saved: a reply is the registered practice's, and you act as somebody else now, perhaps since another "
    "window. Choose the practice again, and send it."
)


@require_http_methods(["GET", "POST"])
def reply(request: PageRequest, ref: str) -> HttpResponseBase:
    """Reply to what is asked; whoever waits for the reply is shown the decision instead."""
    asked = see_ask(viewer=request.viewer, ref=ref, at=request.at)
    if Right.RECEIVED in asked.person.capacity.rights:
        return _received(request, asked)
    if request.viewer.reach is not Reach.PRACTICE:
        if request.method == "POST":
            raise NotAllowed(NOT_AS_THIS)
        return SeeOther(reverse("decision", args=[decision_page(asked).ref]))
    rests_on = answers_to(decision_page(asked))
    form = ReplyForm(request, subject=asked.person.ref, back=reverse("awaiting_reply"), rests_on=rests_on)

    def save() -> str:
        reply_to_decision(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=asked.ref,
            kind=form.kind,
            words=form.question if form.kind == "query" else form.why if form.kind == "do_not_adopt" else "",
            meanwhile=form.meanwhile if form.kind == "do_not_adopt" else "",
        )
        return f"{reverse('awaiting_reply')}?saved={form.kind}&about={asked.ref}"

    def context() -> Mapping[str, object]:
        page = decision_page(asked)
        return {
            "who": banner(banner_of(asked.person), request.at),
            **shown_decision(page, asked.person),
            "status": gp_status(page.state or AskState.AWAITED, page.said_before),
            "is_answered": page.state is not None and is_answered(page.state),
            "is_own": asked.is_own,
            "means": THE_REPLY_MEANS,
            "nobody_does": NOBODY_DOES.get(page.gone, ""),
        }

    return answer(request, form, save, "decisions/reply.jinja", context)


def _received(request: PageRequest, asked: AskInSight) -> HttpResponseBase:
    """A clerk sees title and day, and says that it has arrived and with whom it is."""
    found = awaiting_reply(viewer=request.viewer, at=request.at, ask=asked.ref)
    if not found and request.method == "GET":
        raise NotHere
    form = ReceivedForm(request, subject=asked.person.ref, back=reverse("awaiting_reply"))

    def save() -> str:
        mark_received(by=request.viewer, at=request.at, token=form.token, ref=asked.ref, passed_to=form.passed_to)
        return f"{reverse('awaiting_reply')}?saved=received&about={asked.ref}"

    return answer(
        request,
        form,
        save,
        "decisions/received.jinja",
        lambda: {
            "who": banner(banner_of(asked.person), request.at),
            "one": awaiting_line(found[0], request.at) if found else None,
        },
    )
