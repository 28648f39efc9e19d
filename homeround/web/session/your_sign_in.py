"""How you sign in: where you are signed in now, what happened to your way of signing in, and how to change it.

ASVS 3.3.4. Open without a capacity: it is about the person, not about a role.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from homeround.accounts.queries import has_second_step
from homeround.accounts.sessions import end_session, end_sessions, sessions_of
from homeround.accounts.sign_in_events import Event, happened_to, note
from homeround.web.forms.answer import SeeOther
from homeround.web.forms.fields import row_number
from homeround.web.requests import PageRequest
from homeround.web.session.client import where_from
from homeround.web.session.page_access import open_to_the_signed_in
from homeround.web.session.sign_in_state import sign_in_state_of

DONE: Final[Mapping[str, str]] = {
    "password": "Your password is changed. You are signed out everywhere else.",
    "ended": "That sign-in is ended.",
    "others": "You are signed out everywhere else.",
}


@open_to_the_signed_in
@require_GET
def your_sign_in(request: PageRequest) -> HttpResponse:
    """Sessions, then what happened, the newest first."""
    user_id = sign_in_state_of(request).user_id or 0
    context = {
        "sessions": sessions_of(user_id=user_id, at=request.at, this=request.session.session_key),
        "happened": happened_to(user_id=user_id),
        "second_step": has_second_step(user_id=user_id),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "pages/your_sign_in.jinja", context)


@open_to_the_signed_in
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]
def sign_in_ended(request: PageRequest) -> HttpResponse:
    """End one sign-in of one's own, or all but this one; the password is asked for again first."""
    user_id = sign_in_state_of(request).user_id or 0
    which = row_number(request.POST.get("which", ""))
    if which is None:
        end_sessions(user_id=user_id, but=request.session.session_key)
    else:
        end_session(user_id=user_id, ref=which, at=request.at)
    note(Event.SESSION_ENDED, user_id=user_id, at=request.at, place=where_from(request))
    return SeeOther(f"{reverse('your_sign_in')}?done={'others' if which is None else 'ended'}")
