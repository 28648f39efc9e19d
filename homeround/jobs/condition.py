"""How this installation does: each thing that must be so, whether it is, and what to do when it is not.

One list for `homeround check`, /health and the system page, so that none says more than another. Each is looked at now,
from facts; a thing that cannot be looked at is not well. Nothing here writes. Whether it can be saved is tried for a
second (SAVING_IS_SLOW): a tick there while every form is refused would be a lie.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection

from homeround.kernel.audit import looks, seal, triggers, verify
from homeround.kernel.calendar.times import shown
from homeround.kernel.delivery import heartbeat, outbox
from homeround.kernel.policy import DISK_LEAST, SAVING_IS_SLOW, SEALS_LATE_AFTER
from homeround.kernel.trouble import Trouble, trouble_of


@dataclass(frozen=True)
class Condition:
    """One thing: its name, how it is in words, whether that is well, and what to do. `name` says nothing of anybody.

    `reads`: whether pages can be read all the same.
    """

    name: str
    words: str
    is_well: bool
    do: str = ""
    reads: bool = True


def conditions(at: datetime) -> list[Condition]:
    """All of them, in the order in which to mend them."""
    found = [_looked_at(name, look, at) for name, look in LOOKED_AT]
    return [state for state in found if state is not None]


def _looked_at(name: str, look: Callable[[datetime], Condition | None], at: datetime) -> Condition | None:
    try:
        return look(at)
    except (DatabaseError, OSError) as problem:
        trouble = trouble_of(problem)
        return Condition(
            name, f"cannot be looked at: the database is {trouble or 'not as it must be'}", False, OF_DATABASE
        )


FULL: Final = DISK_LEAST // 50
"""Bytes free below which a disk counts as full."""

OF_DATABASE: Final = (
    "Look whether its server runs and its disk has room. Put the last verified backup back if it is damaged."
)


def database(at: datetime) -> Condition:
    """Does it answer, and can be saved in it now?"""
    found = answers(at)
    if not found.is_well:
        return found
    file = _sqlite_file()
    if file is not None and shutil.disk_usage(_there(file.parent)).free < FULL:
        return Condition("Database", "full: saving fails, or soon will", False, OF_DATABASE)
    if _is_held(file):
        do = "Look which process holds it: an import, a copy being made, a shell that somebody left open. End that one."
        return Condition("Database", "slow: somebody holds it, and forms cannot be saved meanwhile", False, do)
    return found


def _is_held(file: Path | None) -> bool:
    """Does whoever saves wait a second or more? Not asked by somebody who holds it themselves."""
    if connection.in_atomic_block:
        return False
    if file is None:
        with connection.cursor() as cursor:
            cursor.execute(_WAITS, [SAVING_IS_SLOW.total_seconds()])
            return bool(cursor.fetchone()[0])
    there = f"{file.absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(there, SAVING_IS_SLOW.total_seconds(), isolation_level=None, uri=True)) as own:
            own.execute("BEGIN IMMEDIATE")
            own.execute("ROLLBACK")
    except sqlite3.Error as problem:
        if trouble_of(problem) is Trouble.SLOW:
            return True
        raise DatabaseError from problem
    return False


def answers(_at: datetime) -> Condition:
    """Does it answer, whole and open to be written, whoever writes now?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_IS_READ_ONLY[connection.vendor])
            is_read_only = str(cursor.fetchone()[0]) in ("on", "1", "True")
    except DatabaseError as problem:
        trouble = trouble_of(problem) or Trouble.AWAY
        reads = trouble not in {Trouble.AWAY, Trouble.DAMAGED}
        return Condition("Database", f"{trouble}: it does not answer", False, OF_DATABASE, reads=reads)
    file = _sqlite_file()
    if is_read_only or (file is not None and not _may_write(file)):
        do = "Make its file and folder writable for the user that runs Homeround, or its server writable again."
        return Condition("Database", "read-only: nothing can be saved", False, do)
    damaged = heartbeat.since(heartbeat.DAMAGED)
    if damaged is not None:
        return Condition("Database", f"damaged, found {shown(damaged)}", False, OF_DATABASE, reads=False)
    return Condition("Database", "answers, and can be written", True)


def disk(_at: datetime) -> Condition:
    """Is there room where the database, its folder and the waiting looks lie?"""
    free = {place: shutil.disk_usage(place).free for place in _places()}
    place, least = min(free.items(), key=lambda of_place: of_place[1])
    if least < DISK_LEAST:
        words = "full" if least < FULL else "nearly full"
        do = f"Make room on the disk of {place}: without any, nothing can be saved and nobody's record can be opened."
        return Condition("Disk", f"{words}: {least // (1024 * 1024):,} MB free at {place}", False, do)
    return Condition("Disk", f"{least // (1024 * 1024 * 1024):,} GB free", True)


def guards(_at: datetime) -> Condition:
    """Do the triggers of the log stand?"""
    missing = len(triggers.missing(connection))
    words = f"{missing} missing: changes may go unlogged" if missing else "all there"
    return Condition("Guards of the log", words, not missing, "Stop Homeround and run: homeround migrate")


