"""The triggers on PostgreSQL, and the functions they call, owned by whoever migrates.

The functions run with the owner's rights and a fixed search path, so the application's role needs no right to write to
the log (roles.py). Outside an action the actor is `db:` and the session's user.
"""

from collections.abc import Mapping
from enum import IntFlag
from typing import Final

from django.db.backends.utils import CursorWrapper

from homeround.kernel.audit.actor import ACTOR_SETTING, CORRECTING_SETTING
from homeround.kernel.audit.tables import DISPOSAL, ENTRY, INSERT_ONLY, LOOK, PAYLOAD, Table
from homeround.kernel.audit.trigger import (
    APPEND_ONLY,
    NO_DISPOSAL,
    NOT_DELETED,
    PREFIX,
    WRITTEN_ONCE,
    Place,
    Trigger,
)


class _On(IntFlag):
    """PostgreSQL's own bits for when a trigger fires (pg_trigger.tgtype)."""

    ROW = 1
    BEFORE = 2
    INSERT = 4
    DELETE = 8
    UPDATE = 16
    TRUNCATE = 32


_EVENTS: Final = (_On.INSERT, _On.DELETE, _On.UPDATE, _On.TRUNCATE)

HORIZON: Final = "audit_horizon()"
DISPOSE: Final = "audit_dispose(bigint, text, timestamptz, text)"
CALLED_BY_THE_APPLICATION: Final = (HORIZON, DISPOSE)
"""What the application's role may call; all other functions are the triggers' own."""


def prepare(cursor: CursorWrapper) -> None:
    """Make the functions, for nobody to call but the triggers and the owner."""
    cursor.execute("SELECT quote_ident(current_schema())")
    (schema,) = cursor.fetchone()
    for signature, returns, body in _FUNCTIONS:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {_ARGUMENTS.get(signature, signature)} RETURNS {returns} LANGUAGE plpgsql "
            f"SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $body${body}$body$"
        )
        cursor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")


def present(cursor: CursorWrapper) -> dict[Place, str]:
    cursor.execute(
        """SELECT t.relname, g.tgname, g.tgtype::int, p.proname, encode(g.tgargs, 'hex'), g.tgenabled
        FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
        WHERE NOT g.tgisinternal AND starts_with(g.tgname, %s) AND t.relnamespace = current_schema()::regnamespace""",
        [PREFIX],
    )
    return {
        Place(table, name): _shape(on, function, _split(bytes.fromhex(arguments)), switched_on == "O")
        for table, name, on, function, arguments, switched_on in cursor.fetchall()
    }


def remove(cursor: CursorWrapper, place: Place) -> None:
    cursor.execute(f'DROP TRIGGER "{place.name}" ON "{place.table}"')


def wanted(tables: Mapping[str, Table]) -> list[Trigger]:
    triggers = [_trigger(tables[LOOK], "log", _On.ROW | _On.INSERT, "homeround_log_look", *_described(tables[LOOK]))]
    for table in tables.values():
        if table.is_logged:
            changes = _On.ROW | _On.INSERT | _On.UPDATE | _On.DELETE
            triggers.append(_trigger(table, "log", changes, "homeround_log", *_described(table)))
        if table.is_logged and not table.is_kept and table.name not in INSERT_ONLY:
            triggers.append(_trigger(table, "log_truncate", _On.TRUNCATE, "homeround_log_truncate"))
        if table.is_kept:
            ends = ",".join(table.end_columns)
            triggers.append(_trigger(table, "once", _On.ROW | _On.BEFORE | _On.UPDATE, "homeround_once", ends))
            triggers.append(_refused(table, _On.DELETE | _On.TRUNCATE, NOT_DELETED))
        if table.name in INSERT_ONLY:
            triggers.append(_refused(table, _On.UPDATE | _On.DELETE | _On.TRUNCATE, APPEND_ONLY))
    triggers.append(_refused(tables[PAYLOAD], _On.UPDATE | _On.TRUNCATE, APPEND_ONLY))
    triggers.append(_trigger(tables[PAYLOAD], "disposed", _On.ROW | _On.BEFORE | _On.DELETE, "homeround_disposed"))
    return triggers


def _described(table: Table) -> tuple[str, ...]:
    """What the log's function must know of a table: key, subject, place, columns left out."""
    return table.key, table.subject_column or "", table.place_column or "", ",".join(sorted(table.left_out))


def _refused(table: Table, on: _On, words: str) -> Trigger:
    """Refused by statement, so that a DELETE that finds no row is refused too."""
    return _trigger(table, "no_change", _On.BEFORE | on, "homeround_refuse", words)


def _trigger(table: Table, what: str, on: _On, function: str, *arguments: str) -> Trigger:
    name = f"{PREFIX}{what}"
    when = "BEFORE" if _On.BEFORE in on else "AFTER"
    events = " OR ".join(str(event.name) for event in _EVENTS if event in on)
    level = "ROW" if _On.ROW in on else "STATEMENT"
    quoted = ", ".join(f"'{argument}'" for argument in arguments)
    stands = f'{when} {events} ON "{table.name}" FOR EACH {level}'
    sql = f'CREATE TRIGGER "{name}" {stands} EXECUTE FUNCTION {function}({quoted})'
    return Trigger(Place(table.name, name), sql, _shape(on, function, arguments, switched_on=True))


def _shape(on: int, function: str, arguments: tuple[str, ...], switched_on: bool) -> str:  # noqa: FBT001 - a fact of it
    return f"{int(on)} {function}{arguments} {'on' if switched_on else 'off'}"


def _split(arguments: bytes) -> tuple[str, ...]:
    """PostgreSQL keeps the arguments of a trigger one after another, each ended by a zero byte."""
    return tuple(part.decode() for part in arguments.split(b"\0")[:-1])


