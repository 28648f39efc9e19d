"""Sign somebody in without the sign-in page: what a session holds after it."""

from datetime import UTC, datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from homeround.accounts.models import User
from homeround.accounts.sessions import ACTIVE_AT, SIGNED_IN_AT
from homeround.accounts.viewer import Viewer
from homeround.web.session.sign_in_state import DEVICE, MEMBERSHIP, PERSONAL, SHARED, seconds_of


def sign_in(
    viewer: Viewer, *, at: datetime | None = None, shared: bool = False, client: Client | None = None
) -> Client:
    """A client signed in as `viewer`, in that capacity, since `at` (now)."""
    client = client or Client()
    seconds = seconds_of(at or datetime.now(UTC))
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(
        {
            SESSION_KEY: str(viewer.user_id),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: User.objects.get(pk=viewer.user_id).get_session_auth_hash(),
            MEMBERSHIP: viewer.membership_id,
            SIGNED_IN_AT: seconds,
            ACTIVE_AT: seconds,
            DEVICE: SHARED if shared else PERSONAL,
        }
    )
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def session_id(client: Client) -> str:
    """The name under which the browser's session is known now."""
    return client.cookies[settings.SESSION_COOKIE_NAME].value
