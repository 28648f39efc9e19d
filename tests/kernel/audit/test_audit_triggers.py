"""Every write is in the log, whoever makes it and however; the log only grows. H57."""

import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction

from homeround.kernel.audit import triggers
from homeround.kernel.audit.actor import SystemActor, acting, actor_of_context
from homeround.kernel.audit.digests import head_of, of_payload
from homeround.kernel.audit.disposal import dispose
from homeround.kernel.audit.tables import LOG, LOOK, STAMP, tables_of
from homeround.kernel.audit.trigger import APPEND_ONLY, NO_DISPOSAL, NOBODY_ACTS
from homeround.kernel.delivery import outbox
from homeround.kernel.models import AuditDisposal, AuditEntry, AuditPayload, Heartbeat, Outbox
from homeround.kernel.record.kept import Kept
from tests.kernel.somebody import AT, CARER, NURSE, actor, entries, said
from tests.kernel.trial_rows import end, write

pytestmark = pytest.mark.django_db


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def refused(words: str, what: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=re.escape(words)), transaction.atomic():
        what()


def queued(key: str, **changes: object) -> Outbox:
    return Outbox(
        mailbox="somebody@example.org",
        purpose="trial",
        body={},
        dedupe_key=key,
        queued_at=AT,
        due_at=AT,
        next_try_at=AT,
        **changes,
    )


def test_an_insert_says_who_what_where_and_about_whom(trial: str) -> None:
    with acting(CARER, typed_for=12):
        number = write("said at breakfast", resident_id=7, home_id=3)
    (entry,) = entries(trial)
    assert (entry.op, entry.row_id, entry.subject_id, entry.place_id) == ("i", number, 7, 3)
    assert actor(entry) == {"user": 1, "membership": 11, "role": "carer", "body": 5, "for": 12, "device": None}
    assert said(entry)["before"] is None
    assert said(entry)["after"]["words"] == "said at breakfast"
    assert entry.logged_at.year >= 2026
    payload = entry.payload
    assert entry.digest == of_payload(payload.salt, head_of(entry), payload.body)


def test_an_update_keeps_what_was_and_what_is(trial: str) -> None:
    with acting(CARER):
        end(write(), how="left")
    update = entries(trial)[-1]
    assert update.op == "u"
    assert (said(update)["before"]["ended_how"], said(update)["after"]["ended_how"]) == ("", "left")


def test_many_rows_in_one_statement_are_many_entries(trial: str) -> None:
    with acting(CARER):
        write(times=3)
    assert [entry.op for entry in entries(trial)] == ["i"] * 3
    assert len({entry.payload.salt for entry in entries(trial)}) == 3


def test_bulk_writes_of_the_orm_are_logged() -> None:
    with acting(CARER):
        Outbox.objects.bulk_create([queued("a"), queued("b")])
        Outbox.objects.update(attempts=1)
        Outbox.objects.all().delete()
    assert [entry.op for entry in entries("kernel_outbox")] == ["i", "i", "u", "u", "d", "d"]


def test_what_is_nobodys_business_stays_out_of_payloads() -> None:
    with acting(CARER):
        queued("a").save()
        get_user_model().objects.create(username="amina", name="Amina Yusuf", password="a hash")
    assert "somebody@example.org" not in entries("kernel_outbox")[-1].payload.body
    assert "password" not in said(entries("accounts_user")[-1])["after"]


def test_tokens_drafts_and_signs_of_life_are_not_logged() -> None:
    before = AuditEntry.objects.count()
    Heartbeat.objects.create(name="trial", beat_at=AT)
    assert AuditEntry.objects.count() == before


@pytest.mark.sqlite
def test_outside_an_action_a_write_is_refused(trial: str) -> None:
    refused(NOBODY_ACTS, write)


@pytest.mark.postgres
def test_outside_an_action_the_database_user_is_logged(trial: str) -> None:
    with acting(CARER):
        write()
    write()
    assert entries(trial)[-1].actor.startswith("db:")


def test_whoever_acted_before_acts_again(trial: str) -> None:
    with acting(CARER):
        with acting(NURSE):
            write()
        write()
    assert [actor(entry)["membership"] for entry in entries(trial)] == [12, 11]
    assert actor_of_context() is None


def test_after_a_failure_nobody_acts(trial: str) -> None:
    with pytest.raises(KeyError), acting(CARER):
        raise KeyError
    assert actor_of_context() is None
    if connection.vendor == "postgresql":
        write()
        assert entries(trial)[-1].actor.startswith("db:")