_ENTRY: Final = f"""
DECLARE
  salt text := replace(gen_random_uuid()::text, '-', '');
  logged timestamptz := clock_timestamp();
  head text := to_char(logged AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') || chr(10) || coalesce(who, '') || chr(10)
    || tab || chr(10) || coalesce(row_number::text, '') || chr(10) || what || chr(10)
    || coalesce(subject::text, '') || chr(10) || coalesce(place::text, '');
  number bigint;
BEGIN
  INSERT INTO {ENTRY} (logged_at, actor, table_name, row_id, op, subject_id, place_id, digest)
  VALUES (logged, who, tab, row_number, what, subject, place,
          encode(sha256(convert_to(salt || head || payload::text, 'UTF8')), 'hex')) RETURNING id INTO number;
  INSERT INTO {PAYLOAD} (entry_id, salt, body) VALUES (number, salt, payload::text);
END"""  # noqa: S608 - names of our own tables

_LOG: Final = f"""
DECLARE
  left_out text[] := string_to_array(TG_ARGV[3], ',');
  was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
  becomes jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
  known jsonb := coalesce(becomes, was);
BEGIN
  PERFORM homeround_entry(
    coalesce(nullif(current_setting('{ACTOR_SETTING}', true), ''), 'db:' || session_user), TG_TABLE_NAME,
    (known ->> TG_ARGV[0])::bigint, lower(left(TG_OP, 1)),
    (known ->> nullif(TG_ARGV[1], ''))::bigint, (known ->> nullif(TG_ARGV[2], ''))::bigint,
    jsonb_build_object('before', was - left_out, 'after', becomes - left_out));
  RETURN NULL;
END"""

_LOG_LOOK: Final = """
DECLARE becomes jsonb := to_jsonb(NEW);
BEGIN
  PERFORM homeround_entry(
    NEW.actor, TG_TABLE_NAME, NEW.id, NEW.kind,
    (becomes ->> nullif(TG_ARGV[1], ''))::bigint, (becomes ->> nullif(TG_ARGV[2], ''))::bigint,
    jsonb_build_object('before', NULL, 'after', becomes));
  RETURN NULL;
END"""

_LOG_TRUNCATE: Final = f"""
BEGIN
  PERFORM homeround_entry(
    coalesce(nullif(current_setting('{ACTOR_SETTING}', true), ''), 'db:' || session_user), TG_TABLE_NAME,
    NULL, 't', NULL, NULL, jsonb_build_object('before', NULL, 'after', NULL));
  RETURN NULL;
END"""

_ONCE: Final = f"""
DECLARE
  was jsonb := to_jsonb(OLD);
  becomes jsonb := to_jsonb(NEW);
  ends text[] := string_to_array(TG_ARGV[0], ',');
  correcting boolean := coalesce(current_setting('{CORRECTING_SETTING}', true), '') = 'on';
  end_differs boolean := EXISTS (SELECT 1 FROM unnest(ends) e WHERE was ->> e IS DISTINCT FROM becomes ->> e);
  filled bigint := (SELECT count(*) FROM unnest(ends) e WHERE coalesce(becomes ->> e, '') <> '');
BEGIN
  IF (was - ends - 'stands') IS DISTINCT FROM (becomes - ends - 'stands')
     OR (OLD.stands <> NEW.stands AND NOT correcting)
     OR (end_differs AND (OLD.ended_at IS NULL) = (NEW.ended_at IS NULL))
     OR (end_differs AND NEW.ended_at IS NULL AND NOT correcting)
     OR (end_differs AND filled <> CASE WHEN NEW.ended_at IS NULL THEN 0 ELSE cardinality(ends) END)
  THEN RAISE EXCEPTION '{WRITTEN_ONCE}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END"""  # noqa: S608 - names of our own settings

_REFUSE: Final = """
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation';
END"""

_DISPOSED: Final = f"""
BEGIN
  IF NOT EXISTS (SELECT 1 FROM {DISPOSAL} WHERE entry_id = OLD.entry_id) THEN
    RAISE EXCEPTION '{NO_DISPOSAL}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END"""  # noqa: S608 - names of our own tables

_HORIZON: Final = f"""
BEGIN
  LOCK TABLE {ENTRY} IN SHARE MODE;
  RETURN (SELECT coalesce(max(id), 0) FROM {ENTRY});
END"""  # noqa: S608 - names of our own tables

_DISPOSE: Final = f"""
BEGIN
  INSERT INTO {DISPOSAL} (entry_id, because, disposed_at, disposed_by) VALUES (entry, why, at, who);
  DELETE FROM {PAYLOAD} WHERE entry_id = entry;
END"""  # noqa: S608 - names of our own tables

_ENTRY_SIGNATURE: Final = "homeround_entry(text, text, bigint, text, bigint, bigint, jsonb)"
_ARGUMENTS: Final[Mapping[str, str]] = {
    _ENTRY_SIGNATURE: "homeround_entry(who text, tab text, row_number bigint, what text, subject bigint, place bigint, "
    "payload jsonb)",
    DISPOSE: "audit_dispose(entry bigint, why text, at timestamptz, who text)",
}
_FUNCTIONS: Final = (
    (_ENTRY_SIGNATURE, "void", _ENTRY),
    ("homeround_log()", "trigger", _LOG),
    ("homeround_log_look()", "trigger", _LOG_LOOK),
    ("homeround_log_truncate()", "trigger", _LOG_TRUNCATE),
    ("homeround_once()", "trigger", _ONCE),
    ("homeround_refuse()", "trigger", _REFUSE),
    ("homeround_disposed()", "trigger", _DISPOSED),
    (HORIZON, "bigint", _HORIZON),
    (DISPOSE, "void", _DISPOSE),
)
