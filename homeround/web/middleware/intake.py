"""What a request may bring: a method that pages know, and a form of a size that people write.

Looked at before anything is read, so that nobody has to sign in to be refused, and a fault never answers for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

MOST: Final = 1024 * 1024
"""Bytes of a form: what people write in one, several times over. No page takes a file."""

METHODS: Final = ("GET", "HEAD", "POST")
UTF_8: Final = frozenset({"utf-8", "utf8", ""})


class IntakeMiddleware:
    """Answers 405, 413 and 400 by itself; HEAD is answered as GET is, without its body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request in, or say why not."""
        if request.method not in METHODS:
            refused = HttpResponseNotAllowed(METHODS)
            page = render(request, "pages/errors/405.jinja", status=refused.status_code)
            page["Allow"] = refused["Allow"]
            return page
        if request.method == "HEAD":
            request.method = "GET"
            return _without_body(self.get_response(request))
        if request.method == "POST":
            problem = _problem_of_body(request)
            if problem is not None:
                return problem
        return self.get_response(request)


def _problem_of_body(request: HttpRequest) -> HttpResponse | None:
    if _length_of(request) > MOST:
        return render(request, "pages/errors/413.jinja", status=413)
    charset = (request.content_params or {}).get("charset", "")
    if charset.strip("'\" ").lower() not in UTF_8:
        return render(request, "pages/errors/400.jinja", status=400)
    try:
        request.POST  # noqa: B018 - asking for it is what reads the body
    except RequestDataTooBig:
        return render(request, "pages/errors/413.jinja", status=413)
    except (BadRequest, MultiPartParserError, TooManyFieldsSent, TooManyFilesSent):
        return render(request, "pages/errors/400.jinja", status=400)
    return None


def _length_of(request: HttpRequest) -> int:
    """Bytes announced; a body that announces nothing is not read at all (Django's request)."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        length = len(response.content)
        response.content = b""
        response["Content-Length"] = str(length)
    return response
