"""Pages for what goes wrong around the views: unknown addresses, foreign forms, faults (not refusals)."""

from __future__ import annotations

import logging
import sys
from typing import Any, Final, cast

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from homeround.kernel.trouble import Trouble, trouble_of
from homeround.web.forms import drafts
from homeround.web.forms.signature import CSRF, NOT_TYPED
from homeround.web.middleware.refusals import not_here
from homeround.web.presenters.ringing import WITHOUT_A_HOME, Number
from homeround.web.requests import PageRequest
from homeround.web.session.sign_in_state import NOBODY
from homeround.web.shell.numbers import numbers_of

UNSAFE: Final = ("password", "code", "old_password", "password1", "password2")
"""What is never written into a page again."""

log = logging.getLogger("homeround.web")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that leads nowhere: the same page as for what somebody may not know of."""
    return not_here(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the browser sent cannot be read."""
    return render(request, "pages/errors/400.jinja", status=400)


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another sign-in, or without cookies (Django's check of foreign pages). Its text is kept for its
    author.
    """
    signature = drafts.keep_what_was_sent(request, at=request.at)  # type: ignore[attr-defined]
    return render(request, "pages/errors/foreign_form.jinja", {"kept": signature is not None}, status=403)


def server_error(request: HttpRequest, *_: Any) -> HttpResponse:
    """A fault of ours: asks no database, names nobody, gives the reference that the log names too.

    What keeps the database from working is none: then the page says what is so, keeps what was typed and has numbers.
    """
    trouble = trouble_of(sys.exc_info()[1])
    if trouble is not None:
        return cannot_save(request, trouble)
    request.sign_in_state = NOBODY  # type: ignore[attr-defined]
    try:
        page = str(render_to_string("pages/errors/500.jinja", {"demonstration": None}, request))
    except Exception:
        log.exception("the page for faults could not be made")
        page = "Something went wrong. Nothing you sent was half saved. Reference: " + getattr(request, "reference", "")
    return HttpResponse(page, status=500)


def cannot_save(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The database is slow, full, read-only, damaged or away: asks nothing of it, and gives back what was typed, with a
    button that sends it again under the same token.
    """
    log.warning("reference %s: the database is %s", getattr(request, "reference", ""), trouble)
    call = _numbers(request)
    request.sign_in_state = NOBODY  # type: ignore[attr-defined]
    sent = list(request.POST.lists()) if request.method == "POST" and _is_read(request) else []
    hidden = [(name, value) for name, values in sent for value in values if name not in (CSRF, *UNSAFE)]
    typed = [value for name, value in hidden if name not in NOT_TYPED and " " in value.strip()]  # words, not choices
    context = {
        "demonstration": None,
        "trouble": str(trouble),
        "hidden": hidden,
        "typed": typed,
        "csrf": get_token(request),
        "path": request.path,
        "is_form": bool(sent),
        "is_sent": request.method == "POST",
        "call": call,
    }
    page = str(render_to_string("pages/errors/503.jinja", context, request))
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def _numbers(request: HttpRequest) -> list[Number]:
    """Whoever is right to call now, where that can still be read; else the numbers that are right anywhere."""
    try:
        return numbers_of(cast(PageRequest, request))
    except (DatabaseError, AttributeError):  # nothing can be read, or it is not known yet who asks
        return list(WITHOUT_A_HOME)


def _is_read(request: HttpRequest) -> bool:
    """Whether the form has been taken in; one that found no place was not, and its page still has the text."""
    return hasattr(request, "_post")
