"""Headers that keep a page to itself: what it may load, who may frame it, that nobody stores it. trust.md, "Web"."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PolicyMiddleware:
    """Gives the request its nonce and the answer its headers. HSTS, nosniff and no-referrer are Django's own
    (settings).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer. A view that serves a file may set a stricter policy of its own; it stays."""
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY.format(nonce=request.csp_nonce))  # type: ignore[attr-defined]
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response["Cache-Control"] = "no-store"
        return response
