"""Why can I see this? The row of the access table for the role somebody acts in, in words."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Kind, Right
from homeround.web.requests import PageRequest

READ_ON_PAGES: Final[Mapping[Kind, str]] = {
    Kind.IDENTITY: "who they are: name, birth date, NHS number, room, registered GP practice",
    Kind.LIVING: "how they live: concerns, calls, when assessment and plan are due, what the home has to do",
    Kind.CLINICAL: "clinical: rounds, reviews, decisions, what the registered GP replied",
    Kind.SERVICE: "facts about the service: who covers a home, who leads it, which rounds were held",
}
"""The kinds of information that pages show today, in words; a test holds them to what the doors ask for."""

PAGES: Final[Mapping[Right, str]] = {
    Right.HOURS: "hours",
    Right.GRANTING: "colleagues",
    Right.LOOKS: "who_looked",
    Right.INSTALLATION: "system",
}
"""Rights that are used on a page of one's own; the others are used on the page of a home or person."""


@require_GET
def my_rights(request: PageRequest) -> HttpResponse:
    """What this role reads of each kind of information, and what it writes."""
    capacity = request.viewer.capacity
    reads = [(words, capacity.extent(kind), capacity.reads_any(kind)) for kind, words in READ_ON_PAGES.items()]
    rights = [(right, reverse(PAGES[right]) if right in PAGES else "") for right in Right if capacity.may(right)]
    return render(request, "pages/my_rights.jinja", {"reads": reads, "rights": rights})
