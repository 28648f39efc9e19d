"""What django-allauth asks of us: nobody signs themselves up, plain words, and what a session holds after sign-in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from homeround.web.session.sign_in_state import ACTIVE_AT, SIGNED_IN_AT, forget_sign_in_state, seconds_of

WRONG = "The user name or the password is not right. Check both, and whether capital letters are on."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by user name; accounts come from a body's own manager."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": "This is not your password. Check whether capital letters are on.",
        "too_many_login_attempts": "Too many tries from here. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say what happened; nothing is stored in the session for later."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Note when somebody signed in: nobody stays signed in longer than 12 hours, and the lock counts from here."""
        now = seconds_of(request.at)  # type: ignore[attr-defined]
        request.session[SIGNED_IN_AT] = now
        request.session[ACTIVE_AT] = now
        forget_sign_in_state(request)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The words of the second step."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right. Codes change every 30 seconds: type the newest.",
    }
