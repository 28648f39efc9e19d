"""Where somebody goes on after sign-in, choosing a capacity or unlocking; and why they were sent there, in words."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

WHY: Final[Mapping[str, str]] = {
    "out": "You are signed out.",
    "chosen": "Your password is chosen. Sign in with it.",
    "over": "You were signed in for 12 hours, which is the longest there is. Sign in again to go on.",
    "ended": "The role you were acting in has ended, so the last page could not be shown.",
    "second": "This role needs a second step when you sign in.",
}


def next_of(request: HttpRequest) -> str:
    """The page somebody came for, when it is one of ours; else their first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else reverse("first_page")


def asked_next(request: HttpRequest) -> str:
    """The same, empty when nothing was asked for: for a hidden field."""
    found = next_of(request)
    return "" if found == reverse("first_page") else found
