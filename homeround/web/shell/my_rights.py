"""Why can I see this? The row of the access table for the role somebody acts in, in words."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.accounts.rights import KIND_WORDS, Kind, Right
from homeround.web.requests import PageRequest

PAGES: Final[Mapping[Right, str]] = {Right.HOURS: "hours"}
"""Rights that are used on a page of one's own; the others are used on the page of a home or person."""


@require_GET
def my_rights(request: PageRequest) -> HttpResponse:
    """What this role reads of each kind of information, and what it writes."""
    capacity = request.viewer.capacity
    reads = [(KIND_WORDS[kind], capacity.extent(kind), capacity.reads_any(kind)) for kind in Kind]
    rights = [(right, reverse(PAGES[right]) if right in PAGES else "") for right in Right if capacity.may(right)]
    return render(request, "pages/my_rights.jinja", {"reads": reads, "rights": rights})
