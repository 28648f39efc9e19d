"""The triggers on SQLite, and the functions of ours that they call.

The functions exist only in connections made by this program: a plain sqlite3 shell cannot write to logged tables ("no
such function: homeround_actor"). Intended. `INSERT OR REPLACE` cannot slip past while `recursive_triggers` is on
(settings).
"""

import secrets
import sqlite3
from collections.abc import Mapping
from typing import Final

from django.db.backends.utils import CursorWrapper

from homeround.kernel.audit.actor import actor_of_context, is_correcting
from homeround.kernel.audit.digests import of_payload
from homeround.kernel.audit.tables import DISPOSAL, ENTRY, INSERT_ONLY, LOOK, PAYLOAD, Table
from homeround.kernel.audit.trigger import (
    APPEND_ONLY,
    NO_DISPOSAL,
    NOBODY_ACTS,
    NOT_DELETED,
    PREFIX,
    WRITTEN_ONCE,
    Place,
    Trigger,
)

_EVENTS: Final = {"i": "INSERT", "u": "UPDATE", "d": "DELETE"}
_CLOCK: Final = "strftime('%Y-%m-%d %H:%M:%f', 'now')"


def register_functions(connection: sqlite3.Connection) -> None:
    """Give a new connection what the triggers call."""
    payload = _Payload()
    connection.create_function("homeround_actor", 0, actor_of_context)
    connection.create_function("homeround_correcting", 0, is_correcting)
    connection.create_function("homeround_digest", 2, payload.salted)
    connection.create_function("homeround_salt", 0, lambda: payload.salt)
    connection.create_function("homeround_body", 0, lambda: payload.body)


class _Payload:
    """The payload of the entry being written: a trigger has no variables, so its second insert asks here for salt and
    body.
    """

    salt = ""
    body = ""

    def salted(self, head: str, body: str) -> str:
        self.salt, self.body = secrets.token_hex(16), body
        return of_payload(self.salt, head, body)


def prepare(cursor: CursorWrapper) -> None:
    """Nothing to make: the functions belong to the connection."""


def present(cursor: CursorWrapper) -> dict[Place, str]:
    cursor.execute(
        "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s", [f"{PREFIX}*"]
    )
    return {Place(table, name): sql for table, name, sql in cursor.fetchall()}


def remove(cursor: CursorWrapper, place: Place) -> None:
    cursor.execute(f'DROP TRIGGER "{place.name}"')


def wanted(tables: Mapping[str, Table]) -> list[Trigger]:
    triggers = [_look_is_logged(tables[LOOK])]
    for table in tables.values():
        if table.is_logged:
            triggers += [_logged(table, op) for op in _EVENTS]
        if table.is_kept:
            triggers += [_written_once(table), _refused(table.name, "DELETE", NOT_DELETED)]
        if table.name in INSERT_ONLY:
            triggers += [_refused(table.name, event, APPEND_ONLY) for event in ("UPDATE", "DELETE")]
    triggers.append(_refused(PAYLOAD, "UPDATE", APPEND_ONLY))
    disposed = f"NOT EXISTS (SELECT 1 FROM {DISPOSAL} WHERE entry_id = OLD.entry_id)"  # noqa: S608 - names of ours
    triggers.append(_refused(PAYLOAD, "DELETE", NO_DISPOSAL, when=disposed))
    return triggers


def _trigger(table: str, what: str, event: str, body: str, when: str = "") -> Trigger:
    name = f"{PREFIX}{what}_{table}"
    condition = f"WHEN {when} " if when else ""
    sql = f'CREATE TRIGGER "{name}" {event} ON "{table}" {condition}BEGIN {body} END'
    return Trigger(Place(table, name), sql, shape=sql)


def _refused(table: str, event: str, words: str, when: str = "") -> Trigger:
    return _trigger(table, f"no_{event.lower()}", f"BEFORE {event}", f"SELECT RAISE(ABORT, '{words}');", when)


def _logged(table: Table, op: str) -> Trigger:
    row = "OLD" if op == "d" else "NEW"
    before = "NULL" if op == "i" else _as_json(table, "OLD")
    after = "NULL" if op == "d" else _as_json(table, "NEW")
    body = _entry(
        table,
        row,
        op=f"'{op}'",
        actor="homeround_actor()",
        payload=f"json_object('before', {before}, 'after', {after})",
    )
    return _trigger(table.name, f"log_{op}", f"AFTER {_EVENTS[op]}", body)


def _look_is_logged(look: Table) -> Trigger:
    """A look carries its actor itself: it is one insert outside any action."""
    payload = f"json_object('before', NULL, 'after', {_as_json(look, 'NEW')})"
    return _trigger(look.name, "log_i", "AFTER INSERT", _entry(look, "NEW", "NEW.kind", "NEW.actor", payload))


def _entry(table: Table, row: str, op: str, actor: str, payload: str) -> str:
    """Head first; inside a trigger `last_insert_rowid()` is then the head's number."""
    subject = f'{row}."{table.subject_column}"' if table.subject_column else "NULL"
    place = f'{row}."{table.place_column}"' if table.place_column else "NULL"
    said = (_CLOCK, actor, f"'{table.name}'", f'{row}."{table.key}"', op, subject, place)
    head = " || char(10) || ".join(f"coalesce({value}, '')" for value in said)
    return (
        f"SELECT RAISE(ABORT, '{NOBODY_ACTS}') WHERE {actor} IS NULL; "  # noqa: S608 - names of our own tables
        f"INSERT INTO {ENTRY} (logged_at, actor, table_name, row_id, op, subject_id, place_id, digest) "
        f"VALUES ({_CLOCK}, {actor}, '{table.name}', {row}.\"{table.key}\", {op}, {subject}, {place}, "
        f"homeround_digest({head}, {payload})); "
        f"INSERT INTO {PAYLOAD} (entry_id, salt, body) "
        "VALUES (last_insert_rowid(), homeround_salt(), homeround_body());"
    )


def _as_json(table: Table, row: str) -> str:
    pairs = []
    for column in table.columns:
        if column in table.left_out:
            continue
        value = f'{row}."{column}"'
        pairs.append(f"'{column}', {f'hex({value})' if column in table.blobs else value}")
    return f"json_object({', '.join(pairs)})"


def _written_once(table: Table) -> Trigger:
    """Nothing changes but an end, filled once and whole, and by a correction `stands` or an end that is emptied."""
    ends = table.end_columns
    fixed = [column for column in table.columns if column not in (*ends, "stands")]
    end_differs = _differs(ends)
    refused = [
        _differs(fixed),
        f"({_differs(['stands'])} AND NOT homeround_correcting())",
        f"((OLD.ended_at IS NULL) = (NEW.ended_at IS NULL) AND ({end_differs}))",
        "(OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL AND NOT homeround_correcting())",
    ]
    for column in ends:
        filled = f'(NEW."{column}" IS NOT NULL AND NEW."{column}" <> \'\')'
        refused.append(f"((NEW.ended_at IS NOT NULL) <> {filled} AND ({end_differs}))")
    words = f"SELECT RAISE(ABORT, '{WRITTEN_ONCE}');"
    return _trigger(table.name, "once", "BEFORE UPDATE", words, when=" OR ".join(refused))


def _differs(columns: tuple[str, ...] | list[str]) -> str:
    return " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
