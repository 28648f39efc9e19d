"""Choose another password: the old one first, the new one twice; other sign-ins end with it. ASVS 2.1.5."""

from __future__ import annotations

from allauth.account.forms import ChangePasswordForm
from allauth.account.views import PasswordChangeView
from allauth.core import context
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator

from homeround.web.session.page_access import open_to_the_signed_in

NOT_RIGHT = "This is not your password now. Check whether capital letters are on."


class NewPassword(ChangePasswordForm):  # type: ignore[misc]
    """allauth's form; the old password is compared where every password is, within the limits."""

    def clean_oldpassword(self) -> str:
        """Raises TooManyTries, or says that it is not the password."""
        given: str = self.cleaned_data.get("oldpassword", "")
        if authenticate(context.request, username=self.user.get_username(), password=given) is None:
            raise ValidationError(NOT_RIGHT)
        return given


@method_decorator(open_to_the_signed_in, name="dispatch")
class PasswordPage(PasswordChangeView):  # type: ignore[misc]
    """The page; afterwards the list of one's sign-ins, where the change stands."""

    def get_default_success_url(self) -> str:
        """Back to where the page was found."""
        return f"{reverse('your_sign_in')}?done=password"

    def form_invalid(self, form: NewPassword) -> HttpResponseBase:
        """The page again, with what is wrong; 422 like every form."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


password = open_to_the_signed_in(PasswordPage.as_view())
