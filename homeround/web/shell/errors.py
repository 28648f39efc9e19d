"""Pages for what goes wrong around the views: unknown addresses, foreign forms, faults (not refusals)."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from homeround.web.forms import drafts
from homeround.web.middleware.refusals import not_here
from homeround.web.session.sign_in_state import NOBODY

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
    """A fault of ours: asks no database, names nobody, gives the reference that the log names too."""
    request.sign_in_state = NOBODY  # type: ignore[attr-defined]
    try:
        page = str(render_to_string("pages/errors/500.jinja", {"demonstration": None}, request))
    except Exception:
        log.exception("the page for faults could not be made")
        page = "Something went wrong. Nothing you sent was half saved. Reference: " + getattr(request, "reference", "")
    return HttpResponse(page, status=500)
