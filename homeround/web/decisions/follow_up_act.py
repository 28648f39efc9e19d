"""What can be done about a follow-up besides doing it: cannot be done, passed on, not needed, open again, asked again,
left (REQ-46).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.queries import colleagues_with
from homeround.accounts.rights import Reach, Right
from homeround.ehch.decisions import queries
from homeround.ehch.decisions.access import must_finish, see_follow_up
from homeround.ehch.decisions.actions import (
    Asking,
    ask_again,
    cannot_follow_up,
    drop_follow_up,
    leave_follow_up,
    pass_on_follow_up,
    reopen_follow_up,
)
from homeround.ehch.decisions.rules import follow_up_by
from homeround.ehch.decisions.words import Owner
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.calendar.bank_holidays import ENGLAND
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.decisions.follow_up import acts_on
from homeround.web.forms import Choice, Day, Form, LongText, Option, answer
from homeround.web.presenters.decisions import owed_status
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class WhyForm(Form):
    """Why."""

    words = LongText("Why?", needed="Say why.", rows=3)


class PassOnForm(Form):
    """To whom, and why."""

    to = Choice("Who does it instead?", needed="Choose who does it instead.", as_list=True)
    words = LongText("Why is it passed on?", needed="Say why it is passed on.", rows=2)


class AgainForm(Form):
    """The same in other words, of others or by a later day."""

    follow_up = LongText("What is to be done?", needed="Say what is to be done.", rows=3)
    owner = Choice(
        "Who does it?",
        [Option(Owner.HOME, "The home"), Option(Owner.PCN, "The PCN")],
        needed="Choose who does it: the home, or the PCN.",
        inline=True,
    )
    due_on = Day("By when?", needed="Enter the day by which it is to be done.")


class LeaveForm(Form):
    """Why it is left as it is."""

    words = LongText("Why is it left as it is?", needed="Say why it is left as it is.", rows=3)


def _words(form: Any) -> dict[str, Any]:
    return {"words": form.words}


@dataclass(frozen=True)
class Act:
    """One act on a follow-up: its form, its action, what the form gives it, and what the page and its button say."""

    form: type[Form]
    action: Callable[..., str]
    given: Callable[[Any], dict[str, Any]]
    heading: str
    button: str


ACTS: Final[Mapping[str, Act]] = {
    "cannot": Act(WhyForm, cannot_follow_up, _words, "It cannot be done", "Send it back to who asked"),
    "not-needed": Act(WhyForm, drop_follow_up, _words, "It is not needed any more", "It is not needed any more"),
    "open-again": Act(
        WhyForm, reopen_follow_up, lambda form: {"because": form.words}, "It is not done after all", "Open it again"
    ),
    "passed-on": Act(
        PassOnForm, pass_on_follow_up, lambda form: {"to": form.to, "words": form.words}, "Pass it on", "Pass it on"
    ),
    "again": Act(
        AgainForm,
        ask_again,
        lambda form: {"asking": Asking(form.follow_up, form.owner, form.due_on)},
        "Ask again",
        "Ask again",
    ),
    "left": Act(LeaveForm, leave_follow_up, _words, "Leave it as it is", "Leave it"),
}


@require_http_methods(["GET", "POST"])
def follow_up_act(request: PageRequest, ref: str, act: str) -> HttpResponseBase:
    """Do one of these about a follow-up."""
    seen = see_follow_up(viewer=request.viewer, ref=ref, at=request.at)
    must_finish(seen.person, Right.FOLLOW_UPS)
    what = ACTS[act]
    owed = queries.follow_up(follow_up_id=seen.follow_up_id, at=request.at)
    is_ours = owed.owner_id == request.viewer.body_id
    offered = dict(acts_on(seen, owed, queries.why_left(owed), is_ours=is_ours)).values()
    if request.method == "GET" and request.path not in offered:
        raise NotAllowed("This is not yours to do, or somebody has done it already. Nothing was changed.")
    back = reverse("follow_up", args=[seen.ref])
    initial = {"follow_up": owed.words, "due_on": follow_up_by(london_date(request.at), ENGLAND)}
    options = {"to": _others(request)} if act == "passed-on" else {}
    form = what.form(
        request, subject=seen.person.ref, back=back, initial=initial if act == "again" else {}, options=options
    )

    def save() -> str:
        led_to = what.action(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, **what.given(form))
        return f"{reverse('follow_up', args=[led_to])}?saved={act}"

    def context() -> Mapping[str, object]:
        return {
            "who": banner(banner_of(seen.person), request.at),
            "owed": owed,
            "status": owed_status(owed, london_date(request.at)),
            "act": what,
        }

    return answer(request, form, save, "decisions/follow_up_act.jinja", context)


def _others(request: PageRequest) -> list[Option]:
    viewer = request.viewer
    colleagues = colleagues_with(right=Right.FOLLOW_UPS, body_id=viewer.body_id, at=request.at)
    offered = [
        Option(str(colleague.membership_id), f"{colleague.name}, {colleague.role_words}")
        for colleague in colleagues
        if colleague.membership_id != viewer.membership_id
    ]
    return offered if viewer.reach is Reach.HOME else [Option(Owner.HOME, "The home"), *offered]
