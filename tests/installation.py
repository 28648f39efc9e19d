"""An installation of its own, with real processes: a demo built once a test run by `homeround demo`, and copies of it.

On SQLite a copy is a copy of the folder; on PostgreSQL the database is made from the first one as a template.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError
from urllib.parse import urlsplit

from tests import databases, settings

ROOT = Path(__file__).resolve().parent.parent
HOMEROUND = [sys.executable, "-c", "from homeround.config.command import main; main()"]
START_WITHIN = 60.0
END_WITHIN = 20.0
DATABASE = "homeround.sqlite3"


@dataclass(frozen=True)
class Installation:
    """A database with the folder beside it, as the environment of a process names them."""

    folder: Path
    name: str
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def database_url(self) -> str:
        """Where its database is."""
        if databases.chosen() == databases.SQLITE:
            return f"sqlite:///{self.folder / DATABASE}"
        return urlsplit(_server())._replace(path=f"/{self.name}").geturl()

    def environment(self, **given: str) -> dict[str, str]:
        """The variables of a process of this installation and of no other."""
        left_out = ("HOMEROUND_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        ours = {"HOMEROUND_DATABASE_URL": self.database_url, "HOMEROUND_DATA_DIR": str(self.folder)}
        compiled_once = {"PYTHONPYCACHEPREFIX": str(settings.FOLDER / "compiled")}
        return {**compiled_once, **kept, "PYTHONPATH": str(ROOT), **ours, **self.given, **given}

    def run(self, *args: str, **given: str) -> subprocess.CompletedProcess[str]:
        """Run `homeround ARGS` to its end."""
        return subprocess.run(
            [*HOMEROUND, *args], env=self.environment(**given), cwd=ROOT, capture_output=True, text=True, check=False
        )

    def python(self, code: str, **given: str) -> str:
        """Run a piece of Python with Django set up; gives what it prints."""
        django = (
            "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'homeround.config.settings'; django.setup()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", django + code],
            env=self.environment(**given),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a statement reads, past Django and every door."""
        if databases.chosen() == databases.SQLITE:
            with sqlite3.connect(self.folder / DATABASE) as plain:
                return plain.execute(sql).fetchall()
        import psycopg  # noqa: PLC0415 - SQLite needs none

        with psycopg.connect(self.database_url) as opened:
            return opened.execute(sql).fetchall()

    def start(self, *args: str, into: IO[str] | None = None, **given: str) -> subprocess.Popen[str]:
        """Start `homeround ARGS` in a group of processes of its own; what it prints can be read, or goes `into`."""
        return subprocess.Popen(
            [*HOMEROUND, *args],
            env=self.environment(**given),
            cwd=ROOT,
            stdout=into or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @contextmanager
    def served(self) -> Iterator[tuple[str, subprocess.Popen[str]]]:
        """Serve it; gives the address and the process, which is ended, or killed, afterwards."""
        port, log = free_port(), self.folder / "server.log"
        with log.open("w", encoding="utf-8") as printed:
            server = self.start("run", into=printed, HOMEROUND_PORT=str(port))
            try:
                address = f"http://127.0.0.1:{port}"
                _wait_for(address, server, log)
                yield address, server
            finally:
                end(server)


@contextmanager
def empty(**given: str) -> Iterator[Installation]:
    """An installation with an empty database, for as long as it is needed."""
    name = f"homeround_empty_{secrets.token_hex(4)}"
    made = _new(name)
    try:
        yield Installation(made.folder, name, given)
    finally:
        _drop(name)


@contextmanager
def copy_of_demo() -> Iterator[Installation]:
    """A copy of the demo of this test run, for as long as it is needed."""
    first, name = built_demo(), f"homeround_copy_{secrets.token_hex(4)}"
    folder = settings.FOLDER / name
    shutil.copytree(first.folder, folder)
    if databases.chosen() == databases.POSTGRESQL:
        _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{first.name}"')
    try:
        yield Installation(folder, name)
    finally:
        _drop(name)


def built_demo() -> Installation:
    """The demo of this test run, to be copied and not worked with: PostgreSQL copies a database that nobody uses.

    The first process that asks builds it with `homeround demo`, the others wait.
    """
    settings.FOLDER.mkdir(parents=True, exist_ok=True)
    name = _name_of_demo()
    with (settings.FOLDER / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = settings.FOLDER / name
        if (folder / "built").exists():
            return Installation(folder, name)
        demo = _new(name)
        done = demo.run("demo")
        assert done.returncode == 0, done.stdout + done.stderr
        demo.python("from homeround.cli.serving import collect_static\ncollect_static()")
        (folder / "built").touch()
        return demo


def forget_demo() -> None:
    """Take the demo of this test run away again, if one was built."""
    if (settings.FOLDER / _name_of_demo()).exists():
        _drop(_name_of_demo())


def end(process: subprocess.Popen[str]) -> None:
    """End a process as a person or an operating system does; kill what does not end."""
    if process.poll() is None:
        process.terminate()
    try:
        process.communicate(timeout=END_WITHIN)
    except subprocess.TimeoutExpired:
        kill(process)
        raise


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a process and all that it started, as a machine does that loses power."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _name_of_demo() -> str:
    return f"homeround_demo_{settings.FOLDER.name[-8:]}"


def _new(name: str) -> Installation:
    folder = settings.FOLDER / name
    folder.mkdir(parents=True, mode=0o700)
    if databases.chosen() == databases.POSTGRESQL:
        _on_server(f'CREATE DATABASE "{name}"')
    return Installation(folder, name)


def _drop(name: str) -> None:
    shutil.rmtree(settings.FOLDER / name)
    if databases.chosen() == databases.POSTGRESQL:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _wait_for(address: str, server: subprocess.Popen[str], log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AssertionError(f"The server ended: {log.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(f"{address}/health/serving", timeout=2):  # noqa: S310 - this machine
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The server did not answer in {START_WITHIN:.0f} s.")


def _server() -> str:
    return os.environ["HOMEROUND_TEST_DATABASE_URL"]


def _on_server(sql: str) -> None:
    import psycopg  # noqa: PLC0415 - SQLite needs none

    with psycopg.connect(_server(), autocommit=True) as server:
        server.execute(sql)
