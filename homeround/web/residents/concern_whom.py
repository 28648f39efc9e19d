"""Whom is the concern about: everybody of the home, one tap each."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.rights import Kind, Right
from homeround.ehch.alignment.access import see_home
from homeround.ehch.residents.queries import list_of
from homeround.web.presenters.person import line_here
from homeround.web.requests import PageRequest


@require_GET
def concern_whom(request: PageRequest, code: str) -> HttpResponseBase:
    """The people by unit and room."""
    home = see_home(viewer=request.viewer, code=code, at=request.at, kind=Kind.LIVING)
    home.must_have(Right.CONCERN)
    lines = [line_here(person) for person in list_of(home)]
    units = [(unit, list(of_unit)) for unit, of_unit in groupby(lines, key=lambda line: line.unit)]
    return render(request, "residents/concern_whom.jinja", {"home": home, "units": units})
