"""Starts a server as it is served in use, on a free port of this machine, and ends it; and what its processes cost.

A server is told to stop only after it has answered: granian told to stop in the moment it starts does not end by
itself. The port is free before, and the process is alive after the first answer: so the answer is not somebody else's.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

HERE: Final = "127.0.0.1"
ROOT: Final = Path(__file__).resolve().parents[1]
START_WITHIN: Final = 60.0
END_WITHIN: Final = 10.0


@dataclass(frozen=True)
class Server:
    """A running server of this machine."""

    name: str
    port: int
    pid: int

    def cpu_seconds(self) -> float | None:
        """CPU seconds that its processes have used so far; None where the system does not tell (no /proc)."""
        return _cpu_of_tree(self.pid)


@contextmanager
def served(name: str, target: str, *, ready: str, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Serve the WSGI `target` (MODULE:NAME, or MODULE:FUNCTION() that makes it) until the block ends."""
    port = _free_port()
    is_made = target.endswith("()")
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HERE, "--port", str(port),
        "--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "warning",
        "--workers-kill-timeout", "5s",
        *(["--factory"] if is_made else []), target.removesuffix("()"),
    ]  # fmt: skip
    variables = {**os.environ, **environment, "PYTHONPATH": str(ROOT)}
    with log.open("w") as stream:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=stream, stderr=stream)
        try:
            _wait(process, port, ready, log)
            yield Server(name, port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(END_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HERE, 0))
        port: int = trial.getsockname()[1]
    with socket.socket() as trial:
        if trial.connect_ex((HERE, port)) == 0:
            raise RuntimeError(f"Somebody listens at port {port} already.")
    return port


def _wait(process: subprocess.Popen[bytes], port: int, ready: str, log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended at once:\n{log.read_text()}")
        try:
            if status_of(port, ready) < 500:
                return
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise RuntimeError(f"No answer within {START_WITHIN:.0f} s:\n{log.read_text()}")


def status_of(port: int, path: str) -> int:
    """Ask once, on a connection of its own."""
    connection = HTTPConnection(HERE, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def _cpu_of_tree(root: int) -> float | None:
    """User and system time of a process and all below it, those that ended included once they were waited for."""
    stats = _stats()
    if root not in stats:
        return None
    below, found = {root}, [root]
    for pid in found:
        for child, (parent, _) in stats.items():
            if parent == pid and child not in below:
                below.add(child)
                found.append(child)
    return sum(stats[pid][1] for pid in found) / os.sysconf("SC_CLK_TCK")


def _stats() -> dict[int, tuple[int, int]]:
    """Each process: its parent, and the clock ticks that it and its ended children used."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        found[int(folder.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    return found
