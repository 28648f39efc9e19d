"""The one place where a password is compared: at sign-in, at the lock, and when it is asked for again. ASVS 2.2.1."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from homeround.accounts import tries
from homeround.accounts.limits import Tried
from homeround.accounts.queries import user_id_named
from homeround.accounts.sign_in_events import Event, note
from homeround.web.session.client import keys_of, where_from


class PasswordBackend(ModelBackend):
    """Django's own, within the limits; the same work and words whether the account exists or not."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> AbstractBaseUser | None:
        """The account, when the password is right. Raises TooManyTries."""
        if request is None or username is None or password is None:
            return None
        at = request.at  # type: ignore[attr-defined]
        trying = tries.begin(Tried.PASSWORD, keys_of(request, username), at=at)
        user = super().authenticate(request, username=username, password=password)
        if user is not None:
            trying.succeeded()
            return user
        trying.failed()
        note(Event.WRONG_PASSWORD, user_id=user_id_named(username), at=at, place=where_from(request))
        return None
