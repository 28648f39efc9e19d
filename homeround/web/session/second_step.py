"""The forms in which a code is given: allauth's, within our limits, and each code once. ASVS 2.2.1, 2.8.4.

allauth counts in the cache, which every process has for itself; we count in the database.
"""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError

from homeround.accounts import tries
from homeround.accounts.limits import Per, Tried
from homeround.accounts.sign_in_events import Event, note
from homeround.kernel.refusals import TooManyTries
from homeround.web.session.client import keys_of, where_from


class _Limited:
    """What every form with a code adds to allauth's."""

    user: Any

    def clean_code(self) -> str:
        """The code, when it is right and has not been used. Raises TooManyTries, or allauth's word for a wrong one."""
        request = context.request
        trying = tries.begin(Tried.CODE, keys_of(request, self.user.get_username()), at=request.at)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            _use_once(self.user.pk, code)
        except TooManyTries as refusal:
            trying.failed()
            raise _wrong("used_code") from refusal
        except ValidationError:
            trying.failed()
            note(Event.WRONG_CODE, user_id=self.user.pk, at=request.at, place=where_from(request))
            raise
        trying.succeeded()
        authenticator = getattr(self, "authenticator", None)
        if authenticator is not None and authenticator.type == Authenticator.Type.RECOVERY_CODES:
            note(Event.RECOVERY_CODE_USED, user_id=self.user.pk, at=request.at, place=where_from(request))
        return code


class CodeAtSignIn(_Limited, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgain(_Limited, ReauthenticateForm):  # type: ignore[misc]
    """The code again, before a change of how somebody signs in."""


class FirstCode(_Limited, ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which shows that the app is set up; used up by that."""


def _use_once(user_id: int, code: str) -> None:
    plain = "".join(code.split())
    tries.begin(Tried.SAME_CODE, {Per.ACCOUNT: f"{user_id} {plain}"}, at=context.request.at)


def _wrong(kind: str) -> Exception:
    problem: Exception = get_adapter().validation_error(kind)
    return problem
