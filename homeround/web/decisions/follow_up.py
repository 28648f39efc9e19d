"""One follow-up: what, by when, asked by whom; done, with what came of it (REQ-46)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Kind, Reach, Right
from homeround.ehch.decisions import queries
from homeround.ehch.decisions.access import FollowUpInSight, may_finish, see_follow_up
from homeround.ehch.decisions.actions import complete_follow_up
from homeround.ehch.decisions.queries import Owed, WhyLeft
from homeround.ehch.decisions.words import FOLLOW_UP_ENDS, FollowUpEnd
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.rules import FORMER
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import NotAllowed
from homeround.web.forms import Form, LongText, answer
from homeround.web.presenters.applies import READS_DECISIONS
from homeround.web.presenters.decisions import owed_status
from homeround.web.presenters.person import banner, to_be_told
from homeround.web.requests import PageRequest

SAVED = {
    "yes": "Marked as done, for",
    "cannot": "It goes back to who asked. Saved for",
    "passed-on": "Passed on. Saved for",
    "not-needed": "Not needed any more. Saved for",
    "open-again": "Open again, for",
    "again": "Asked again, for",
    "left": "Left as it is, for",
}


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
    why_left = queries.why_left(owed)
    form = DoneForm(request, subject=seen.person.ref, back=list_of(request))

    def save() -> str:
        complete_follow_up(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, words=form.words)
        return f"{request.path}?saved=yes"

    def context() -> Mapping[str, object]:
        facts = banner_of(seen.person)
        return {
            "who": banner(facts, request.at),
            "room": facts.room,
            "owed": owed,
            "status": owed_status(owed, london_date(request.at)),
            "to_be_told": to_be_told(facts, seen.person.capacity.rights) if owed.is_open or owed.came_back else "",
            "by_mistake": [
                (FOLLOW_UP_ENDS[one.how], one) for one in queries.marked_by_mistake(follow_up_id=seen.follow_up_id)
            ],
            "why_left": why_left,
            "is_ours": is_ours,
            "is_for_colleagues": not is_ours and owed.is_open and owed.owner_id == request.viewer.body_id,
            "others": acts_on(seen, owed, why_left, is_ours=is_ours),
            "reads_decisions": seen.person.capacity.extent(Kind.CLINICAL) in READS_DECISIONS,
            "person_ref": seen.person.ref,
            "saved": SAVED.get(request.GET.get("saved", ""), ""),
        }

    return answer(request, form, save, "decisions/follow_up.jinja", context)


def list_of(request: PageRequest) -> str:
    """The list that the viewer's follow-ups are on."""
    if request.viewer.reach is Reach.HOME:
        return reverse("home_follow_ups", args=[request.viewer.body_code])
    return reverse("asked_of_me")


def acts_on(seen: FollowUpInSight, owed: Owed, left: WhyLeft | None, *, is_ours: bool) -> list[tuple[str, str]]:
    """What else can be done about a follow-up than to do it: by those it is asked of, and by those who asked."""
    if not may_finish(seen.person, Right.FOLLOW_UPS):
        return []
    viewer = seen.person.viewer
    asked = owed.asked_by_body == viewer.body_id
    acts: list[tuple[str, str]] = []
    if owed.is_open and is_ours:
        acts += [("It cannot be done", "cannot"), ("Pass it on", "passed-on")]
    if owed.is_open and asked:
        acts.append(("It is not needed any more", "not-needed"))
    is_here = seen.person.relationship not in FORMER
    if owed.came_back and asked and is_here:
        acts.append(("Ask again", "again"))
    if owed.came_back and asked:
        acts.append(("Leave it", "left"))
    if left is not None and left.is_open and asked and is_here:
        acts.append(("Ask again after all", "again"))
    is_undoable = owed.ended_how in {FollowUpEnd.DONE, FollowUpEnd.NOT_NEEDED} or owed.came_back
    if is_undoable and owed.ended_by_body == viewer.body_id:
        acts.append(("This was a mistake: open it again", "open-again"))
    return [(words, reverse(f"follow_up_{act}", args=[owed.ref])) for words, act in acts]
