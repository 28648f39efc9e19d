"""The settings of the tests: the product's own, on a database that is thrown away."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any, cast

from jinja2 import FileSystemBytecodeCache

from tests import databases

# Nothing that the developer has set for a demo may reach the tests; the processes of xdist inherit what stands here.
if "HOMEROUND_TEST_FOLDER" not in os.environ:
    os.environ["HOMEROUND_TEST_FOLDER"] = str(Path(tempfile.gettempdir()) / f"homeround-tests-{secrets.token_hex(8)}")
    os.environ["HOMEROUND_TEST_SECRET"] = secrets.token_urlsafe(50)
FOLDER = Path(os.environ["HOMEROUND_TEST_FOLDER"])
for variable in [name for name in os.environ if name.startswith("HOMEROUND_") and "_TEST_" not in name]:
    del os.environ[variable]
os.environ.update(
    HOMEROUND_DATABASE_URL=databases.url(FOLDER),
    HOMEROUND_SECRET_KEY=os.environ["HOMEROUND_TEST_SECRET"],
    HOMEROUND_AUDIT_KEY="tests:" + "5e" * 32,
    HOMEROUND_DATA_DIR=str(FOLDER),
)

from homeround.config.settings import *  # noqa: E402, F403 - the environment comes first
from homeround.config.settings import (  # noqa: E402
    DATABASES,
    LOGGING,
    MIDDLEWARE,
    SQLITE_OPTIONS,
    SQLITE_PRAGMAS,
    TEMPLATES,
)

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

# A connection that a test's thread opened does not outlive its request.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if databases.chosen() == databases.SQLITE:
    # A file for each process: a database in memory has no WAL and locks whole tables.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    # Tests lose nothing when the machine loses power; the journeys run the product's own settings.
    DATABASES["default"]["OPTIONS"] = {
        **SQLITE_OPTIONS,
        "init_command": SQLITE_PRAGMAS.replace("synchronous=FULL", "synchronous=OFF"),
    }

# A password hash that costs nothing. That the product's own is Argon2 has its test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Of each prepared query the first call and every two thousandth are compiled anew and compared (kernel/prepared.py).
PREPARED_CHECKED_EVERY = 2000
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Templates are compiled once a run, not once a process.
COMPILED_TEMPLATES = FOLDER / "templates"
_JINJA, _DJANGO = TEMPLATES
_CACHE = {"bytecode_cache": FileSystemBytecodeCache(str(COMPILED_TEMPLATES))}
TEMPLATES = [{**_JINJA, "OPTIONS": {**cast("dict[str, Any]", _JINJA["OPTIONS"]), **_CACHE}}, _DJANGO]
# No collected files: pages name them as they stand in the folders.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {**LOGGING, "root": {"handlers": ["stderr"], "level": "WARNING"}}

# A template that reads a field which its object does not have fails: on the screen it would stand as empty.
MISSING_FIELDS_RAISE = True
