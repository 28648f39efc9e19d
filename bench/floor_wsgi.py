"""Serves the floor: its whole configuration, and what granian calls to make it."""

import os
import secrets
from typing import Any

import dj_database_url
from django.conf import settings
from django.core.wsgi import get_wsgi_application


def application() -> Any:
    """The WSGI application of the floor, on the database that HOMEROUND_DATABASE_URL names."""
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        # Kept open between requests: the floor is as low as it can plainly be.
        DATABASES={"default": dj_database_url.parse(os.environ["HOMEROUND_DATABASE_URL"], conn_max_age=None)},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        MIDDLEWARE=[],
        ROOT_URLCONF="bench.floor",
        SECRET_KEY=secrets.token_urlsafe(50),
        TIME_ZONE="Europe/London",
        USE_I18N=False,
        USE_TZ=True,
    )
    return get_wsgi_application()
