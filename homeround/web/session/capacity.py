"""Choose the capacity to act in: a role at a body. One at a time; rights are never the union of two (trust.md)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.queries import CapacityOffered, capacities_of, has_second_step
from homeround.web.demonstration import is_demonstration
from homeround.web.forms.answer import SeeOther
from homeround.web.requests import PageRequest
from homeround.web.session.next_page import WHY, asked_next, next_of
from homeround.web.session.page_access import open_to_the_signed_in
from homeround.web.session.sign_in_state import MEMBERSHIP, SEVERAL, forget_sign_in_state, sign_in_state_of
from homeround.web.shell.numbers import numbers_of


@open_to_the_signed_in
@require_http_methods(["GET", "POST"])
def capacity(request: PageRequest) -> HttpResponse:
    """Offer what somebody may act in now; take up the only one without asking."""
    user_id = sign_in_state_of(request).user_id or 0
    offered = capacities_of(user_id=user_id, at=request.at)
    chosen = _chosen(request, offered)
    if chosen is not None:
        return _take_up(request, chosen, offered, user_id=user_id)
    query = request.GET
    context = {
        "offered": offered,
        "why": WHY.get(query.get("why", "")),
        "kept": query.get("kept") == "yes",
        "next": asked_next(request),
        "numbers": numbers_of(request) if not offered or query.get("urgent") == "yes" else [],
        "problem": "Choose what you are acting as." if request.method == "POST" else "",
    }
    return render(request, "pages/capacity.jinja", context, status=422 if context["problem"] else 200)


def _chosen(request: PageRequest, offered: list[CapacityOffered]) -> CapacityOffered | None:
    if request.method == "POST":
        wanted = request.POST.get("membership", "")
        return next((capacity for capacity in offered if str(capacity.membership_id) == wanted), None)
    acting = sign_in_state_of(request).viewer is not None
    return offered[0] if len(offered) == 1 and not acting and "why" not in request.GET else None


def _take_up(
    request: PageRequest, chosen: CapacityOffered, offered: list[CapacityOffered], *, user_id: int
) -> HttpResponse:
    if chosen.needs_second_step and not is_demonstration() and not has_second_step(user_id=user_id):
        return SeeOther(f"{reverse('mfa_activate_totp')}?{urlencode({'next': next_of(request)})}")
    request.session[MEMBERSHIP] = chosen.membership_id
    request.session[SEVERAL] = len(offered) > 1
    request.session.cycle_key()
    forget_sign_in_state(request)
    return SeeOther(next_of(request))
