"""Shows what the service refuses as a page with its status: 403, 404, 409, 422. Forms show their own (forms.answer)."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse

from homeround.kernel.refusals import ChangedMeanwhile, Invalid, MovedTo, NotAllowed, NotHere, Refusal, SaidOtherwise
from homeround.web.forms.answer import SeeOther
from homeround.web.forms.given_back import given_back, saved_just_now
from homeround.web.middleware.looks import REFUSED


class RefusalsMiddleware:
    """Turns an exception of the service into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a method that a page does not take gets a page too."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            page = render(request, "pages/errors/405.jinja", status=response.status_code)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; None for what is not one, which is a fault and becomes the 500 page."""
        if isinstance(exception, NotHere | Http404):
            return not_here(request)
        if isinstance(exception, MovedTo):
            return moved(request, exception)
        if isinstance(exception, PermissionDenied):
            return refused(request, NotAllowed("This is not yours to see or do."))
        if isinstance(exception, Refusal):
            return refused(request, exception)
        return None


def not_here(request: HttpRequest) -> HttpResponse:
    """The one page for whatever is not there or may not be known to be there: the same bytes for both.

    What was typed is kept for its author: the form may be of a home that changed its PCN while it was open.
    """
    request.is_refused = True  # type: ignore[attr-defined]
    facts = {"page_name": "", "kept": given_back(request, to_its_page=True), "saved_just_now": saved_just_now(request)}
    return render(request, "pages/errors/404.jinja", facts, status=404)


def moved(request: HttpRequest, moved_to: MovedTo) -> HttpResponse:
    """The page where it is now, or what was typed given back with the way to it."""
    where = reverse(moved_to.page, args=[moved_to.ref])
    if request.method in {"GET", "HEAD"}:
        return SeeOther(where)
    facts = {"refusal": moved_to, "where": where, "kept": given_back(request)}
    return render(request, "pages/errors/moved.jinja", facts, status=moved_to.status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal that no form shows. What was typed is kept for its author."""
    request.is_refused = refusal.status in REFUSED  # type: ignore[attr-defined]
    rows: list[tuple[str, str]] = []
    if isinstance(refusal, ChangedMeanwhile):
        rows = list(refusal.stands.items())
    elif isinstance(refusal, SaidOtherwise):
        rows = list(refusal.first.items())
    problems = list(refusal.problems.values()) if isinstance(refusal, Invalid) else []
    context = {
        "refusal": refusal,
        "rows": rows,
        "problems": problems,
        "kept": given_back(request),
        "saved_just_now": saved_just_now(request),
    }
    return render(request, f"pages/errors/{refusal.status}.jinja", context, status=refusal.status)
