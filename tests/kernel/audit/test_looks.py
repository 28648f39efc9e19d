"""Who looked is written down before a page leaves, and never holds the page up. H52, H57."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

from homeround.kernel.audit import looks
from homeround.kernel.models import Look, LookKind
from tests.kernel.somebody import AT, CARER, actor, entries, said
from tests.statements import statements


@pytest.fixture(autouse=True)
def spool(settings: Any, tmp_path: Path) -> Path:
    settings.AUDIT_SPOOL = tmp_path / "spool"
    return tmp_path / "spool"


def look_at_a_person() -> None:
    looks.record(CARER, kind=LookKind.LOOK, page="resident", ground="own home", at=AT, subject_id=7, place_id=3)


def look_at_a_list() -> None:
    looks.record(
        CARER, kind=LookKind.LIST, page="worklist", ground="own home", at=AT, subject_ids=[9, 7, 8], place_id=3
    )


@pytest.mark.django_db
def test_a_look_at_a_person_is_one_statement_and_one_entry() -> None:
    with statements() as asked:
        look_at_a_person()
    assert len(asked) == 1
    (entry,) = entries("kernel_look")
    assert (entry.op, entry.subject_id, entry.place_id, entry.row_id) == ("look", 7, 3, Look.objects.get().id)
    assert actor(entry)["membership"] == CARER.membership_id
    assert said(entry)["after"]["page"] == "resident"


@pytest.mark.django_db
def test_a_list_names_everybody_on_it_in_one_entry() -> None:
    look_at_a_list()
    (entry,) = entries("kernel_look")
    assert (entry.op, entry.subject_id) == ("list", None)
    assert Look.objects.get().subjects == [7, 8, 9]


@pytest.mark.django_db
def test_who_looked_finds_pages_by_person_and_lists_by_place() -> None:
    look_at_a_person()
    look_at_a_list()
    looks.record(CARER, kind=LookKind.LIST, page="worklist", ground="own home", at=AT, subject_ids=[8], place_id=3)
    looks.record(CARER, kind=LookKind.PRINT, page="resident", ground="own home", at=AT, subject_id=8, place_id=3)
    day = {"since": AT - timedelta(hours=1), "until": AT + timedelta(hours=1)}
    assert [seen.kind for seen in looks.seen(subject_id=7, place_ids=[3], **day)] == [LookKind.LIST, LookKind.LOOK]
    assert [seen.kind for seen in looks.seen(subject_id=7, place_ids=[4], **day)] == [LookKind.LOOK]
    assert looks.seen(subject_id=7, place_ids=[3], since=AT + timedelta(seconds=1), until=day["until"]) == []


@contextmanager
def log_in_use() -> Iterator[None]:
    """Another connection holds what writing the log needs, as a long write on SQLite or the seal on PostgreSQL."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:  # on SQLite this takes the write lock
            if connection.vendor == "postgresql":
                cursor.execute("LOCK TABLE kernel_audit_entry IN SHARE MODE")
            held.set()
            done.wait(30)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(30)
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_for_the_log(spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "_WAIT_MS", 200)
    with log_in_use():
        look_at_a_person()
        assert not Look.objects.exists()
    (file,) = spool.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert looks.waiting() == 1
    kept = file.read_text()

    assert looks.bring_in() == 1
    file.write_text(kept)  # a worker that was killed before it took the file away brings it in again
    assert looks.bring_in() == 1
    assert looks.waiting() == 0
    look = Look.objects.get()
    assert (look.subject_id, look.looked_at, look.membership_id) == (7, AT, CARER.membership_id)
    assert len(entries("kernel_look")) == 1


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_other_statements_wait_as_long_as_before() -> None:
    look_at_a_person()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)
