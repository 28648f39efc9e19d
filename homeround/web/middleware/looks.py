"""Writes down who was shown whom, before the page leaves: what the doors noticed while the view answered. H57."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from homeround.kernel.audit.noticed import looking, write


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
                write(looks, page=page or "unnamed", at=request.at)  # type: ignore[attr-defined]
        return response