def older(_at: datetime) -> Condition:
    """Does the anchor beside the data know more than this database?"""
    found = verify.older_than_known()
    if any(finding.what is verify.Tampering.NO_ANCHOR for finding in found):
        do = "Find out who took it away. Put it back, or its copy from elsewhere; or run accept-audit."
        return Condition("Copy of the records", f"may be an older one. {found[0].words.rstrip('.')}", False, do)
    if found:
        do = "Find out what happened (homeround verify-audit), and put the right copy back or run accept-audit."
        return Condition("Copy of the records", f"not the newest known. {found[0].words.rstrip('.')}", False, do)
    there = Path(settings.AUDIT_ANCHOR).exists()
    return Condition(
        "Copy of the records", "fits the anchor beside it" if there else "no anchor has been written yet", True
    )


def seals(at: datetime) -> Condition:
    """Is the log sealed in time, and by nobody else?"""
    forged = heartbeat.since(heartbeat.FORGED)
    if forged is not None or seal.not_believed():
        words = "one was made without the key, and is not believed" + (f"; found {shown(forged)}" if forged else "")
        do = "Find out who wrote it (homeround verify-audit names it), and run accept-audit."
        return Condition("Seals of the log", words, False, do)
    since, count = seal.unsealed_since(), seal.unsealed()
    is_late = since is not None and at - since > SEALS_LATE_AFTER
    words = f"{count:,} entries since the last seal" + (f", the oldest of {shown(since)}" if since and is_late else "")
    do = "The worker seals every minute: look whether it runs, and what it writes into its log."
    return Condition("Seals of the log", words, not is_late, do)


def spool(_at: datetime) -> Condition:
    """Do looks wait in files because the log could not take them?"""
    waiting = looks.waiting()
    words = f"{waiting} wait in files" if waiting else "all in the log"
    do = "They are brought in once the log can be written: look whether the disk is full and what holds the database."
    return Condition("Looks", words, not waiting, do)


def worker(at: datetime) -> Condition:
    """Does a worker live?"""
    silent = heartbeat.signs(at).worker_silent_since
    words = f"silent: no reminders sent since {shown(silent)}" if silent else "alive"
    return Condition("Worker", words, silent is None, "Start homeround worker, or start Homeround again.")


def mail(at: datetime) -> Condition:
    """Are messages handed over?"""
    late, failing = len(outbox.undelivered(at=at)), outbox.failing(at=at)
    silent = heartbeat.signs(at).mail_silent_since
    do = "Check the mail server in HOMEROUND_MAIL_URL. Whoever relies on a message sees that it is late."
    if late:
        return Condition("Messages", f"{late} not delivered", False, do)
    if failing:
        return Condition("Messages", f"{failing} refused by the mail server several times, tried again", False, do)
    if silent:
        return Condition("Messages", f"silent: none handed over since {shown(silent)}", False, do)
    return Condition("Messages", "all handed over in time", True)


LOOKED_AT: Final[tuple[tuple[str, Callable[[datetime], Condition | None]], ...]] = (
    ("Database", database),
    ("Disk", disk),
    ("Guards of the log", guards),
    ("Copy of the records", older),
    ("Seals of the log", seals),
    ("Looks", spool),
    ("Worker", worker),
    ("Messages", mail),
)

_IS_READ_ONLY: Final = {
    "sqlite": "SELECT (SELECT count(*) FROM sqlite_master) < 0",
    "postgresql": "SHOW transaction_read_only",
}


_WAITS: Final = """
    SELECT EXISTS (
        SELECT FROM pg_locks AS waits JOIN pg_stat_activity AS who USING (pid)
        WHERE NOT waits.granted AND who.datname = current_database()
            AND waits.waitstart < clock_timestamp() - make_interval(secs => %s))
"""
"""Waiting for a lock, since when, of any role of this PostgreSQL (14 and later say since when)."""


def is_damaged() -> bool:
    """Go through the whole file of a SQLite database (for the worker and `check`: it takes a while)."""
    if connection.vendor != "sqlite":
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            return str(cursor.fetchone()[0]) != "ok"
    except DatabaseError as problem:
        if trouble_of(problem) is Trouble.DAMAGED:
            return True
        raise


def spool_shares_a_disk() -> bool:
    """Whether the waiting looks lie on the disk of the database, so that one full disk stops both."""
    file = _sqlite_file()
    place = _there(file.parent if file is not None else Path(settings.DATA_DIR))
    return _there(Path(settings.AUDIT_SPOOL)).stat().st_dev == place.stat().st_dev


def _places() -> set[Path]:
    file = _sqlite_file()
    places = {Path(settings.DATA_DIR), Path(settings.AUDIT_SPOOL), *([file.parent] if file is not None else [])}
    return {_there(place) for place in places}


def _there(place: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next(folder for folder in (place.absolute(), *place.absolute().parents) if folder.exists())


def _sqlite_file() -> Path | None:
    return Path(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None


def _may_write(file: Path) -> bool:
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
