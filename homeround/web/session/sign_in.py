"""Sign in by user name and password, and sign out."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from homeround.accounts.sign_in_events import Event, note
from homeround.web.forms.answer import SeeOther
from homeround.web.requests import PageRequest
from homeround.web.session.client import where_from
from homeround.web.session.next_page import WHY
from homeround.web.session.page_access import open_to_anybody
from homeround.web.session.sign_in_state import DEVICE, NOBODY, PERSONAL, SHARED, sign_in_state_of
from homeround.web.shell.numbers import numbers_of


@method_decorator(open_to_anybody, name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """allauth's sign-in with our page; remembers whether the device is shared, for the lock."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """The password is right: a second step may follow."""
        self.request.session[DEVICE] = SHARED if self.request.POST.get("shared") == "yes" else PERSONAL
        response: HttpResponseBase = super().form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """The page again, with what is wrong; 422 like every form."""
        response: HttpResponseBase = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why somebody is here, when the page knows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        query = self.request.GET
        return {
            **context,
            "why": WHY.get(query.get("why", "")),
            "kept": query.get("kept") == "yes",
            "numbers": numbers_of(self.request) if query.get("urgent") == "yes" else [],
            "entry": context["form"],
        }


sign_in = open_to_anybody(SignIn.as_view())


@open_to_anybody
@require_http_methods(["GET", "POST"])
def sign_out(request: PageRequest) -> HttpResponse:
    """End the session. A GET asks first: a link must not sign anybody out."""
    if request.method == "GET":
        return render(request, "pages/sign_out.jinja")
    user_id = sign_in_state_of(request).user_id
    if user_id is not None:
        note(Event.SIGNED_OUT, user_id=user_id, at=request.at, place=where_from(request))
    logout(request)
    request.sign_in_state = NOBODY  # type: ignore[attr-defined]
    return SeeOther(f"{reverse('account_login')}?why=out")
