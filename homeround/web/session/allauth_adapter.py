"""What django-allauth asks of us: nobody signs themselves up, plain words, and what a session holds after sign-in."""

import base64
import secrets
from collections.abc import Mapping
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from homeround.accounts.sessions import ACTIVE_AT, ADDRESS, BROWSER, SIGNED_IN_AT, end_sessions
from homeround.accounts.sign_in_events import Event, Person, note
from homeround.accounts.sign_in_notices import tell_of_change
from homeround.kernel.audit.actor import acting
from homeround.kernel.encrypted import decrypted, encrypted
from homeround.web.session.client import remember_device, where_from
from homeround.web.session.sign_in_state import forget_sign_in_state, seconds_of

PURPOSE: Final = "second step"
CHANGED: Final[Mapping[str, Event]] = {
    "account/email/password_changed": Event.PASSWORD_CHANGED,
    "account/email/password_set": Event.PASSWORD_CHANGED,
    "mfa/email/totp_activated": Event.CODE_SET_UP,
    "mfa/email/totp_deactivated": Event.CODE_TAKEN_OFF,
    "mfa/email/recovery_codes_generated": Event.CODES_MADE,
}
"""What allauth calls a change, and what it is here."""

WRONG = "The user name or the password is not right. Check both, and whether capital letters are on."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by user name; accounts come from a body's own manager."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": "This is not your password. Check whether capital letters are on.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say what happened; nothing is stored in the session for later."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Note when somebody signed in: nobody stays signed in longer than 12 hours, and the lock counts from here."""
        now = seconds_of(request.at)  # type: ignore[attr-defined]
        place = where_from(request)
        request.session.update({SIGNED_IN_AT: now, ACTIVE_AT: now, BROWSER: place.browser, ADDRESS: place.address})
        note(Event.SIGNED_IN, user_id=user.pk, at=request.at, place=place)  # type: ignore[attr-defined]
        forget_sign_in_state(request)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user.get_username())
        return response

    def set_password(self, user: Any, password: str) -> None:
        """A change of the account is logged as the person's own."""
        with acting(Person(user.pk)):
            super().set_password(user, password)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """allauth says here whatever has changed in how somebody signs in: written down, and the person is told."""
        request = self.request or context.request
        what = CHANGED[template_prefix]
        note(what, user_id=user.pk, at=request.at, place=where_from(request))
        if what is Event.PASSWORD_CHANGED:
            end_sessions(user_id=user.pk, but=request.session.session_key)
        tell_of_change(user_id=user.pk, at=request.at)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The words of the second step."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right. Codes change every 30 seconds: type the newest.",
        "used_code": "This code has been used already. Wait for the next one: codes change every 30 seconds.",
    }

    def encrypt(self, text: str) -> str:
        """The app's key and the recovery codes' seed stand in the database encrypted (ASVS 2.8.2)."""
        return encrypted(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The key again. Encrypted under another HOMEROUND_SECRET_KEY it fits no code: the person needs help then."""
        return decrypted(encrypted_text, purpose=PURPOSE) or base64.b32encode(secrets.token_bytes(20)).decode()
