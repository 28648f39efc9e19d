"""One follow-up: what, by when, asked by whom; done, with what came of it (REQ-46)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import HOME_ROLES, Right
from homeround.ehch.decisions import queries
from homeround.ehch.decisions.access import see_follow_up
from homeround.ehch.decisions.actions import complete_follow_up
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.forms import Form, LongText, answer
from homeround.web.presenters.person import banner
from homeround.web.presenters.states import due_status
from homeround.web.requests import PageRequest


class DoneForm(Form):
    """What came of it is worth a line, and may be left out."""

    words = LongText("What came of it?", hint="For example: weighed 51.2 kg, 1 kg less than last month", rows=3)


@require_http_methods(["GET", "POST"])
def follow_up(request: PageRequest, ref: str) -> HttpResponseBase:
    """See one follow-up, and mark it done when it is asked of the viewer's own body."""
    seen = see_follow_up(viewer=request.viewer, ref=ref, at=request.at)
    owed = queries.follow_up(follow_up_id=seen.follow_up_id, at=request.at)
    is_ours = owed.owner_id == request.viewer.body_id and Right.FOLLOW_UPS in seen.person.capacity.rights
    if request.method == "POST" and not is_ours:
        raise NotAllowed("This is not yours to mark done: it is asked of somebody else.")
    back = reverse("asked_of_me")
    if request.viewer.role in HOME_ROLES:
        back = reverse("home_follow_ups", args=[request.viewer.body_code])
    form = DoneForm(request, subject=seen.person.ref, back=back)

    def save() -> str:
        complete_follow_up(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, words=form.words)
        return f"{request.path}?saved=yes"

    def context() -> Mapping[str, object]:
        facts = banner_of(seen.person)
        return {
            "who": banner(facts, request.at),
            "room": facts.room,
            "owed": owed,
            "status": due_status(owed.due_on, london_date(request.at), is_done=owed.done_at is not None),
            "is_ours": is_ours,
            "person_ref": seen.person.ref,
            "just_saved": request.GET.get("saved") == "yes" and owed.done_at is not None,
        }

    return answer(request, form, save, "decisions/follow_up.jinja", context)
