"""`homeround migrate`: a stamp for ever, and live only where everything live needs is there."""

import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from homeround.cli import migrating
from homeround.cli.main import main
from tests.installation import Installation, empty, end
from tests.world import World

FOR_LIVE = {
    "HOMEROUND_SECRET_KEY": secrets.token_urlsafe(60),
    "HOMEROUND_AUDIT_KEY": f"first:{secrets.token_hex(32)}",
    "HOMEROUND_MAIL_URL": "smtp://127.0.0.1:2525",
}


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["migrate", *args])
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.mark.django_db
def test_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert capsys.readouterr().out == (
        "The tables were up to date; triggers stand; this database is a demonstration.\n"
    )


@pytest.mark.postgres
@pytest.mark.django_db
def test_it_does_not_wait_for_ever_for_a_table_that_somebody_uses() -> None:
    assert run() == 0
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == (f"{migrating.LOCK_SECONDS}s",)


@pytest.mark.django_db
def test_a_demonstration_never_becomes_live(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--live") == 1
    assert "this database is a demonstration and stays one" in capsys.readouterr().err


@pytest.mark.django_db
def test_what_may_not_be_in_a_live_database_is_counted(world: World) -> None:
    said = " ".join(map(str, migrating.unfit_contents()))
    assert "7 NHS numbers of the range for tests (999)." in said
    assert "accounts of a demonstration." in said


@pytest.fixture
def fresh() -> Iterator[Installation]:
    """An installation with an empty database, and with all settings that live needs."""
    with empty(**FOR_LIVE) as installation:
        yield installation


@pytest.mark.slow
@pytest.mark.sqlite
def test_live_is_refused_without_its_settings_and_stands_with_them(fresh: Installation) -> None:
    refused = fresh.run("migrate", "--live", HOMEROUND_MAIL_URL="", HOMEROUND_BASE_URL="http://homeround.example")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "HOMEROUND_MAIL_URL" in refused.stderr
    assert "plain HTTP" in refused.stderr
    assert not (fresh.folder / "homeround.sqlite3").exists() or not fresh.rows("SELECT 1 FROM sqlite_master")

    done = fresh.run("migrate", "--live")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("this database is live.\n")
    assert fresh.rows("SELECT kind FROM kernel_stamp") == [("live",)]
    assert "is live" in fresh.run("demo").stderr
    worker = fresh.run("worker", HOMEROUND_MAIL_URL="")
    assert worker.returncode == 1
    assert "HOMEROUND_MAIL_URL" in worker.stderr


@pytest.fixture
def two_roles(fresh: Installation) -> Iterator[Installation]:
    """An installation on PostgreSQL whose tables belong to another role than the one requests work with."""
    application = f"homeround_application_{secrets.token_hex(3)}"
    address = urlsplit(fresh.database_url)
    with psycopg.connect(fresh.database_url, autocommit=True) as server:
        server.execute(f"CREATE ROLE {application} LOGIN")
    url = address._replace(netloc=f"{application}@{address.netloc.rpartition('@')[2]}").geturl()
    given = {**FOR_LIVE, "HOMEROUND_DATABASE_URL": url, "HOMEROUND_OWNER_DATABASE_URL": fresh.database_url}
    yield Installation(fresh.folder, fresh.name, given)
    with psycopg.connect(fresh.database_url, autocommit=True) as server:
        server.execute(f"DROP OWNED BY {application}")
        server.execute(f"DROP ROLE {application}")


@pytest.mark.slow
@pytest.mark.postgres
def test_with_two_roles_it_stamps_as_owner_and_the_other_cannot_write_the_log(two_roles: Installation) -> None:
    done = two_roles.run("migrate", "--live")
    assert done.returncode == 0, done.stderr
    assert two_roles.rows("SELECT kind FROM kernel_stamp") == [("live",)]
    checked = two_roles.run("check")
    assert checked.returncode == 1
    assert "may write the audit log itself" not in checked.stdout
    assert "fails: This version has no 'homeround backup' yet." in checked.stdout
    beat = (
        "from homeround.jobs.clock import now\nfrom homeround.kernel.delivery import heartbeat\nheartbeat.beat(now())"
    )
    two_roles.python(beat)
    assert len(two_roles.rows("SELECT 1 FROM kernel_heartbeat")) == 1


@pytest.mark.slow
@pytest.mark.postgres
def test_a_first_migration_that_was_cut_off_can_be_run_again_and_the_rest_starts_without_the_owner(
    two_roles: Installation,
) -> None:
    """Cut off after the kernel's tables were made and before the other role was given any right."""
    two_roles.python(
        "from django.db import connections\n"
        "from django.db.migrations.executor import MigrationExecutor\n"
        "executor = MigrationExecutor(connections['owner'])\n"
        "executor.migrate([('kernel', '0001_initial')])"
    )
    done = two_roles.run("migrate", "--live")
    assert done.returncode == 0, done.stderr
    assert two_roles.rows("SELECT kind FROM kernel_stamp") == [("live",)]
    refused = two_roles.run("run", HOMEROUND_OWNER_DATABASE_URL="")
    assert "No clinical safety officer has signed" in refused.stderr, "everything else is there"
    worker = two_roles.start("worker", HOMEROUND_OWNER_DATABASE_URL="")
    assert worker.stdout is not None
    assert "is at work" in worker.stdout.readline()
    end(worker)


@pytest.mark.slow
@pytest.mark.postgres
def test_live_on_postgresql_needs_a_role_that_cannot_write_the_log(fresh: Installation) -> None:
    owner = Installation(fresh.folder, fresh.name, {**FOR_LIVE, "HOMEROUND_OWNER_DATABASE_URL": fresh.database_url})
    done = owner.run("migrate", "--live")
    assert done.returncode == 1
    assert "may write the audit log itself" in done.stderr
    assert not owner.rows("SELECT * FROM kernel_stamp")
