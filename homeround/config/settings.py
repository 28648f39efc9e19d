"""Django's settings, made from the environment only (environment.py says which variables there are)."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

from homeround.config import environment

ENVIRONMENT = environment.read(os.environ)

# --- what the product reads -------------------------------------------------------------------------------------------
BASE_URL = ENVIRONMENT.base_url
DATA_DIR = ENVIRONMENT.data_dir
OPEN_DATA = ENVIRONMENT.open_data
PORT = ENVIRONMENT.port
# Whose word counts on where a request came from and whether it came by https (web/middleware/proxy.py).
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
# Somebody has said that a live database is to be served before a clinical safety officer has signed the release.
SERVE_UNSIGNED = ENVIRONMENT.serve_unsigned
# What a live database still needs, as (variable, what is wrong, what to do); a demo makes it itself.
MISSING_FOR_LIVE = [(lack.variable, lack.wrong, lack.do) for lack in environment.missing_for_live(ENVIRONMENT)]
# The first key seals; the others verify seals made before it was changed.
AUDIT_KEYS = dict(ENVIRONMENT.audit_keys)
# The newest seal, outside the database.
AUDIT_ANCHOR = DATA_DIR / "audit-anchor.json"
# Looks that could not be logged within two seconds wait here (trust.md, audit).
AUDIT_SPOOL = ENVIRONMENT.spool_dir
# What the log reads off a row: whom it is about, and at which place (the first of these columns that the table has).
AUDIT_SUBJECT_TABLE = "residents_resident"
AUDIT_SUBJECT_COLUMN = "resident_id"
AUDIT_PLACE_COLUMNS = ("home_id", "held_for_id")

# --- Django -----------------------------------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = [ENVIRONMENT.host, *(environment.LOOPBACK if ENVIRONMENT.is_this_machine_only else ())]
ROOT_URLCONF = "homeround.config.urls"
WSGI_APPLICATION = "homeround.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "homeround.kernel",
    "homeround.directory",
    "homeround.accounts",
    "homeround.ehch.alignment",
    "homeround.ehch.residents",
    "homeround.ehch.decisions",
    "homeround.ehch.deterioration",
    "homeround.ehch.care_plans",
    "homeround.ehch.rounds",
    "homeround.web",
    # last: by now every port's owner is imported, so that it may plug them
    "homeround.config",
]

MIDDLEWARE = [
    # first, so that everything after it sees the client's own address
    "homeround.web.middleware.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "homeround.web.middleware.reference.ReferenceMiddleware",
    "homeround.web.middleware.policy.PolicyMiddleware",
    "homeround.web.middleware.saving.PlacesToSaveMiddleware",
    "homeround.web.middleware.intake.IntakeMiddleware",
    "homeround.web.middleware.saving.LenientSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "homeround.web.middleware.viewer.ViewerMiddleware",
    "homeround.web.middleware.refusals.RefusalsMiddleware",
    "homeround.web.middleware.characters.CharactersMiddleware",
    "homeround.web.middleware.looks.LooksMiddleware",
]

_HOMEROUND = Path(__file__).resolve().parent.parent
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [_HOMEROUND / "web" / "templates", _HOMEROUND / "nonprod" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "homeround.web.jinja.environment",
            "context_processors": ["homeround.web.jinja.shell"],
        },
    },
    # Pages of allauth that ours do not replace.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]


# --- databases --------------------------------------------------------------------------------------------------------
# A GET must not queue for SQLite's one write lock, so requests are no transactions: an action opens its own.
# Statements stay compiled: with the usual 128 the pages of a day push each other out (docs/adr/0014).
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "cached_statements": 500,
    "timeout": 20,
    "init_command": SQLITE_PRAGMAS,
}
# Kept open between requests: to open SQLite is to read the schema with all its triggers, a fifth of a page's time.
CONNECTION_SECONDS = 60
# PostgreSQL keeps the plan of a query that a connection asks again: planning takes longer than most of them do.
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


def database(url: str) -> dict[str, Any]:
    """Return Django's entry for a database URL."""
    if environment.kind_of(url) == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.sqlite_file(url).absolute(),
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": CONNECTION_SECONDS,
            "ATOMIC_REQUESTS": False,
        }
    parsed = dj_database_url.parse(url, conn_max_age=CONNECTION_SECONDS, conn_health_checks=True)
    return {**parsed, "OPTIONS": {**parsed.get("OPTIONS", {}), **PREPARED}, "ATOMIC_REQUESTS": False}


DATABASES = {"default": database(ENVIRONMENT.database_url)}
if ENVIRONMENT.owner_database_url:
    # The same database by the role that owns the tables: migrations only.
    DATABASES["owner"] = database(ENVIRONMENT.owner_database_url)

# --- time and language ------------------------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = False

# --- accounts ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["homeround.web.session.password_backend.PasswordBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "homeround.web.session.allauth_adapter.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_SESSION_REMEMBER = False
# Tries are counted in our own table (homeround.accounts.limits), for all processes; allauth's count is a process's own.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {"change_password": "homeround.web.session.password.NewPassword"}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # other sessions end: a session holds what the password gives
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "homeround.web.session.allauth_adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Homeround"
MFA_FORMS = {
    "authenticate": "homeround.web.session.second_step.CodeAtSignIn",
    "reauthenticate": "homeround.web.session.second_step.CodeAgain",
    "activate_totp": "homeround.web.session.second_step.FirstCode",
}
CSRF_FAILURE_VIEW = "homeround.web.shell.errors.refused_form"

# --- sessions, cookies, the browser -----------------------------------------------------------------------------------
_COOKIE_PREFIX = "__Host-" if ENVIRONMENT.is_https else ""
SESSION_ENGINE = "homeround.accounts.sessions"
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}homeround-session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds; nobody stays signed in longer
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
DEVICE_COOKIE_NAME = f"{_COOKIE_PREFIX}homeround-device"  # homeround.web.session.client
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}homeround-csrf"
CSRF_COOKIE_HTTPONLY = True
# Lax: following a link from elsewhere must not take the cookie from the forms that are open in other tabs.
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
# The same as homeround.web.middleware.intake looks at before anything is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes
CSRF_TRUSTED_ORIGINS = [BASE_URL]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.is_https:
    # The proxy that ends TLS says so in this header; it is taken from a trusted proxy only (web/middleware/proxy.py).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

# --- static files: `homeround run` collects them beside the database, under hashed names ------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Pages name files by what is in them; the same files under their plain names would be compressed and kept besides.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- mail: handed over by the worker; a demo without a server keeps it in a folder ------------------------------------
DEFAULT_FROM_EMAIL = f"homeround@{ENVIRONMENT.host}"
if ENVIRONMENT.mail is None:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "outgoing-mail"
else:
    EMAIL_BACKEND = "homeround.gateways.smtp.Backend"
    EMAIL_HOST = ENVIRONMENT.mail.host
    EMAIL_PORT = ENVIRONMENT.mail.port
    EMAIL_HOST_USER = ENVIRONMENT.mail.user
    EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password
    EMAIL_USE_TLS = ENVIRONMENT.mail.starttls
    EMAIL_USE_SSL = ENVIRONMENT.mail.tls

# --- logs: to standard error, no names, bodies or query strings -------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "homeround.config.logs.WithoutValues",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
