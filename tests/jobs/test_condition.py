"""No tick that cannot turn: each thing that `check`, /health and the system page call well is made not so. H24."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from homeround.cli.main import main
from homeround.jobs import condition, handlers
from homeround.jobs.condition import LOOKED_AT, conditions
from homeround.kernel import stamp
from homeround.kernel.audit import seal, triggers
from homeround.kernel.audit.actor import acting
from homeround.kernel.delivery import heartbeat, outbox
from homeround.kernel.models import AuditEntry, AuditSeal, Outbox
from homeround.kernel.policy import DISK_LEAST, SEALS_LATE_AFTER
from tests.world import AT, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def well(world: World, settings: Any, tmp_path: Path, time_machine: Any) -> None:
    """An installation at work: sealed a minute ago, its worker alive, its disk half empty."""
    time_machine.move_to(AT, tick=False)
    settings.AUDIT_ANCHOR, settings.AUDIT_SPOOL = tmp_path / "anchor.json", tmp_path / "spool"
    settings.DATA_DIR = tmp_path
    seal.seal(AT - timedelta(minutes=1))
    heartbeat.beat(AT)
    heartbeat.beat(AT, heartbeat.MAIL)


Make = Callable[[pytest.MonkeyPatch, Path], object]


def no_disk(patch: pytest.MonkeyPatch, _: Path) -> None:
    patch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=DISK_LEAST - 1))


def read_only(patch: pytest.MonkeyPatch, _: Path) -> None:
    patch.setattr(condition, "_may_write", lambda file: False)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")


def damaged(*_: object) -> None:
    heartbeat.found(heartbeat.DAMAGED, AT)


def away(patch: pytest.MonkeyPatch, _: Path) -> None:
    def cursor() -> None:
        raise DatabaseError

    patch.setattr(condition, "connection", SimpleNamespace(vendor=connection.vendor, cursor=cursor, settings_dict={}))
    patch.setattr(condition, "_sqlite_file", lambda: None)


def no_trigger(*_: object) -> None:
    triggers.drop(connection)


def older(*_: object) -> None:
    triggers.drop(connection)
    AuditSeal.objects.all().delete()
    triggers.install(connection)


def no_anchor(_: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "anchor.json").unlink()


def seals_late(patch: pytest.MonkeyPatch, _: Path) -> None:
    triggers.drop(connection)
    with acting(SYSTEM):
        outbox.queue(purpose="trial", about={}, dedupe_key="late", at=AT, user_id=1, not_before=AT + timedelta(days=9))
    triggers.install(connection)
    heartbeat.beat(AT)
    newest = AuditSeal.objects.latest("id")
    AuditEntry(
        id=newest.last_id + 1000, logged_at=AT - SEALS_LATE_AFTER - timedelta(seconds=1), actor="{}",
        table_name="t", op="i", digest="",
    ).save(force_insert=True)  # fmt: skip


def forged_seal(*_: object) -> None:
    newest = AuditSeal.objects.latest("id")
    newest.pk, newest.mac = None, "0" * 64
    newest.first_id = newest.last_id = newest.last_id + 1
    newest.save(force_insert=True)


def look_waits(_: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "spool").mkdir()
    (folder / "spool" / "A.json").write_text("{}")


def worker_silent(*_: object) -> None:
    heartbeat.beat(AT - timedelta(minutes=6))


def beat_to_come(*_: object) -> None:
    """The last one was given while the clock was an hour ahead."""
    heartbeat.beat(AT + timedelta(hours=1))


def mail_silent(*_: object) -> None:
    heartbeat.beat(AT - timedelta(minutes=6), heartbeat.MAIL)


def mail_late(*_: object) -> None:
    queue(AT - timedelta(hours=5))


def mail_refused(*_: object) -> None:
    queue(AT - timedelta(minutes=20))
    with acting(SYSTEM):
        Outbox.objects.update(attempts=4, failure="SMTPRecipientsRefused")


def queue(at: Any) -> None:
    with acting(SYSTEM):
        outbox.queue(purpose="trial", about={}, dedupe_key="one", at=at, user_id=1)


SYSTEM = SimpleNamespace(membership_id=1, user_id=1, role="carer", body_id=1)

TURNED: list[tuple[str, Make, str]] = [
    ("Database", away, "does not answer"),
    ("Database", read_only, "read-only"),
    ("Database", damaged, "damaged"),
    ("Disk", no_disk, "nearly full"),
    ("Guards of the log", no_trigger, "missing"),
    ("Copy of the records", older, "not the newest known"),
    ("Copy of the records", no_anchor, "is gone"),
    ("Seals of the log", seals_late, "the oldest of"),
    ("Seals of the log", forged_seal, "without the key"),
    ("Looks", look_waits, "wait in files"),
    ("Worker", worker_silent, "silent"),
    ("Worker", beat_to_come, "silent"),
    ("Messages", mail_silent, "none handed over"),
    ("Messages", mail_late, "not delivered"),
    ("Messages", mail_refused, "refused by the mail server"),
]


def test_all_is_well_and_everything_has_a_way_to_turn() -> None:
    assert [state for state in conditions(AT) if not state.is_well] == []
    assert [name for name, _ in LOOKED_AT] == list(dict.fromkeys(name for name, _, _ in TURNED))


@pytest.mark.parametrize(("name", "make", "words"), TURNED, ids=[make.__name__ for _, make, _ in TURNED])
def test_each_turns_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, make: Make, words: str
) -> None:
    make(monkeypatch, tmp_path)
    wrong, *others = [state for state in conditions(AT) if not state.is_well]
    assert not others or make is away, "nothing else turns"
    assert wrong.name == name
    assert words in wrong.words
    assert wrong.do
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()["wrong"][0]) == (503, name)


@pytest.mark.parametrize(("name", "make", "words"), TURNED[2:], ids=[make.__name__ for _, make, _ in TURNED[2:]])
def test_a_live_database_fails_its_check_for_each(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    make: Make,
    words: str,
) -> None:
    monkeypatch.setattr(stamp, "is_live", lambda: True)
    make(monkeypatch, tmp_path)
    with pytest.raises(SystemExit) as end:
        main(["check"])
    assert end.value.code == 1
    said = capsys.readouterr().out
    line = "trigger" if make is no_trigger else f"fails: {name}: "
    assert line in said
    assert words.rsplit(maxsplit=1)[-1] in said


def full(patch: pytest.MonkeyPatch, _: Path) -> None:
    patch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=condition.FULL - 1))


def held(patch: pytest.MonkeyPatch, _: Path) -> None:
    patch.setattr(condition, "_is_held", lambda file: True)


@pytest.mark.parametrize("make", [pytest.param(full, marks=pytest.mark.sqlite), held, read_only, damaged, away])
def test_no_tick_stands_at_the_database_while_nothing_can_be_saved(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, make: Make
) -> None:
    make(monkeypatch, tmp_path)
    of_database = next(state for state in conditions(AT) if state.name == "Database")
    assert not of_database.is_well
    assert of_database.do


def test_a_seal_without_the_key_stays_on_the_list_until_it_is_accepted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Sealing goes on past it, and it stands no longer at the end."""
    forged_seal()
    with acting(SYSTEM):
        outbox.queue(purpose="trial", about={}, dedupe_key="one", at=AT, user_id=1)
    handlers.seal_log("worker")
    handlers.seal_log("worker")
    assert seal.not_believed() == 0
    assert "Seals of the log" in [state.name for state in conditions(AT) if not state.is_well]
    with pytest.raises(SystemExit) as end:
        main(["accept-audit", "--because", "Written by hand, in a trial"])
    assert end.value.code == 0
    assert "Seals of the log" not in [state.name for state in conditions(AT) if not state.is_well]


@pytest.mark.sqlite
def test_a_damaged_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3  # noqa: PLC0415 - for this test

    file = tmp_path / "damaged.sqlite3"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE t (x)")
        made.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
    made.close()
    whole = bytearray(file.read_bytes())
    whole[8192:12288] = b"\xff" * 4096
    file.write_bytes(whole)
    plain = sqlite3.connect(file)
    monkeypatch.setattr(condition, "connection", SimpleNamespace(vendor="sqlite", cursor=lambda: _Cursor(plain)))
    assert condition.is_damaged()
    plain.close()


class _Cursor:
    def __init__(self, plain: Any) -> None:
        self.cursor = plain.cursor()

    def __enter__(self) -> Any:
        return self.cursor

    def __exit__(self, *_: object) -> None:
        self.cursor.close()
