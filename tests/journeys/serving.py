"""A real server on a database of its own, as `homeround run` serves it, for as long as the journeys last."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
HOMEROUND = [sys.executable, "-c", "from homeround.config.command import main; main()"]
DATABASE = "journeys.sqlite3"
START_WITHIN = 60.0
END_WITHIN = 15.0


@contextmanager
def served(folder: Path, builder: str) -> Iterator[str]:
    """Migrate a new database in `folder`, run `builder` (MODULE:FUNCTION) on it, and serve it; gives its address."""
    environment = _environment(folder)
    _run([*HOMEROUND, "migrate"], environment)
    module, _, function = builder.partition(":")
    build = f"import django; django.setup(); from {module} import {function}; {function}()"
    _run([sys.executable, "-c", build], environment)
    with _running(folder, environment) as address:
        yield address


@dataclass(frozen=True)
class Demo:
    """A served demo: its address, what `homeround demo` lists of it, and where it lies."""

    site: str
    listed: dict[str, list[dict[str, str]]]
    folder: Path
    environment: dict[str, str]

    def command(self, *args: str) -> str:
        """Run `homeround ARGS` on its database to a good end; gives what it prints."""
        return _run([*HOMEROUND, *args], self.environment)

    def rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        """What a statement reads, past Django and every door."""
        with closing(sqlite3.connect(self.folder / DATABASE)) as database:
            return database.execute(sql, values).fetchall()


@contextmanager
def served_demo(folder: Path, open_data: Path | None) -> Iterator[Demo]:
    """Build the demo with `homeround demo`, on the official files of a folder or on invented places, and serve it."""
    environment = _environment(folder)
    places = ["--open-data", str(open_data)] if open_data else []
    listed = _run([*HOMEROUND, "demo", "--json", *places], environment)
    with _running(folder, environment) as address:
        yield Demo(address, json.loads(listed), folder, environment)


def _environment(folder: Path) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("HOMEROUND_")} | {
        "HOMEROUND_DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "HOMEROUND_DATA_DIR": str(folder),
        "HOMEROUND_SECRET_KEY": secrets.token_urlsafe(60),
        "DJANGO_SETTINGS_MODULE": "homeround.config.settings",
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def _running(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    port = _free_port()
    log = folder / "server.log"
    with log.open("w") as stream:
        server = subprocess.Popen(
            [*HOMEROUND, "run"],
            env=environment | {"HOMEROUND_PORT": str(port)},
            cwd=ROOT,
            stdout=stream,
            stderr=stream,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server, log)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(END_WITHIN)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):  # noqa: S310 - this machine
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"The server did not answer in {START_WITHIN:.0f} s.\n{log.read_text()}")
