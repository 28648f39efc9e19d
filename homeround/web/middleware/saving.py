"""Reading never waits behind saving: who saves takes a place, and a page that is only read leaves what it cannot write.

Every process has a few threads. One that waits for the database's write lock holds its thread for seconds; were all of
them to wait, a page that only reads, and /health, would wait too. So forms have one place fewer than there are threads,
and one that finds none soon is told that saving is slow, with its text.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from homeround.kernel.audit.looks import waiting_briefly
from homeround.kernel.policy import THREADS_THAT_SERVE
from homeround.kernel.trouble import Trouble, trouble_of
from homeround.web.shell.errors import cannot_save

log = logging.getLogger("homeround.web")

SOON: Final = 1.0
"""Seconds in which a place to save comes free: many times what saving takes."""


class PlacesToSaveMiddleware:
    """Lets so many forms in at once that a thread is left for whoever reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.places = threading.BoundedSemaphore(THREADS_THAT_SERVE - 1)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a form that finds no place is not begun."""
        if request.method != "POST":
            return self.get_response(request)
        if not self.places.acquire(timeout=SOON):
            log.warning("no place to save: forms wait for the database")
            return cannot_save(request, Trouble.SLOW)
        try:
            return self.get_response(request)
        finally:
            self.places.release()


class LenientSessionMiddleware(SessionMiddleware):
    """A page that is only read is shown although its session cannot be written now: when somebody was last there is all
    that is lost. And no answer takes a browser's session away but the one that signs out.

    A page asks for several things at once, and locking and unlocking give the session a new name. An answer under the
    old name that comes in later must not put it back, nor take the cookie away: either signs somebody out who has just
    unlocked, and they lose what they typed (H39).
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session, within a moment for a page that was only read."""
        if request.method == "POST":
            return _only_news(request, super().process_response(request, response))
        try:
            with waiting_briefly():
                return _only_news(request, super().process_response(request, response))
        except SessionInterrupted:
            return response
        except DatabaseError as problem:
            trouble = trouble_of(problem)
            if trouble is None:
                raise
            log.warning("a session was not written: %s", trouble)
            return response


def _only_news(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Without the cookie of the session where it says what the browser knows, or ends what nobody ended."""
    name = settings.SESSION_COOKIE_NAME
    cookie = response.cookies.get(name)
    session = getattr(request, "session", None)
    if cookie is None or session is None:
        return response
    ends = not cookie.value and not getattr(session, "is_flushed", False)
    if ends or cookie.value == request.COOKIES.get(name):
        del response.cookies[name]
    return response
