"""How a fault is written into the log: its kind and where, never its words.

The words of a fault hold what somebody typed: PostgreSQL's "Failing row contains (...)" is a whole row of the record,
and a ValueError quotes the value. trust.md, "Web": logs carry a reference, never names, bodies or query strings.
"""

import logging
import traceback
from types import TracebackType
from typing import Any

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValues(logging.Formatter):
    """A line of the log; a fault as its kinds and the places in the code it passed through."""

    def formatException(self, ei: ExcInfo | Any) -> str:  # noqa: N802 - the name that logging calls
        """The fault and what caused it, each as its kind, the database's code for it, and its places."""
        lines: list[str] = []
        fault: BaseException | None = ei[1]
        met: set[int] = set()
        while fault is not None and id(fault) not in met:
            met.add(id(fault))
            lines.append(f"{_kind(fault)}, at")
            lines += [f"  {place}" for place in _places(fault)]
            fault = fault.__cause__ or fault.__context__
        return "\n".join(lines)


def _kind(fault: BaseException) -> str:
    code = getattr(fault, "sqlstate", None) or getattr(fault, "sqlite_errorname", None)
    return f"{type(fault).__module__}.{type(fault).__qualname__}" + (f" ({code})" if code else "")


def _places(fault: BaseException) -> list[str]:
    frames = traceback.extract_tb(fault.__traceback__)
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames] or ["no place is known"]
