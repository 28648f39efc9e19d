"""The table that is printed: milliseconds, CPU, ratios to the floor, and the goals beside them."""

from __future__ import annotations

from typing import Final

from bench.measuring import Measured, Round

GOALS: Final = {
    "home today, 60 people": "goal: CPU at most 2x; before this thread 3 to 6x",
    "PCN week, its homes": "goal: CPU at most 3x, and 40 kB; before this thread 9 to 16x, 65 to 85 kB",
    "my rounds": "goal: CPU at most 3x; before this thread 9 to 16x",
    "my homes": "goal: CPU at most 3x; before this thread 9 to 16x",
    "GP: awaiting your reply": "goal: CPU at most 2x, the same at 5,000 and 400,000; before this thread 4 to 10x",
    "GP: patients": "goal: CPU at most 2x, the same at 5,000 and 400,000; before this thread 4 to 10x, 257 kB",
    "P1 worklist of a home of 60": "goal: at most 2.5x to begin with, 1.0x as the aim; at most 10 statements",
    "P2 resident page": "for information (its goal is against other systems); at most 8 statements",
}
WIDTH: Final = 36  # characters
HEAD: Final = (
    ("", "1 connection, ms", "8 connections, ms", "CPU ms", "to the floor", "state-", ""),
    ("", "p50      p95", "p50      p95", "a page", "p95 1   p95 8     CPU", "ments", "kB"),
)
COLUMNS: Final = (18, 19, 9, 26, 9, 8)
"""How wide each is, in characters, after the name."""


def printed(found: list[Measured], *, statements: dict[str, int], sizes: dict[str, int], what: str) -> str:
    """The table of a run; the first measured is the floor."""
    floor = found[0]
    lines = ["", what, "", *(_line(*words) for words in HEAD)]
    for measured in found:
        name = measured.target.name
        cpu = measured.cpu_ms()
        lines.append(
            _line(
                name,
                _times(measured, 1),
                _times(measured, 8),
                "" if cpu is None else f"{cpu:.1f}",
                "" if measured is floor else _ratios(measured, floor),
                str(statements.get(name, 1)),
                f"{sizes[name] / 1000:.1f}",
            )
        )
    lines += ["", "CPU is that of the web server's processes, without a database server's."]
    lines += [f"{name}: {words}" for name, words in GOALS.items()]
    return "\n".join(lines)


def _line(name: str, *cells: str) -> str:
    return f"{name:<{WIDTH}}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, COLUMNS, strict=True))


def _times(measured: Measured, connections: int) -> str:
    return f"{measured.middle(connections, _p50):.1f}{measured.middle(connections, _p95):>9.1f}"


def _ratios(measured: Measured, floor: Measured) -> str:
    cpu = measured.cpu_against(floor)
    shown = "" if cpu is None else f"{cpu:.1f}x"
    return f"{measured.p95_against(floor, 1):.1f}x{measured.p95_against(floor, 8):>7.1f}x{shown:>8}"


def _p50(timed: Round) -> float:
    return timed.p50


def _p95(timed: Round) -> float:
    return timed.p95
