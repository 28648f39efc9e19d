"""What keeps the database from working, told by its codes and never by its words: slow, full, read-only, damaged, away.

Each calls for something else from whoever runs the machine, and for something else from whoever wants to save. A fault
of the program (a constraint, a wrong statement) is none of these.
"""

import errno
from enum import StrEnum
from typing import Final


class Trouble(StrEnum):
    """What it is; the value is its name for `check`, /health and the log."""

    SLOW = "slow"
    FULL = "full"
    READ_ONLY = "read-only"
    DAMAGED = "damaged"
    AWAY = "away"


_OF_SQLITE: Final = {
    "SQLITE_BUSY": Trouble.SLOW,
    "SQLITE_LOCKED": Trouble.SLOW,
    "SQLITE_FULL": Trouble.FULL,
    "SQLITE_READONLY": Trouble.READ_ONLY,
    "SQLITE_CORRUPT": Trouble.DAMAGED,
    "SQLITE_NOTADB": Trouble.DAMAGED,
    "SQLITE_CANTOPEN": Trouble.AWAY,
    "SQLITE_IOERR": Trouble.AWAY,
}
_OF_POSTGRESQL: Final = {
    "55P03": Trouble.SLOW,  # lock not available
    "57014": Trouble.SLOW,  # statement timeout
    "40001": Trouble.SLOW,  # serialization failure
    "40P01": Trouble.SLOW,  # deadlock
    "25P03": Trouble.SLOW,  # idle in a transaction for too long
    "53100": Trouble.FULL,
    "53200": Trouble.AWAY,  # out of memory
    "53300": Trouble.AWAY,  # too many connections
    "25006": Trouble.READ_ONLY,
    "57P01": Trouble.AWAY,  # being shut down
    "57P02": Trouble.AWAY,
    "57P03": Trouble.AWAY,  # starting up
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}
_OF_FILES: Final = {errno.ENOSPC: Trouble.FULL, errno.EDQUOT: Trouble.FULL, errno.EROFS: Trouble.READ_ONLY}


def trouble_of(fault: BaseException | None) -> Trouble | None:
    """What kept the database (or the disk under it) from working; None for any other fault."""
    met: set[int] = set()
    while fault is not None and id(fault) not in met:
        met.add(id(fault))
        if found := _of(fault):
            return found
        fault = fault.__cause__ or fault.__context__
    return None


def _of(fault: BaseException) -> Trouble | None:
    name = getattr(fault, "sqlite_errorname", None)
    if isinstance(name, str):  # extended codes begin with the plain one: SQLITE_BUSY_SNAPSHOT
        return next((trouble for code, trouble in _OF_SQLITE.items() if name.startswith(code)), None)
    code = getattr(fault, "sqlstate", None)
    if isinstance(code, str):
        return _OF_POSTGRESQL.get(code) or (Trouble.AWAY if code.startswith("08") else None)
    if isinstance(fault, OSError) and fault.errno in _OF_FILES:
        return _OF_FILES[fault.errno]
    is_lost = type(fault).__module__.startswith("psycopg") and type(fault).__name__ == "OperationalError"
    return Trouble.AWAY if is_lost else None
