"""The lock covers the screen and keeps what was typed; the same person goes on where they were. Hazard H39."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from homeround.accounts.queries import username_of
from homeround.accounts.sessions import ACTIVE_AT, SIGNED_IN_AT
from homeround.kernel.refusals import TooManyTries
from homeround.web.forms.answer import SeeOther
from homeround.web.requests import PageRequest
from homeround.web.session.next_page import asked_next, next_of
from homeround.web.session.page_access import is_polled, open_to_anybody, open_while_locked
from homeround.web.session.sign_in_state import LOCKED_AT, forget_sign_in_state, seconds_of, sign_in_state_of
from homeround.web.shell.numbers import numbers_of

NOT_RIGHT = "This is not the password of this account. Check whether capital letters are on."


@open_while_locked
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def lock(request: PageRequest) -> HttpResponse:
    """POST locks; POST with `unlock` and the password unlocks; GET shows the cover. Scripts are answered in JSON."""
    is_unlocking = request.method == "POST" and request.POST.get("unlock") == "yes"
    if is_unlocking:
        return _unlock(request)
    if LOCKED_AT not in request.session:
        if request.method == "GET" and not sign_in_state_of(request).locked:
            return SeeOther(next_of(request))
        request.session[LOCKED_AT] = seconds_of(request.at)
        request.session.cycle_key()
        forget_sign_in_state(request)
    return JsonResponse({"locked": True}) if _is_script(request) else _cover(request)


def _unlock(request: PageRequest) -> HttpResponse:
    user_id = sign_in_state_of(request).user_id or 0
    username = username_of(user_id=user_id)
    problem = NOT_RIGHT
    user = None
    try:
        if username:
            user = authenticate(request, username=username, password=request.POST.get("password", ""))
    except TooManyTries as refusal:
        problem = refusal.words
    if user is None:
        if _is_script(request):
            return JsonResponse({"locked": True, "words": problem}, status=422)
        return _cover(request, problem=problem)
    request.session.pop(LOCKED_AT, None)
    request.session[ACTIVE_AT] = now = seconds_of(request.at)
    # A clock that was set back must not make the sign-in longer.
    request.session[SIGNED_IN_AT] = min(now, request.session.get(SIGNED_IN_AT, now))
    request.session.cycle_key()
    forget_sign_in_state(request)
    return JsonResponse({"locked": False}) if _is_script(request) else SeeOther(next_of(request))


def _cover(request: PageRequest, *, problem: str = "") -> HttpResponse:
    context = {
        "problem": problem,
        "next": asked_next(request),
        "kept": "yes" in (request.GET.get("kept"), request.POST.get("kept")),
        "numbers": numbers_of(request),
        "username": username_of(user_id=sign_in_state_of(request).user_id or 0),
    }
    return render(request, "pages/lock.jinja", context, status=422 if problem else 200)


@open_to_anybody
@is_polled
@require_GET
def lock_state(request: PageRequest) -> JsonResponse:
    """For the page's script: is the screen locked, and is it still the page's own capacity? Asking is not activity.

    `csrf` is the check that this browser's forms need now: signing in again makes that of an older page useless.
    """
    state = sign_in_state_of(request)
    membership = state.viewer.membership_id if state.viewer else None
    is_locked = state.locked or not state.is_signed_in
    return JsonResponse({"locked": is_locked, "membership": membership, "csrf": get_token(request)})


@require_POST
def lock_here(request: PageRequest) -> HttpResponse:
    """The page's script says that somebody is reading: noted by the middleware like any other request."""
    return HttpResponse(status=204)


def _is_script(request: PageRequest) -> bool:
    return request.headers.get("X-Asked-By") == "script"
