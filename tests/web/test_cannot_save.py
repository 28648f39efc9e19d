"""A database that cannot be written is said, gives back what was typed, and never holds up who only reads."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from django.db import OperationalError, connection, connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from homeround.config import limits
from homeround.ehch.deterioration.models import Concern
from homeround.kernel.audit import looks
from homeround.kernel.models import Look
from homeround.kernel.policy import THREADS_THAT_SERVE
from homeround.kernel.trouble import Trouble, trouble_of
from homeround.web.middleware.saving import PlacesToSaveMiddleware
from tests.web.filling import forms_on
from tests.web.signing_in import sign_in
from tests.world import World

WORDS = "She did not finish her tea."


def caused_by(cause: BaseException) -> OperationalError:
    fault = OperationalError("words of the database with what was typed")
    fault.__cause__ = cause
    return fault


def sqlite_error(name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("cause", "trouble"),
    [
        (sqlite_error("SQLITE_BUSY"), Trouble.SLOW),
        (sqlite_error("SQLITE_BUSY_SNAPSHOT"), Trouble.SLOW),
        (sqlite_error("SQLITE_FULL"), Trouble.FULL),
        (sqlite_error("SQLITE_READONLY_DBMOVED"), Trouble.READ_ONLY),
        (sqlite_error("SQLITE_CORRUPT"), Trouble.DAMAGED),
        (sqlite_error("SQLITE_ERROR"), None),
        (psycopg.errors.LockNotAvailable(), Trouble.SLOW),
        (psycopg.errors.QueryCanceled(), Trouble.SLOW),
        (psycopg.errors.DiskFull(), Trouble.FULL),
        (psycopg.errors.ReadOnlySqlTransaction(), Trouble.READ_ONLY),
        (psycopg.OperationalError("connection refused"), Trouble.AWAY),
        (psycopg.errors.CheckViolation(), None),
        (OSError(28, "No space left on device"), Trouble.FULL),
        (ValueError("x"), None),
    ],
)
def test_what_it_is_is_told_by_its_code(cause: BaseException, trouble: Trouble | None) -> None:
    assert trouble_of(caused_by(cause)) is trouble


@pytest.mark.django_db
@pytest.mark.parametrize("cause", [sqlite_error("SQLITE_BUSY"), psycopg.errors.LockNotAvailable()])
def test_what_was_typed_comes_back_with_a_button_that_sends_it_again(world: World, cause: Exception) -> None:
    address = reverse("concern_new", args=[world.residents["margaret"]])
    client = sign_in(world["carer"], at=timezone.now())
    client.raise_request_exception = False
    (form,) = [form for form in forms_on(client.get(address).content.decode()) if "words" in form.sent]
    sent = form.ways({"words": WORDS, "when": "now"})[0]
    with patch("homeround.kernel.record.actions._claim", side_effect=caused_by(cause)):
        answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Saving is slow just now" in page
    assert 'href="tel:999"' in page
    assert page.count(WORDS) == 2, "to be read, and to be sent again"
    (again,) = forms_on(page)
    assert {name: again.sent[name] for name in sent if name != "csrfmiddlewaretoken"} == {
        name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"
    }
    assert client.post(again.action, again.sent).status_code == 303
    assert Concern.objects.filter(words=WORDS).count() == 1


@pytest.mark.django_db
def test_a_fault_of_the_program_is_none_of_these(world: World) -> None:
    client = sign_in(world["carer"], at=timezone.now())
    client.raise_request_exception = False
    with patch("homeround.web.deterioration.concern_new.see_resident", side_effect=ValueError(WORDS)):
        assert client.get(reverse("concern_new", args=[world.residents["margaret"]])).status_code == 500


@pytest.mark.django_db
def test_no_password_is_written_into_a_page_again() -> None:
    client = Client(raise_request_exception=False)
    with patch("homeround.web.session.sign_in.SignIn.post", side_effect=caused_by(sqlite_error("SQLITE_BUSY"))):
        answer = client.post("/sign-in", {"login": "moss", "password": "the-secret-of-moss"})
    assert answer.status_code == 503
    assert "the-secret-of-moss" not in answer.content.decode()


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Another process holds SQLite's one write lock."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_pages_are_read_while_somebody_writes_and_their_looks_wait_in_files(
    world: World, settings: Any, tmp_path: Any
) -> None:
    settings.AUDIT_SPOOL = tmp_path / "spool"
    client = sign_in(world["carer"], at=timezone.now())
    address = reverse("home_today", args=[world.code("rose")])
    assert client.get(address).status_code == 200
    before = Look.objects.count()
    with somebody_writes():
        began = time.monotonic()
        assert client.get(address).status_code == 200
        first = time.monotonic() - began
        began = time.monotonic()
        assert client.get(address).status_code == 200
        assert Client().get("/health/serving").status_code == 200
        assert time.monotonic() - began < first, "only the first one waits for the log"
        assert first < 4
    assert Look.objects.count() == before
    assert looks.bring_in() == 2
    assert Look.objects.count() == before + 2


@pytest.mark.django_db
def test_where_neither_log_nor_file_can_be_written_nobody_is_shown(world: World) -> None:
    """A full disk: numbers to call, and no record."""
    client = sign_in(world["carer"], at=timezone.now())
    client.raise_request_exception = False
    with (
        patch.object(looks, "_insert", side_effect=caused_by(sqlite_error("SQLITE_FULL"))),
        patch.object(looks, "_spool", side_effect=OSError(28, "No space left on device")),
    ):
        answer = client.get(reverse("home_today", args=[world.code("rose")]))
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Its disk is full" in page
    assert 'href="tel:111"' in page
    assert "Margaret" not in page
    looks._blocked["until"] = 0.0


def test_a_thread_is_left_for_whoever_reads() -> None:
    """All who save wait for the database; the next one who saves is told so, and who reads is answered."""
    waits, begun = threading.Event(), threading.Semaphore(0)

    def view(request: Any) -> HttpResponse:
        if request.method == "POST":
            begun.release()
            waits.wait(10)
        return HttpResponse()

    middleware = PlacesToSaveMiddleware(view)
    post, get = RequestFactory().post("/"), RequestFactory().get("/")
    savers = [threading.Thread(target=middleware, args=(post,)) for _ in range(THREADS_THAT_SERVE - 1)]
    for saver in savers:
        saver.start()
    for _ in savers:
        assert begun.acquire(timeout=5)
    assert middleware(get).status_code == 200
    with patch("homeround.web.middleware.saving.SOON", 0.1):
        assert middleware(post).status_code == 503
    waits.set()
    for saver in savers:
        saver.join()
    assert middleware(post).status_code == 200, "places come free again"


def test_requests_are_bounded_on_both_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    for engine in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        bounded = {"ENGINE": engine, "OPTIONS": {"kept": 1}}
        monkeypatch.setitem(connections.settings, "default", bounded)
        limits.for_requests()
        options = bounded["OPTIONS"]
        assert isinstance(options, dict)
        assert options["kept"] == 1
        if engine.endswith("sqlite3"):
            assert options["timeout"] == limits.LOCK_SECONDS
        else:
            given = str(options["options"])
            assert f"lock_timeout={limits.LOCK_SECONDS * 1000}" in given
            assert f"statement_timeout={limits.STATEMENT_SECONDS * 1000}" in given
