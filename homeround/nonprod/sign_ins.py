"""Who one can sign in as in the demo, with the password that all of them share."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.models import Membership
from homeround.accounts.rights import ROLE_WORDS, Role
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import open_to_anybody

PASSWORD = "demonstration-only"  # noqa: S105 - shown on the page; a live database refuses these accounts


@open_to_anybody
@require_GET
def sign_ins(request: PageRequest) -> HttpResponse:
    """A line a membership, by place."""
    found = (
        Membership.objects.filter(ended_at=None, from_at__lte=request.at, until_at__gt=request.at)
        .select_related("user", "body")
        .order_by("body__kind", "body__name", "pk")
    )
    people = [
        (membership.user.username, membership.user.name, ROLE_WORDS[Role(membership.role)], membership.body.name)
        for membership in found
    ]
    return render(request, "demo/sign_ins.jinja", {"people": people, "password": PASSWORD})
