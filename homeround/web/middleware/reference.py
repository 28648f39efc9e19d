"""Every request gets an instant and a reference; an error page and the log name the same reference."""

import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponseBase

from homeround.kernel.record.refs import ALPHABET
from homeround.kernel.refusals import Refusal

LENGTH = 8
log = logging.getLogger("homeround.web")


class ReferenceMiddleware:
    """Sets `request.at` (UTC) and `request.reference`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the reference in a header."""
        request.at = datetime.now(UTC)  # type: ignore[attr-defined]
        request.reference = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Reference"] = request.reference  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Write the reference of what broke into the log: the kind of error, no words, names or query."""
        if not isinstance(exception, Refusal):
            log.error("reference %s: %s", request.reference, type(exception).__name__)  # type: ignore[attr-defined]
