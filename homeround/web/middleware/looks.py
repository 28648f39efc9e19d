"""Writes down who was shown whom, before the page leaves: what the doors noticed while the view answered. H57."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponseBase

from homeround.kernel.audit.noticed import looking, write

REFUSED: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
"""Answers that show nothing of the person: the door opened, and the page or the action behind it did not."""


class LooksMiddleware:
    """Lets doors be opened for reading, and logs each look under the page's name, never its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; nothing leaves before it is written down."""
        with looking() as looks:
            response = self.get_response(request)
            if looks.noticed:
                page = request.resolver_match.url_name if request.resolver_match else None
                is_refused = response.status_code in REFUSED
                write(looks, page=page or "unnamed", at=request.at, is_refused=is_refused)  # type: ignore[attr-defined]
        return response
