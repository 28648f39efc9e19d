"""The addresses of the shell. Of allauth's views only those that somebody needs; nobody signs up, nothing goes by
e-mail.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path

from homeround.web.session.capacity import capacity
from homeround.web.session.lock import lock, lock_here, lock_state
from homeround.web.session.page_access import open_to_anybody, open_to_the_signed_in
from homeround.web.session.password import password
from homeround.web.session.sign_in import sign_in, sign_out
from homeround.web.session.your_sign_in import sign_in_ended, your_sign_in
from homeround.web.shell.drafts import drafts, drafts_discard
from homeround.web.shell.health import health, serving
from homeround.web.shell.my_rights import my_rights
from homeround.web.shell.numbers import numbers
from homeround.web.shell.printed import printed
from homeround.web.shell.something_wrong import something_wrong
from homeround.web.shell.system import system, system_seen

urlpatterns: list[URLPattern] = [
    path("sign-in", sign_in, name="account_login"),
    path("sign-in/second-step", open_to_anybody(mfa.authenticate), name="mfa_authenticate"),
    path("sign-out", sign_out, name="sign_out"),
    path("capacity", capacity, name="capacity"),
    path("lock", lock, name="lock"),
    path("lock/state", lock_state, name="lock_state"),
    path("lock/here", lock_here, name="lock_here"),
    path("drafts", drafts, name="drafts"),
    path("drafts/discard", drafts_discard, name="drafts_discard"),
    path("printed", printed, name="printed"),
    path("my-rights", my_rights, name="my_rights"),
    path("numbers", numbers, name="numbers"),
    path("something-is-wrong", something_wrong, name="something_wrong"),
    path("system", system, name="system"),
    path("system/wrong/<str:ref>/seen", system_seen, name="system_seen"),
    path("health", health, name="health"),
    path("health/serving", serving, name="health_serving"),
    path("password", password, name="account_change_password"),
    path("your-sign-in", your_sign_in, name="your_sign_in"),
    path("your-sign-in/ended", sign_in_ended, name="sign_in_ended"),
    path("second-step", open_to_the_signed_in(mfa.index), name="mfa_index"),
    path("second-step/new", open_to_the_signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("second-step/off", open_to_the_signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-step/codes", open_to_the_signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "second-step/codes/new",
        open_to_the_signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("password-again", open_to_the_signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("code-again", open_to_the_signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
]
