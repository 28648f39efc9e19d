"""A page of the tests that does something: sends what the sample form cannot, one real action under its token."""

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path

from homeround.accounts.actions import grant_membership
from homeround.accounts.rights import Role
from homeround.config.urls import handler400, handler404, handler500
from homeround.config.urls import urlpatterns as product
from homeround.web.forms import Choice, Form, Option, Text, answer
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import during_open_round, is_polled

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


class GrantForm(Form):
    """Whom, and as what."""

    who = Text("User name", needed="Say whom.")
    role = Choice("Role", (Option("carer", "Carer"), Option("home_nurse", "Home nurse")), needed="Say as what.")
    problems_of = {"username": "who"}


def grant(request: PageRequest) -> HttpResponseBase:
    """Grant a role for a month."""
    form = GrantForm(request)

    def save() -> str:
        granted = grant_membership(
            by=request.viewer,
            at=request.at,
            token=form.token,
            username=form.who,
            role=Role(form.role),
            body_kind="home",
            body_code=request.viewer.body_code,
            from_at=request.at.replace(hour=0, minute=0),
            until_at=request.at.replace(hour=0, minute=0) + timedelta(days=30),
        )
        return f"/my-rights?granted={granted}"

    return answer(request, form, save, "demo/pattern_form.jinja")


@is_polled
def board(request: PageRequest) -> HttpResponse:
    """What a page asks for by itself."""
    return HttpResponse(request.viewer.name)


@during_open_round
def round_page(request: PageRequest) -> HttpResponse:
    """A page of an open round."""
    return render(request, "pages/my_rights.jinja", {"reads": [], "writes": []})


def _patterns() -> Iterator[object]:
    yield from product
    yield path("tests/grant", grant)
    yield path("tests/board", board)
    yield path("tests/round", round_page)


urlpatterns = list(_patterns())
