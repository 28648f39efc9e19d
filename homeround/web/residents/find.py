"""Find a person: by name, room, home, practice or NHS number, among those whom the viewer may see.

What is typed is sent and kept in the session, never in an address; so the way back from a page leads to what was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from homeround.accounts import tries
from homeround.accounts.limits import Per, Tried
from homeround.accounts.rights import Reach
from homeround.ehch.residents.queries.find import MOST, everybody, find_people
from homeround.ehch.residents.rules import finding
from homeround.kernel.refusals import NotAllowed
from homeround.web.forms.answer import SeeOther
from homeround.web.navigation import KEY_OFF
from homeround.web.presenters.found import lines_of
from homeround.web.requests import PageRequest

WORDS: Final = "find"
AMONG: Final[Mapping[Reach, str]] = {
    Reach.HOME: "the people of your home, and those who left it in the last 8 weeks",
    Reach.PCN: "the people of the homes that your PCN serves, and those who left them in the last 8 weeks",
    Reach.PRACTICE: "the patients registered with your practice",
    Reach.TEAM: "the people of the homes whose MDT you are on, and anybody whose own team you were added to",
}
"""Among whom somebody searches, in words."""

A_YEAR: Final = 365 * 24 * 60 * 60


@require_http_methods(["GET", "POST"])
def find(request: PageRequest) -> HttpResponse:
    """The box, and who was found last."""
    if request.method == "POST":
        return _sent(request)
    if not request.viewer.capacity.sees_people:
        raise NotAllowed(f"As {request.viewer.role_words} you read of nobody who they are: there is nobody to find.")
    words = str(request.session.get(WORDS, "")) if request.GET.get("again") == "yes" else ""
    return _page(request, words)


def _sent(request: PageRequest) -> HttpResponse:
    if "keys" in request.POST:
        answer = SeeOther(reverse("find"))
        answer.set_cookie(
            KEY_OFF, "off" if request.POST["keys"] == "off" else "on", max_age=A_YEAR, httponly=True, samesite="Lax"
        )
        return answer
    words = request.POST.get("words", "").strip()
    problem = finding.problem_of(words)
    if problem:
        return _page(request, words, problem=problem)
    tries.begin(Tried.SEARCH, {Per.PERSON: str(request.viewer.user_id)}, at=request.at)
    request.session[WORDS] = words
    return SeeOther(f"{reverse('find')}?again=yes")


def _page(request: PageRequest, words: str, *, problem: str = "") -> HttpResponse:
    found = find_people(viewer=request.viewer, at=request.at, words=words) if words and not problem else None
    context = {
        "words": words,
        "problem": problem,
        "found": lines_of(found.people) if found else [],
        "count": found.count if found else 0,
        "most": MOST,
        "is_answered": found is not None,
        "among": AMONG[request.viewer.reach],
        "no_keys": request.COOKIES.get(KEY_OFF) == "off",
    }
    return render(request, "residents/find.jinja", context, status=422 if problem else 200)


@require_GET
def my_people(request: PageRequest) -> HttpResponse:
    """Everybody of the homes whose MDT somebody is on, and whoever they were added to the team of."""
    if request.viewer.reach is not Reach.TEAM:
        raise NotAllowed("This page is for people who work in the teams of several homes. Yours is in the navigation.")
    people = everybody(viewer=request.viewer, at=request.at)
    return render(request, "residents/my_people.jinja", {"people": lines_of(people)})
