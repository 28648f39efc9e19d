"""Measures targets in turn, round by round, and compares each with the floor of the same round.

The machine may be busy with other things: then the milliseconds grow for all, and the ratios hold, the CPU's above all.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from bench.asking import ask
from bench.serving import Server

CONNECTIONS: Final = (1, 8)
WARM_UP_SECONDS: Final = 0.5


@dataclass(frozen=True)
class Target:
    """A page of a server, asked with the cookie of whoever is signed in."""

    name: str
    server: Server
    path: str
    cookie: str = ""


@dataclass(frozen=True)
class Round:
    """What one round of one target on so many connections took."""

    took: list[float]
    cpu_ms: float | None

    @property
    def p50(self) -> float:
        return statistics.median(self.took)

    @property
    def p95(self) -> float:
        """The slowest of the quickest 95 in a hundred, in milliseconds."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


@dataclass
class Measured:
    """All rounds of a target, by the number of connections."""

    target: Target
    rounds: dict[int, list[Round]] = field(default_factory=lambda: {connections: [] for connections in CONNECTIONS})

    def middle(self, connections: int, what: Callable[[Round], float]) -> float:
        """The median of a figure over the rounds."""
        return statistics.median(what(timed) for timed in self.rounds[connections])

    def cpu_ms(self) -> float | None:
        """CPU milliseconds a request, over all rounds; None where the system does not tell."""
        return _middle(timed.cpu_ms for rounds in self.rounds.values() for timed in rounds)

    def p95_against(self, floor: Measured, connections: int) -> float:
        """The median of the ratios of p95, round by round."""
        pairs = zip(self.rounds[connections], floor.rounds[connections], strict=True)
        return statistics.median(ours.p95 / plain.p95 for ours, plain in pairs)

    def cpu_against(self, floor: Measured) -> float | None:
        """The median of the ratios of CPU time, round by round."""
        return _middle(
            ours.cpu_ms / plain.cpu_ms if ours.cpu_ms and plain.cpu_ms else None
            for connections in CONNECTIONS
            for ours, plain in zip(self.rounds[connections], floor.rounds[connections], strict=True)
        )


def measure(targets: Iterable[Target], *, rounds: int, seconds: float) -> list[Measured]:
    """So many rounds of so many seconds for each target and number of connections, the targets in turn."""
    found = [Measured(target) for target in targets]
    for measured in found:
        _round(measured.target, 1, WARM_UP_SECONDS)
    for _ in range(rounds):
        for connections in CONNECTIONS:
            for measured in found:
                measured.rounds[connections].append(_round(measured.target, connections, seconds))
    return found


def _round(target: Target, connections: int, seconds: float) -> Round:
    before = target.server.cpu_seconds()
    took = ask(target.server.port, target.path, target.cookie, connections=connections, seconds=seconds)
    after = target.server.cpu_seconds()
    used = None if before is None or after is None else (after - before) * 1000 / len(took)
    return Round(took, used)


def _middle(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return statistics.median(known) if known else None
