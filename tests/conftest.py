"""What holds for every test: no network, no live database, a flush that gets past the audit, no warning unread."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connection

from tests import databases

OPEN_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def pytest_report_header() -> str:
    return f"database: {databases.chosen()}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that holds on one database only stands aside on the other, and one without its open data says so."""
    other = {databases.SQLITE: "postgres", databases.POSTGRESQL: "sqlite"}[databases.chosen()]
    for item in items:
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"holds on {other} only"))
        if item.get_closest_marker("open_data") and not OPEN_DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason="the public files are absent: ../shared/data"))


@pytest.fixture(scope="session")
def open_data() -> Path:
    """Return the folder of public files; for tests marked open_data."""
    return OPEN_DATA


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def to_this_machine(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise RuntimeError(f"A test may not reach {address[0]}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", to_this_machine)
        yield


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_audit() -> Iterator[None]:
    """Let Django empty the tables after a test of several transactions; the product knows no way round the triggers."""
    flush_all = flush.Command.handle

    def handle(self: flush.Command, **options: Any) -> None:
        from homeround.kernel.audit import triggers  # noqa: PLC0415 - when Django is set up

        triggers.drop(connection)
        try:
            flush_all(self, **options)
        finally:
            triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield
