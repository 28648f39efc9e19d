"""What the application's role may do on PostgreSQL, when another role owns the tables (HOMEROUND_OWNER_DATABASE_URL).

It reads the log and cannot write, change or empty it; it adds seals and looks; it never deletes kept rows. Granted anew
after every migration. Where one role owns and writes (a demo), nothing is granted and `homeround check` says so. H57.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from homeround.kernel.audit.tables import ACCEPTED, DISPOSAL, ENTRY, LOOK, PAYLOAD, SEAL, STAMP, Table, tables_of
from homeround.kernel.audit.triggers_postgresql import CALLED_BY_THE_APPLICATION

READ: Final = "SELECT"
ADD: Final = "SELECT, INSERT"
KEEP: Final = "SELECT, INSERT, UPDATE"
ALL: Final = "SELECT, INSERT, UPDATE, DELETE"

_RIGHTS: Final = {
    ENTRY: READ,
    PAYLOAD: READ,
    DISPOSAL: READ,
    STAMP: READ,
    SEAL: ADD,
    ACCEPTED: ADD,
    LOOK: ADD,
    "django_migrations": READ,
}


def application_role() -> str | None:
    """The role the application signs in with when another one owns the tables; None when one role does both."""
    if "owner" not in connections:
        return None
    return str(connections["default"].settings_dict["USER"])


def one_role_owns_and_writes(connection: BaseDatabaseWrapper) -> bool:
    """Whether the role of this connection could write or empty the log itself, as in a demo on PostgreSQL. SQLite has
    no roles, so no.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'INSERT, UPDATE, DELETE, TRUNCATE')", [ENTRY])
        return bool(cursor.fetchone()[0])


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside, this thread works as the role that owns the tables, where there is one. For `homeround migrate` only."""
    if "owner" not in connections:
        yield
        return
    application = connections["default"]
    connections["default"] = connections["owner"]
    try:
        yield
    finally:
        connections["default"] = application


def grant_application_role(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give `role` exactly the rights above. `connection` is the owner's; nothing happens for the owner itself or on
    SQLite.
    """
    if connection.vendor != "postgresql":
        return
    quoted = connection.ops.quote_name(role)
    ours = tables_of(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s, quote_ident(current_schema())", [role])
        is_owner, schema = cursor.fetchone()
        if is_owner:
            return
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
        for name in connection.introspection.table_names(cursor):
            table = connection.ops.quote_name(name)
            cursor.execute(f"REVOKE ALL ON {table} FROM {quoted}")
            cursor.execute(f"GRANT {rights_on(name, ours.get(name))} ON {table} TO {quoted}")
        cursor.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}")
        for function in CALLED_BY_THE_APPLICATION:
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {quoted}")


def rights_on(name: str, table: Table | None) -> str:
    """What the application's role may do with a table; `table` is None for those of others (sessions, sign-in)."""
    if name in _RIGHTS:
        return _RIGHTS[name]
    return KEEP if table is not None and table.is_kept else ALL
