"""The product's own settings, which the tests partly replace by cheaper ones."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from homeround.config import environment

SETTINGS = Path(environment.__file__).with_name("settings.py")


def settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    for name, value in variables.items():
        monkeypatch.setenv(f"HOMEROUND_{name}", value)
    return runpy.run_path(str(SETTINGS))


def test_passwords_are_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Argon2" in settings(monkeypatch)["PASSWORD_HASHERS"][0]


def test_a_request_is_no_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    for url in ("sqlite:///some.sqlite3", "postgresql://x@y/z"):
        assert settings(monkeypatch, DATABASE_URL=url)["DATABASES"]["default"]["ATOMIC_REQUESTS"] is False


def test_no_page_shows_its_insides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch)["DEBUG"] is False


def test_cookies_are_held_tight(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(monkeypatch, BASE_URL="https://rounds.example")
    for cookie in ("SESSION", "CSRF"):
        assert found[f"{cookie}_COOKIE_SECURE"]
        assert found[f"{cookie}_COOKIE_HTTPONLY"]
        assert found[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert found[f"{cookie}_COOKIE_SAMESITE"] in ("Lax", "Strict")
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert found["ALLOWED_HOSTS"] == ["rounds.example"]


def test_plain_http_stays_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(monkeypatch, BASE_URL="http://127.0.0.1:8000")
    assert "SECURE_HSTS_SECONDS" not in found
    assert set(found["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "::1"}


def test_a_demo_keeps_its_mail_in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = settings(monkeypatch, DATA_DIR=str(tmp_path))
    assert found["EMAIL_FILE_PATH"] == tmp_path / "outgoing-mail"
    assert "EMAIL_FILE_PATH" not in settings(monkeypatch, MAIL_URL="smtp://localhost:2525")


def test_the_owner_is_a_database_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(
        monkeypatch, DATABASE_URL="postgresql://works@db/homeround", OWNER_DATABASE_URL="postgresql://owns@db/homeround"
    )
    assert {alias: entry["USER"] for alias, entry in found["DATABASES"].items()} == {
        "default": "works",
        "owner": "owns",
    }


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("recursive_triggers", 1)])
def test_sqlite_is_set_up(pragma: str, value: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def test_sqlite_loses_no_commit_at_a_power_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "synchronous=FULL" in settings(monkeypatch)["SQLITE_OPTIONS"]["init_command"]
