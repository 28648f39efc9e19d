"""How long a request waits for the database: set for the processes that serve pages, not for commands and the worker.

A page that waits holds a thread, and behind it others who only read.
"""

from typing import Any, Final

from django.db import connections

LOCK_SECONDS: Final = 5
"""For whoever writes before: then the page says that saving is slow, and keeps what was typed."""

STATEMENT_SECONDS: Final = 15
"""For one statement on PostgreSQL. No page needs it; one that does would stop all others."""


def for_requests() -> None:
    """Bound every connection that this process opens from now on."""
    options: dict[str, Any] = connections.settings["default"].setdefault("OPTIONS", {})
    if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
        connections.settings["default"]["OPTIONS"] = {**options, "timeout": LOCK_SECONDS}
        return
    limits = (
        f"-c lock_timeout={LOCK_SECONDS * 1000} -c statement_timeout={STATEMENT_SECONDS * 1000} "
        f"-c idle_in_transaction_session_timeout={STATEMENT_SECONDS * 2000}"
    )
    given = options.get("options", "")
    connections.settings["default"]["OPTIONS"] = {**options, "options": f"{given} {limits}".strip()}
