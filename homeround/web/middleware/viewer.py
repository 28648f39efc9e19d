"""Before any view: is somebody there, in a capacity, unlocked? Whatever stops a form here keeps what was typed in it.

What ends (a capacity, a sign-in, a password) bites on this very request, because nothing but numbers is kept in the
session. Two statements a request: the session, and the viewer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from homeround.accounts.sessions import ACTIVE_AT
from homeround.web.forms import drafts
from homeround.web.forms.answer import SeeOther, answered_before
from homeround.web.requests import PageRequest
from homeround.web.session import screen_lock
from homeround.web.session.page_access import OpenTo, open_to
from homeround.web.session.sign_in_state import (
    DEVICE,
    IN_ROUND,
    LOCKED_AT,
    MEMBERSHIP,
    NOBODY,
    SHARED,
    SignInState,
    instant,
    seconds_of,
    sign_in_state_of,
)

ANSWER_IN_SCRIPT = "HX-Request"


class ViewerMiddleware:
    """Sets `request.viewer`, or sends the person to the page that helps them on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; who is there is found when the view is known. A script that sent a form is told where to go."""
        response = self.get_response(request)
        _note_round(request, response)
        if request.headers.get("X-Asked-By") == "form" and isinstance(response, HttpResponseRedirect):
            told = HttpResponse(status=204, headers={"X-Go-To": response["Location"]})
            told.cookies = response.cookies
            return told
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let the request through, or answer it here."""
        needs = open_to(view)
        if needs is OpenTo.ANYBODY:
            return None
        standing = sign_in_state_of(request)
        if standing.expired:
            logout(request)
            request.sign_in_state = NOBODY  # type: ignore[attr-defined]
            return self._elsewhere(request, "account_login", why="over")
        if not standing.is_signed_in:
            return self._elsewhere(request, "account_login")
        if needs is OpenTo.LOCKED:
            return None
        if standing.locked:
            _lock(request)
            return self._elsewhere(request, "lock")
        if needs is OpenTo.SIGNED_IN:
            return None
        if standing.viewer is None:
            request.session.pop(MEMBERSHIP, None)
            return self._elsewhere(request, "capacity", **({"why": "ended"} if standing.ended else {}))
        request.viewer = standing.viewer  # type: ignore[attr-defined]
        _note_activity(request, view, standing)
        return answered_before(cast(PageRequest, request)) if request.method == "POST" else None

    def _elsewhere(self, request: HttpRequest, name: str, **query: str) -> HttpResponse:
        """Send the person to a page that helps them on, keeping what they typed; afterwards they come back here.

        That page says that nothing is saved and, where help was needed now, who to call (H3).
        """
        at = request.at  # type: ignore[attr-defined]
        kept = drafts.keep_what_was_sent(request, at=at)
        if request.method == "GET":
            query["next"] = request.get_full_path()
        else:
            if kept is not None:
                query |= {"next": f"{kept.form}?kept=use", "kept": "yes"}
            query["unsaved"] = "yes"
            if request.POST.get("help_now") == "yes":
                query["urgent"] = "yes"
        address = f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
        if request.headers.get(ANSWER_IN_SCRIPT):
            return HttpResponse(status=401, headers={"HX-Redirect": address})
        return SeeOther(address)


def _lock(request: HttpRequest) -> None:
    """Write down that the screen is covered, so that nothing a page asks for by itself uncovers it."""
    if LOCKED_AT not in request.session:
        request.session[LOCKED_AT] = seconds_of(request.at)  # type: ignore[attr-defined]
        request.session.cycle_key()


def _note_round(request: HttpRequest, response: HttpResponseBase) -> None:
    """Somebody is in an open round, or not any more: only a page that opened to them counts."""
    in_round = getattr(request, "in_round", None)
    if in_round is None or response.status_code >= HTTPStatus.BAD_REQUEST:
        return
    if in_round != bool(request.session.get(IN_ROUND)):
        request.session[IN_ROUND] = in_round


def _note_activity(request: HttpRequest, view: Callable[..., Any], standing: SignInState) -> None:
    """Somebody is there: written at most once a minute. What a page asks for by itself is not activity."""
    if getattr(view, "polled", False):
        return
    session, at = request.session, request.at  # type: ignore[attr-defined]
    in_round = bool(getattr(view, "in_round", False))
    request.in_round = in_round  # type: ignore[attr-defined]
    if in_round != bool(session.get(IN_ROUND)):
        lock_after = screen_lock.lock_after(shared=session.get(DEVICE) == SHARED, in_round=in_round)
        request.sign_in_state = replace(standing, lock_after=int(lock_after.total_seconds()))  # type: ignore[attr-defined]
    if screen_lock.is_due_for_writing(active_at=instant(session.get(ACTIVE_AT)), at=at):
        session[ACTIVE_AT] = seconds_of(at)
