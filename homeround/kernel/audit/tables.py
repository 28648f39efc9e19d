"""Which tables there are, read from the database itself, and what the log does with each.

From the database and not from the models, because triggers are made again after every migration, also after one that
stops half-way, when models and tables differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

ENTRY: Final = "kernel_audit_entry"
PAYLOAD: Final = "kernel_audit_payload"
DISPOSAL: Final = "kernel_audit_disposal"
SEAL: Final = "kernel_audit_seal"
ACCEPTED: Final = "kernel_audit_acceptance"
LOOK: Final = "kernel_look"
STAMP: Final = "kernel_stamp"
LOG: Final = frozenset({ENTRY, PAYLOAD, DISPOSAL, SEAL})

ENTRY_COLUMNS: Final = (
    "id",
    "logged_at",
    "actor",
    "table_name",
    "row_id",
    "op",
    "subject_id",
    "place_id",
    "digest",
)
PAYLOAD_COLUMNS: Final = ("entry_id", "salt", "body")
"""What the triggers write; a log without all of these is one half-way through a migration."""

INSERT_ONLY: Final = frozenset({ENTRY, DISPOSAL, SEAL, ACCEPTED, LOOK, STAMP})
"""No row of these changes or goes. A payload may go, once its disposal is written."""

NOT_LOGGED: Final = frozenset(
    {
        *(ENTRY, PAYLOAD, SEAL, LOOK),
        *("kernel_done", "kernel_draft", "kernel_heartbeat"),
        *("accounts_session", "accounts_try"),
    }
)
"""The log itself, what has its own entry (a look), and what is nobody's record: tokens, drafts, signs of life, sessions
and tries. Who signed in, and every change of how, is a row of accounts_signinevent, which is logged.
"""

LEFT_OUT: Final[Mapping[str, frozenset[str]]] = {
    "kernel_outbox": frozenset({"mailbox"}),
    "accounts_signinevent": frozenset({"address", "browser"}),
}
SECRET: Final = frozenset({"password"})
"""Columns that never reach a payload, by table and everywhere."""

KEPT_COLUMNS: Final = frozenset({"stands", "happened_at", "recorded_at", "ended_at", "ended_how", "retention"})
"""A table with all of these holds kept rows (kernel/record/kept.py)."""

END_COLUMNS: Final = frozenset({"ended_at", "ended_how", "ended_by_id"})


@dataclass(frozen=True)
class Table:
    """One of our tables as it stands. `columns` in their order; `key` its primary key; `blobs` its columns of bytes."""

    name: str
    columns: tuple[str, ...]
    key: str
    blobs: frozenset[str] = field(default=frozenset())

    def has(self, columns: Iterable[str]) -> bool:
        return set(columns) <= set(self.columns)

    @property
    def is_logged(self) -> bool:
        return self.name not in NOT_LOGGED

    @property
    def is_kept(self) -> bool:
        return self.has(KEPT_COLUMNS)

    @property
    def end_columns(self) -> tuple[str, ...]:
        return tuple(column for column in self.columns if column in END_COLUMNS)

    @property
    def left_out(self) -> frozenset[str]:
        return (LEFT_OUT.get(self.name, frozenset()) | SECRET) & set(self.columns)

    @property
    def subject_column(self) -> str | None:
        """The column that says which resident a row is about."""
        if self.name == settings.AUDIT_SUBJECT_TABLE:
            return self.key
        return self._first_of(settings.AUDIT_SUBJECT_COLUMN, "subject_id")

    @property
    def place_column(self) -> str | None:
        """The column that says which place a row belongs to."""
        return self._first_of(*settings.AUDIT_PLACE_COLUMNS, "place_id")

    def _first_of(self, *columns: str) -> str | None:
        return next((column for column in columns if column in self.columns), None)


def tables_of(connection: BaseDatabaseWrapper) -> dict[str, Table]:
    """Every table of our apps in this database, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS_OF[connection.vendor])
        rows: list[tuple[str, str, str, bool]] = cursor.fetchall()
    ours = _prefixes()
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for table, column, kind, in_key in rows:
        if table.startswith(ours):
            found.setdefault(table, []).append((column, kind.lower(), bool(in_key)))
    return {name: _table(name, columns) for name, columns in sorted(found.items())}


def _prefixes() -> tuple[str, ...]:
    return tuple(f"{app.label}_" for app in apps.get_app_configs() if app.name.split(".")[0] == "homeround")


def _table(name: str, columns: list[tuple[str, str, bool]]) -> Table:
    keys = [column for column, _, in_key in columns if in_key]
    if len(keys) != 1:
        raise RuntimeError(f"The log needs one primary key a table; {name} has {len(keys)}.")
    return Table(
        name,
        tuple(column for column, _, _ in columns),
        keys[0],
        frozenset(column for column, kind, _ in columns if kind in ("blob", "bytea")),
    )


_COLUMNS_OF: Final[Mapping[str, str]] = {
    "sqlite": """
        SELECT t.name, c.name, c.type, c.pk > 0
        FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.cid""",
    "postgresql": """
        SELECT t.relname, c.attname, format_type(c.atttypid, NULL), coalesce(c.attnum = ANY (k.conkey), false)
        FROM pg_class t
        JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
        LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
        WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace
        ORDER BY t.relname, c.attnum""",
}
