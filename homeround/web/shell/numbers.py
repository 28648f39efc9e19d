"""Numbers to call, for whoever cannot open a page now: locked, signed out, or with a role that is over (H3, H4).

They are those of the home that somebody works or last worked in; for everybody else those that are right anywhere.
Numbers of services only: nothing about a person, and nothing that tells one visitor from another.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.accounts.queries import last_home_of
from homeround.ehch.alignment.queries import who_reads
from homeround.web.presenters import ringing
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import is_polled, open_to_anybody
from homeround.web.session.sign_in_state import sign_in_state_of


@open_to_anybody
@is_polled
@require_GET
def numbers(request: PageRequest) -> HttpResponse:
    """The page; the part of it alone for the script that covers a page."""
    is_script = request.headers.get("X-Asked-By") == "script"
    template = "pages/numbers_part.jinja" if is_script else "pages/numbers.jinja"
    return render(request, template, {"numbers": numbers_of(request)})


def numbers_of(request: PageRequest) -> list[ringing.Number]:
    """The numbers of this hour for whoever is at the other end, signed out or locked too. At most four statements."""
    user_id = sign_in_state_of(request).user_id
    home_id = last_home_of(user_id=user_id, at=request.at) if user_id is not None else None
    return ringing.numbers(who_reads(home_id, request.at)) if home_id else list(ringing.WITHOUT_A_HOME)
