"""Triggers stand after every migration, forwards and backwards, the log's own tables included. H57."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from homeround.kernel import stamp
from homeround.kernel.audit import triggers
from homeround.kernel.audit.actor import acting
from homeround.kernel.audit.tables import ENTRY, tables_of
from homeround.kernel.models import Outbox
from tests.kernel.somebody import AT, CARER, entries, said

pytestmark = pytest.mark.django_db(transaction=True)

LATER = "tests.kernel.later.migrations"


def migrate(*target: str) -> None:
    call_command("migrate", *target, verbosity=0)


@pytest.fixture(autouse=True)
def _all_migrated_afterwards() -> Iterator[None]:
    yield
    migrate()
    stamp.put(stamp.DEMO, AT)


def write_a_message(key: str) -> None:
    with acting(CARER), connection.cursor() as cursor:
        at = connection.ops.adapt_datetimefield_value(AT)
        cursor.execute(
            "INSERT INTO kernel_outbox (ref, mailbox, purpose, body, dedupe_key, queued_at, due_at, attempts, "
            "next_try_at, leased_by, failure) VALUES (%s, 'a@example.org', 'trial', '{}', %s, %s, %s, 0, %s, '', '')",
            [key, key, at, at, at],
        )


def test_the_logs_own_tables_can_be_changed(settings: Any) -> None:
    settings.MIGRATION_MODULES = {"kernel": LATER}
    try:
        migrate("kernel", "0002")
        assert triggers.missing(connection) == []
        assert "thing_id" not in tables_of(connection)["kernel_look"].columns
    finally:
        migrate("kernel", "0001")
        settings.MIGRATION_MODULES = {}
    assert triggers.missing(connection) == []
    write_a_message("a")
    assert [entry.op for entry in entries("kernel_outbox")] == ["i"]


def test_other_apps_can_be_taken_back_and_made_again() -> None:
    migrate("alignment", "zero")
    assert "alignment_alignment" not in tables_of(connection)
    assert triggers.missing(connection) == []
    write_a_message("a")
    migrate()
    assert triggers.missing(connection) == []


def test_the_kernel_can_be_taken_back_and_made_again() -> None:
    migrate("kernel", "zero")
    assert triggers.missing(connection) == [f"{ENTRY}: the log has no tables"]
    migrate("kernel", "0001")
    assert triggers.missing(connection) == []
    write_a_message("a")
    assert said(entries("kernel_outbox")[-1])["after"]["ref"] == "a"
    assert Outbox.objects.count() == 1


def test_a_migration_with_nothing_to_do_leaves_the_triggers_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(connection: object) -> None:
        raise AssertionError

    monkeypatch.setattr(triggers, "drop", never)
    migrate()
    assert triggers.missing(connection) == []
