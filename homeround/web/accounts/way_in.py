"""Choose a password with a code: for a new account, or one whose password is lost. Works signed out. ASVS 2.5."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from homeround.accounts.actions import use_way_in
from homeround.kernel.refusals import Invalid
from homeround.web.forms.answer import SeeOther
from homeround.web.requests import PageRequest
from homeround.web.session.client import where_from
from homeround.web.session.page_access import open_to_anybody

TEMPLATE = "accounts/way_in.jinja"


@open_to_anybody
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "POST"])
def way_in(request: PageRequest) -> HttpResponse:
    """User name, code, and the new password twice."""
    username, code = request.POST.get("username", "").strip(), request.POST.get("code", "")
    if request.method == "GET":
        return render(request, TEMPLATE, {"username": "", "code": "", "problems": {}})
    problems = _missing(request)
    if not problems:
        try:
            use_way_in(
                username=username,
                code=code,
                password=request.POST["password"],
                at=request.at,
                place=where_from(request),
            )
        except Invalid as refusal:
            problems = dict(refusal.problems)
    if problems:
        return render(request, TEMPLATE, {"username": username, "code": code, "problems": problems}, status=422)
    return SeeOther(f"{reverse('account_login')}?why=chosen")


def _missing(request: PageRequest) -> dict[str, str]:
    asked = {"username": "Enter your user name.", "code": "Enter the code.", "password": "Enter a new password."}
    problems = {name: words for name, words in asked.items() if not request.POST.get(name, "").strip()}
    if not problems and request.POST.get("again") != request.POST["password"]:
        problems["again"] = "The two passwords differ. Type the second one as the first."
    return problems
