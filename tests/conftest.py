"""What holds for every test: no network, no live database, a flush that gets past the audit, no warning unread."""

import gc
import os
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.conf import settings as django_settings
from django.core.management.commands import flush
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests import databases, installation, settings

if TYPE_CHECKING:
    from homeround.kernel.audit.noticed import Looks
    from tests.world import World

LOOPBACK = ("127.0.0.1", "::1", "localhost")
ELSEWHERE = "holds on another database only"


def pytest_configure() -> None:
    settings.COMPILED_TEMPLATES.mkdir(parents=True, exist_ok=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        installation.forget_demo()
        shutil.rmtree(settings.FOLDER, ignore_errors=True)


def pytest_collection_finish() -> None:
    """What was imported by now stays to the end: the collector of garbage need not go through it again and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_report_header() -> str:
    return f"database: {databases.chosen()}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that holds on one database only, or says the same on both, stands aside on the other; `make test` runs
    both.
    """
    others = {databases.SQLITE: {"postgres"}, databases.POSTGRESQL: {"sqlite", "once"}}[databases.chosen()]
    for item in items:
        if others & {marker.name for marker in item.iter_markers()}:
            item.add_marker(pytest.mark.skip(reason=ELSEWHERE))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Under CI what cannot run fails: a skipped test counts as a failed one, unless it runs on the other database."""
    outcome: Any = yield
    report = outcome.get_result()
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if skipped and os.environ.get("CI") == "true" and ELSEWHERE not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"could not run, and under CI that fails: {report.longrepr}"


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


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether the database of this process is there already: a copy of the empty one that an earlier run migrated."""
    if databases.chosen() != databases.SQLITE or not databases.template().exists():
        return False
    shutil.copyfile(databases.template(), cast("Any", connection.creation)._get_test_db_name())
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: DjangoDbBlocker) -> None:
    """The database of the tests is a demo, as a fresh one of the product is."""
    with django_db_blocker.unblock():
        if databases.chosen() == databases.SQLITE and not django_db_keepdb:
            connection.ensure_connection()
            databases.keep_as_template(connection.connection)
        stamp_demo()


def stamp_demo() -> None:
    """Stamp the tests' database, also after it was emptied."""
    from homeround.kernel import stamp  # noqa: PLC0415 - when Django is set up

    stamp.put(stamp.DEMO, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_audit() -> Iterator[None]:
    """Let Django empty the tables after a test of several transactions; the product knows no way round the triggers."""
    flush_all = flush.Command.handle

    def handle(self: flush.Command, **options: Any) -> None:
        from homeround.kernel.audit import triggers  # noqa: PLC0415 - when Django is set up
        from tests import snapshot  # noqa: PLC0415 - when Django is set up

        if snapshot.emptied():
            stamp_demo()
            return
        triggers.drop(connection)
        try:
            flush_all(self, **options)
            if connection.vendor == "sqlite":  # a log that begins anew gives its numbers out anew
                with connection.cursor() as cursor:
                    cursor.execute("DELETE FROM sqlite_sequence WHERE name LIKE 'kernel_audit_%'")
        finally:
            triggers.install(connection)
            stamp_demo()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield


@pytest.fixture(autouse=True)
def _no_anchor_of_another_test() -> Iterator[None]:
    """A test that seals leaves no anchor behind: the next one's database is another, and would be found unsound."""
    yield
    if django_settings.configured:
        Path(django_settings.AUDIT_ANCHOR).unlink(missing_ok=True)


@pytest.fixture
def world(db: None) -> "World":
    """The small named world, built through the actions (tests/world.py)."""
    from tests.world import lay  # noqa: PLC0415 - when Django is set up

    return lay()


@pytest.fixture
def looks() -> "Iterator[Looks]":
    """Doors may be opened for reading; what they noticed is here."""
    from homeround.kernel.audit.noticed import looking  # noqa: PLC0415 - when Django is set up

    with looking() as noticed:
        yield noticed
