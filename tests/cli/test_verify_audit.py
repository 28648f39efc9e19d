"""`homeround verify-audit`: exit codes and lines; what it finds has its tests in tests/kernel/audit/test_seal.py."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from homeround.cli.main import main
from homeround.kernel.audit import seal, triggers
from homeround.kernel.models import AuditEntry
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


@pytest.fixture
def anchor(settings: Any, tmp_path: Path, world: World) -> Path:
    """A sealed log, and the anchor that was written of it."""
    settings.AUDIT_ANCHOR = tmp_path / "anchor.json"
    seal.seal(AT)
    return tmp_path / "anchor.json"


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["verify-audit", *args])
    assert isinstance(end.value.code, int)
    return end.value.code


def test_a_sound_log_is_said_to_be_sound(anchor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--anchor", str(anchor)) == 0
    out = capsys.readouterr().out
    assert out.startswith("Sealed entries: ")
    assert "Nothing was changed, removed, added or reordered. Compared with the anchor given" in out


def test_what_is_not_sealed_yet_is_counted(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    out = capsys.readouterr().out
    assert f"Not sealed yet: {AuditEntry.objects.count():,}, the oldest of " in out
    assert "could still change these unseen" in out


def test_a_changed_entry_is_named_and_fails(anchor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = AuditEntry.objects.order_by("-id").first()
    assert entry is not None
    triggers.drop(connection)
    AuditEntry.objects.filter(pk=entry.pk).update(table_name="something_else")
    triggers.install(connection)
    assert run() == 1
    out, err = capsys.readouterr()
    assert f"changed: Entry {entry.pk} was changed after it was sealed." in out
    assert err == "homeround: the audit log is not sound: 1 finding.\n"


def test_a_cut_off_end_is_found_by_the_anchor(anchor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_audit_seal")
    triggers.install(connection)
    assert run("--anchor", str(anchor)) == 1
    assert "cut off" in capsys.readouterr().out


def test_a_file_that_is_no_anchor_is_one_line(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.json").write_text("{}")
    assert run("--anchor", str(tmp_path / "other.json")) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert run("--anchor", str(tmp_path / "not-there.json")) == 2
    assert capsys.readouterr().err.count("\n") == 1
