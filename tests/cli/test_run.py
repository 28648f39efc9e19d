"""`homeround run`: serves, ends when it is told to, starts only on a database that can be relied on, loses nothing."""

import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any

import click
import pytest
from django.db import connection

from homeround.cli import serving
from homeround.cli.main import homeround, main, offered
from homeround.cli.start import Needs
from homeround.kernel import stamp
from homeround.kernel.audit import triggers
from tests.installation import END_WITHIN, Installation, empty, free_port, kill
from tests.visitor import BUSY, Visitor

PASSWORD = "demonstration-only"
WRITERS = 8
ACKNOWLEDGED_BEFORE_THE_KILL = 24


@pytest.mark.slow
def test_killed_while_eight_write_it_loses_nothing_it_acknowledged(copy_of_demo: Installation) -> None:
    acknowledged: list[str] = []
    with copy_of_demo.served() as (address, server):
        visitors = [Visitor(address) for _ in range(WRITERS)]
        pages = [visitor.signs_in("cora", PASSWORD).page for visitor in visitors]
        writers = [
            threading.Thread(target=_write, args=(visitor, page, number, acknowledged), daemon=True)
            for number, (visitor, page) in enumerate(zip(visitors, pages, strict=True))
        ]
        for writer in writers:
            writer.start()
        _wait_until(lambda: len(acknowledged) >= ACKNOWLEDGED_BEFORE_THE_KILL)
        kill(server)
        for writer in writers:
            writer.join(END_WITHIN)
    kept = [words for (words,) in copy_of_demo.rows("SELECT words FROM deterioration_concern")]
    assert len(acknowledged) >= ACKNOWLEDGED_BEFORE_THE_KILL
    assert not [words for words in acknowledged if kept.count(words) != 1]
    verified = copy_of_demo.run("verify-audit")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def _write(visitor: Visitor, page: str, number: int, acknowledged: list[str]) -> None:
    """Raise concerns about a person until the server is gone; what it answered with 303 is acknowledged."""
    person = re.findall(r"/residents/([0-9A-Z]{16})/concerns/new", page)[-1]
    serial = 0
    while serial < 1000:
        words = f"trial {number}-{serial}"
        try:
            answer = visitor.sends(f"/residents/{person}/concerns/new", help_now="no", words=words, when="now")
        except OSError:
            return
        if answer.status == BUSY:  # not saved, and said so: the same words again, to be kept once
            continue
        if answer.status != 303:
            return
        acknowledged.append(words)
        serial += 1


@pytest.mark.slow
@pytest.mark.sqlite
def test_it_ends_when_told_to_at_any_moment_of_its_start(copy_of_demo: Installation) -> None:
    for after in (0.0, 0.2, 1.0):
        server = copy_of_demo.start("run", HOMEROUND_PORT=str(free_port()))
        assert server.stdout is not None
        while "Homeround is at http://127.0.0.1:" not in server.stdout.readline():
            assert server.poll() is None
        time.sleep(after)
        server.send_signal(signal.SIGTERM)
        try:
            server.communicate(timeout=END_WITHIN)
        except subprocess.TimeoutExpired:
            kill(server)
            pytest.fail(f"told to end {after} s after it began to listen, it had not ended after {END_WITHIN} s")
        assert server.returncode == 0


def test_a_port_in_use_is_one_line(demo: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = demo.run("run", HOMEROUND_PORT=str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "cannot be used" in done.stderr
    assert "HOMEROUND_PORT" in done.stderr


def test_a_demonstration_is_for_this_machine_unless_told_twice(demo: Installation) -> None:
    done = demo.run("run", "--address", "0.0.0.0")  # noqa: S104 - refused
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--beyond-this-machine" in done.stderr


def test_it_does_not_start_on_an_empty_database() -> None:
    with empty() as installation:
        done = installation.run("run")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "homeround migrate" in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("name", [command.name for command in offered() if command.needs is Needs.READY])
def test_nothing_starts_without_a_trigger_and_migrate_mends_it(name: str) -> None:
    """Whatever a command is given: it is refused before its body begins."""
    triggers.drop(connection)
    command = homeround.get_command(click.Context(homeround), name)
    assert command is not None
    assert command.callback is not None
    with pytest.raises(click.ClickException, match=r"Not as it must be: \d+ triggers"):
        command.callback()
    assert ended(["migrate"]) == 0
    assert not triggers.missing(connection)


@pytest.mark.django_db
def test_a_command_that_is_refused_says_so_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    triggers.drop(connection)
    assert ended(["run"]) == 1
    assert re.fullmatch(r"homeround: Not as it must be: \d+ triggers .*\n", capsys.readouterr().err)


def test_only_commands_that_make_the_database_or_look_at_it_start_without_its_triggers() -> None:
    """A new command is refused there unless its row on the list says that it needs less."""
    assert {command.name for command in offered() if command.needs is not Needs.READY} <= {
        "migrate",
        "demo",
        "check",
        "verify-audit",
        "deadline",
    }


def test_a_path_that_names_no_database_is_said_and_not_created(demo: Installation) -> None:
    typo = demo.folder / "typo" / "hoemround.sqlite3"
    for command in ("run", "worker", "check", "verify-audit"):
        done = demo.run(command, HOMEROUND_DATABASE_URL=f"sqlite:///{typo}", HOMEROUND_DATA_DIR="")
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), command
        assert f"there is no database at {typo}" in done.stderr
    assert not typo.parent.exists()


def test_a_live_database_is_not_served_unsigned_unless_told(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(stamp, "is_live", lambda: True)
    with pytest.raises(click.ClickException, match="HOMEROUND_SERVE_UNSIGNED=yes"):
        serving.refuse_unsigned_live()
    settings.SERVE_UNSIGNED = True
    serving.refuse_unsigned_live()


def ended(args: list[str]) -> int:
    with pytest.raises(SystemExit) as end:
        main(args)
    assert isinstance(end.value.code, int)
    return end.value.code


def test_settings_that_cannot_be_used_are_one_line_and_exit_2(demo: Installation) -> None:
    done = demo.run("run", HOMEROUND_PORT="nine", HOMEROUND_BASE_URL="ftp://x")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "HOMEROUND_PORT" in done.stderr
    assert "HOMEROUND_BASE_URL" in done.stderr


def _wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("nothing was acknowledged")
