"""`homeround check`: what fails, what only a demonstration may do without, and each with what to do."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from homeround.cli import readiness
from homeround.cli.checking import commands_missing
from homeround.cli.main import main, offered
from homeround.kernel import release, reviewed, stamp
from homeround.kernel.release import Signature
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _closed_folder(settings: Any, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    settings.DATA_DIR = tmp_path


@pytest.fixture
def live(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a database with demo data in it were stamped live."""
    monkeypatch.setattr(stamp, "is_live", lambda: True)


def run() -> int:
    with pytest.raises(SystemExit) as end:
        main(["check"])
    assert isinstance(end.value.code, int)
    return end.value.code


def test_a_demonstration_may_do_without_and_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    out = capsys.readouterr().out
    assert "fails:" not in out
    assert "for a demonstration only: No clinical safety officer has signed this release." in out
    assert "for a demonstration only: HOMEROUND_MAIL_URL: is not set" in out
    assert "Nobody has checked the reviewed data" in out
    assert "reasons to see somebody" in out
    assert out.endswith("Nothing fails. This is a demonstration.\n")


@pytest.mark.usefixtures("live")
def test_a_live_database_fails_for_each_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 1
    out, err = capsys.readouterr()
    for words in (
        "fails: No clinical safety officer has signed this release.",
        "fails: HOMEROUND_MAIL_URL: is not set",
        "fails: This version has no 'homeround backup' yet.",
        "fails: This version has no 'homeround restore' yet.",
        "fails: No proxy is named",
        "of the range for tests (999)",
        "of a demonstration.",
    ):
        assert words in out, words
    assert "for a demonstration only" not in out
    assert err.startswith("homeround: this live database is not ready: ")


def test_a_command_that_is_there_is_not_missed() -> None:
    missed = " ".join(fault.wrong for fault in commands_missing())
    assert "backup" in missed
    assert not [command.name for command in offered() if f"'homeround {command.name}'" in missed]


def test_a_named_proxy_ends_what_never_finishes(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for named, is_told in (((), True), (("10.0.0.5",), False)):
        settings.TRUSTED_PROXIES = named
        assert run() == 0
        assert ("nothing ends a form that never finishes" in capsys.readouterr().out) is is_told


def test_overdue_reviewed_data_fails_everywhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reviewed, "overdue", lambda on: ["a table of numbers"])
    assert run() == 1
    assert "fails: Reviewed data is overdue: a table of numbers." in capsys.readouterr().out


def test_a_folder_that_others_can_look_into_is_named(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    Path(settings.DATA_DIR).chmod(0o755)
    assert run() == 0
    assert f"Others on this machine can look into {settings.DATA_DIR}. Run: chmod go= " in capsys.readouterr().out


def test_a_signature_is_whole_or_does_not_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Signature("Somebody", "", date(2026, 11, 21)).stands
    monkeypatch.setattr(release, "CLINICAL_SAFETY", Signature("Somebody", "GMC 0000000", date(2026, 11, 21)))
    assert not readiness.unsigned()


@pytest.mark.postgres
def test_one_role_that_owns_and_writes_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert "for a demonstration only: The role of HOMEROUND_DATABASE_URL may write the audit log itself." in (
        capsys.readouterr().out
    )