def test_a_command_is_logged_with_the_user_of_the_machine(trial: str) -> None:
    with acting(SystemActor("import", "alex")):
        write()
    assert actor(entries(trial)[-1]) == {"system": "import", "os_user": "alex"}


@pytest.mark.parametrize("table", sorted(LOG - {"kernel_audit_payload"} | {LOOK, STAMP}))
def test_the_log_only_grows(table: str) -> None:
    if connection.vendor == "sqlite":  # refused row by row: it must have one
        with acting(CARER):
            _fill(table)
    column = {LOOK: "page", STAMP: "kind"}.get(table, "id")
    refused(APPEND_ONLY, lambda: execute(f"UPDATE {table} SET {column} = {column}"))
    refused(APPEND_ONLY, lambda: execute(f"DELETE FROM {table}"))
    if connection.vendor == "postgresql":
        refused(APPEND_ONLY, lambda: execute(f"TRUNCATE {table} CASCADE"))


def _fill(table: str) -> None:
    at = "'2026-11-21 14:02:00'"
    execute(
        {
            "kernel_audit_entry": "SELECT 1",
            "kernel_stamp": "SELECT 1",
            "kernel_audit_disposal": f"INSERT INTO {table} (entry_id, because, disposed_at, disposed_by) "
            f"VALUES (1, '', {at}, '')",
            "kernel_audit_seal": f"INSERT INTO {table} (first_id, last_id, count, leaves, previous, key_id, mac, "
            f"sealed_at) VALUES (1, 1, 1, '', 'x', '', '', {at})",
            LOOK: f"INSERT INTO {table} (actor, kind, page, subjects, ground, looked_at) "
            f"VALUES ('a', 'look', 'p', '[]', '', {at})",
        }[table]
    )


@pytest.mark.sqlite
def test_the_log_is_not_replaced() -> None:
    refused(
        APPEND_ONLY,
        lambda: execute(
            "INSERT OR REPLACE INTO kernel_audit_entry SELECT id, logged_at, 'somebody else', table_name, row_id, op, "
            "subject_id, place_id, digest FROM kernel_audit_entry"
        ),
    )


def test_a_payload_goes_only_by_a_logged_disposal(trial: str) -> None:
    with acting(CARER):
        write()
    (entry,) = entries(trial)
    refused(APPEND_ONLY, lambda: AuditPayload.objects.filter(entry_id=entry.id).update(body="{}"))
    refused(NO_DISPOSAL, lambda: AuditPayload.objects.filter(entry_id=entry.id).delete())
    dispose(entry_id=entry.id, because="appraised", at=AT, by=NURSE)
    assert not AuditPayload.objects.filter(entry_id=entry.id).exists()
    logged = entries("kernel_audit_disposal")[-1]
    assert logged.row_id == AuditDisposal.objects.get(entry_id=entry.id).id
    assert actor(logged)["membership"] == NURSE.membership_id
    assert AuditEntry.objects.get(id=entry.id).digest == entry.digest


def test_every_kept_model_is_a_kept_table() -> None:
    """The triggers go by the columns of the database; no model may slip through."""
    kept = {model._meta.db_table for model in apps.get_models() if issubclass(model, Kept)}
    assert kept
    assert kept == {table.name for table in tables_of(connection).values() if table.is_kept}


def test_no_trigger_is_missing() -> None:
    assert triggers.missing(connection) == []


def test_a_trigger_taken_off_is_named_and_made_again() -> None:
    name = "homeround_log_i_kernel_outbox" if connection.vendor == "sqlite" else "homeround_log"
    execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON kernel_outbox"))
    assert triggers.missing(connection) == [f"kernel_outbox: {name}"]
    triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.postgres
def test_a_trigger_switched_off_is_named() -> None:
    execute("ALTER TABLE kernel_outbox DISABLE TRIGGER homeround_log")
    assert triggers.missing(connection) == ["kernel_outbox: homeround_log"]


def test_a_new_column_is_logged_after_the_next_install(trial: str) -> None:
    execute("ALTER TABLE kernel_trial ADD COLUMN mood text")
    triggers.install(connection)
    with acting(CARER):
        write()
    assert "mood" in said(entries(trial)[-1])["after"]


def test_a_message_is_queued_by_somebody() -> None:
    with pytest.raises(RuntimeError, match="action"):
        outbox.queue(purpose="trial", about={}, dedupe_key="a", at=AT, user_id=1)
