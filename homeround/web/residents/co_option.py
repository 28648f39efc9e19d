"""Letting a named clinician see one person for 24 hours, and ending that: no break-glass, somebody of the person's
team opens the door and closes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Right
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import co_opt, end_co_option
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.queries.co_options import clinicians_called, co_opted_now
from homeround.kernel.refusals import Invalid
from homeround.web.forms import Choice, Form, Option, Text, answer
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import Changing, answer_change


class CoOptionForm(Form):
    """Whom, and why."""

    problems_of = {"member": "username"}

    username = Text(
        "The name they sign in with",
        hint="A clinician of a practice, a PCN or a community team",
        needed="Enter the name they sign in with.",
        most=150,
        width=20,
    )
    capacity = Choice("In which of their roles?", when_asked=True)
    because = Text(
        "Why are they asked in?",
        hint="They read this, and so does whoever sees who has looked.",
        needed="Say why they are asked in.",
        most=300,
    )


class CoOptionEndForm(Form):
    """Nothing to fill in: the page says what ends."""


@require_http_methods(["GET", "POST"])
def co_option(request: PageRequest, ref: str) -> HttpResponseBase:
    """Who is let in now, and the form that lets somebody in."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.CO_OPTION)
    called = clinicians_called(person, request.POST.get("username", "").strip()) if request.method == "POST" else []
    options = {"capacity": [Option(str(member), words) for member, words in called]}
    form = CoOptionForm(request, subject=person.ref, back=reverse("resident", args=[person.ref]), options=options)

    def save() -> str:
        if not called:
            raise Invalid(username="No clinician signs in with this name. Check how it is written.")
        chosen = form.capacity or (str(called[0][0]) if len(called) == 1 else "")
        if not chosen:
            raise Invalid(capacity="They have several roles. Choose the one in which they help.")
        co_opt(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            member=int(chosen),
            because=form.because,
        )
        return reverse("co_option", args=[person.ref])

    def context() -> Mapping[str, object]:
        return {"who": banner(banner_of(person), request.at), "ref": person.ref, "let_in": co_opted_now(person)}

    return answer(request, form, save, "residents/co_option.jinja", context)


@require_http_methods(["GET", "POST"])
def co_option_end(request: PageRequest, ref: str, member: int) -> HttpResponseBase:
    """Say who sees the person no more; then end it. Whoever was ended meanwhile is said to be."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.CO_OPTION)
    facts = banner_of(person)
    back = reverse("co_option", args=[person.ref])
    form = CoOptionEndForm(request, subject=person.ref, back=back)
    who = next((found for found in co_opted_now(person) if found.member == member), None)

    def save() -> str:
        return end_co_option(by=request.viewer, at=request.at, token=form.token, ref=person.ref, member=member)

    words = (
        (
            f"{who.who.shown} then sees {facts.identity.called} no more, at once. What they wrote stays.",
            f"Asked in by {who.by.shown}: {who.because}",
        )
        if who
        else (f"They do not see {facts.identity.called} any more by being asked in. There is nothing to end.",)
    )
    page = Changing(f"{facts.identity.called}: end that somebody was asked in", "End it now", words)
    return answer_change(request, form, save, facts, page, after=back)
