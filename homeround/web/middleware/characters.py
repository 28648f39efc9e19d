"""A character that no database keeps (NUL) stops at the door: in an address there is nothing under it, from a query or
a form it is dropped. Both databases then answer alike; PostgreSQL alone would refuse, and SQLite keep it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase, QueryDict

from homeround.web.middleware.refusals import not_here

NUL: Final = "\x00"


class CharactersMiddleware:
    """Takes NUL out of what was asked and sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; an address with NUL is no address."""
        if NUL in request.path_info:
            request.path, request.path_info = request.path.replace(NUL, ""), request.path_info.replace(NUL, "")
            return not_here(request)  # which asks the database what was kept for this address
        request.GET = without_nul(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> None:
        """The form, when the check against foreign pages has read it already."""
        if request.method == "POST":
            request.POST = without_nul(request.POST)  # type: ignore[assignment]


def without_nul(sent: QueryDict) -> QueryDict:
    """The same names and values, without NUL in either."""
    if not any(NUL in text for name, values in sent.lists() for text in (name, *map(str, values))):
        return sent
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        clean.setlist(name.replace(NUL, ""), [str(value).replace(NUL, "") for value in values])
    clean._mutable = False  # noqa: SLF001 - Django's own way to close it
    return clean
