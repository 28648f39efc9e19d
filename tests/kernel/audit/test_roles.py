"""Under the application's own role the log cannot be written, changed or emptied. PostgreSQL only. H57.

The role signs in by itself: the tests' own role is a superuser and would prove nothing.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from homeround.kernel.audit import roles, seal, triggers
from homeround.kernel.audit.disposal import dispose
from homeround.kernel.audit.seal import read_anchor
from homeround.kernel.audit.tables import tables_of
from homeround.kernel.audit.triggers_postgresql import HORIZON
from homeround.kernel.audit.verify import verify
from homeround.kernel.models import AuditDisposal
from tests.kernel.somebody import AT, CARER, actor, entries

Connection = psycopg.Connection[tuple[object, ...]]

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROLE = "homeround_trial_application"
WRITTEN_BY_TRIGGERS_ONLY = ("kernel_audit_entry", "kernel_audit_payload", "kernel_audit_disposal")
LOG = (*WRITTEN_BY_TRIGGERS_ONLY, "kernel_audit_seal", "kernel_look")


@pytest.fixture(autouse=True)
def _anchor(settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_ANCHOR = tmp_path / "anchor.json"


@pytest.fixture
def application() -> Iterator[Connection]:
    """A connection of the application's role, with the rights that a migration leaves it."""
    password = secrets.token_urlsafe()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{password}'")
    roles.grant_application_role(connection, ROLE)
    at = connection.settings_dict
    with psycopg.connect(
        host=at["HOST"] or None,
        port=at["PORT"] or None,
        dbname=at["NAME"],
        user=ROLE,
        password=password,
        autocommit=True,
    ) as opened:
        yield opened
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


def refused(application: Connection, sql: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(sql)


def test_the_log_can_only_be_read(application: Connection) -> None:
    for table in LOG:
        application.execute(f"SELECT count(*) FROM {table}")
        refused(application, f"DELETE FROM {table}")
        refused(application, f"TRUNCATE {table}")
        refused(application, f"DROP TABLE {table}")
        refused(application, f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        refused(application, f"UPDATE {table} SET {'entry_id = 1' if 'payload' in table else 'id = 1'}")
    for table in WRITTEN_BY_TRIGGERS_ONLY:
        refused(application, f"INSERT INTO {table} DEFAULT VALUES")


def test_no_function_writes_the_log_for_it(application: Connection) -> None:
    refused(application, "SELECT homeround_entry('me', 'residents_resident', 1, 'i', 1, 1, '{}')")
    refused(application, f"CREATE OR REPLACE FUNCTION {HORIZON} RETURNS bigint LANGUAGE sql AS 'SELECT 0'")
    refused(application, "SELECT setval(pg_get_serial_sequence('kernel_audit_entry', 'id'), 1)")


def test_kept_rows_cannot_be_deleted(application: Connection) -> None:
    kept = [table.name for table in tables_of(connection).values() if table.is_kept]
    assert kept
    for table in kept:
        refused(application, f"DELETE FROM {table}")
        refused(application, f"TRUNCATE {table} CASCADE")


def test_the_stamp_stands(application: Connection) -> None:
    refused(application, "UPDATE kernel_stamp SET kind = 'live'")
    refused(application, "INSERT INTO kernel_stamp VALUES (2, 'live', 'x', now())")


def test_its_looks_and_writes_are_logged_all_the_same(
    application: Connection,
) -> None:
    application.execute(
        "INSERT INTO kernel_look (actor, kind, page, subjects, ground, looked_at) "
        "VALUES ('{}', 'look', 'resident', '[]', 'own home', now())"
    )
    application.execute(
        "INSERT INTO kernel_outbox (ref, mailbox, purpose, body, dedupe_key, queued_at, due_at, attempts, next_try_at, "
        "leased_by, failure) VALUES ('0', 'a@example.org', 'trial', '{}', 'a', now(), now(), 0, now(), '', '')"
    )
    assert [entry.op for entry in entries("kernel_look")] == ["look"]
    assert [entry.actor for entry in entries("kernel_outbox")] == [f"db:{ROLE}"]


def test_it_can_seal_and_verify(application: Connection, settings: Any) -> None:
    refused(application, "BEGIN; LOCK TABLE kernel_audit_entry IN SHARE MODE")
    application.execute("ROLLBACK")
    assert application.execute(f"SELECT {HORIZON}").fetchone() is not None
    with as_the_application():
        assert seal.seal(AT) > 0
        assert verify(read_anchor(settings.AUDIT_ANCHOR)).is_sound
        assert triggers.missing(connection) == []


@pytest.mark.usefixtures("application")
def test_it_disposes_of_a_payload_by_a_logged_act_only() -> None:
    number = entries("kernel_stamp")[0].id
    with as_the_application():
        dispose(entry_id=number, because="appraised", at=AT, by=CARER)
    assert AuditDisposal.objects.get().entry_id == number
    assert actor(entries("kernel_audit_disposal")[0])["membership"] == CARER.membership_id
    assert verify().is_sound


@contextmanager
def as_the_application() -> Iterator[None]:
    """Django's own connection with the application's rights."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def test_the_seal_gives_way_to_writers(application: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer in flight might still commit a lower number: nothing is sealed then, and the writer is not held up."""
    monkeypatch.setattr(seal, "_WAIT_MS", 100)
    application.execute("BEGIN")
    application.execute(
        "INSERT INTO kernel_look (actor, kind, page, subjects, ground, looked_at) "
        "VALUES ('{}', 'look', 'resident', '[]', 'own home', now())"
    )
    assert seal.seal(AT) == 0
    application.execute("COMMIT")
    assert seal.seal(AT) > 0


def test_an_owner_that_is_the_application_is_granted_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
    roles.grant_application_role(connection, owner)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('kernel_audit_entry', 'DELETE')")
        assert cursor.fetchone() == (True,)
