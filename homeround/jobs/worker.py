"""A worker: does what is due until it is told to stop; a failure of one job or of the database never ends it.

Each lane of the schedule has a thread and a connection of its own: a mail server that does not answer holds up neither
the seal nor the sign of life.
"""

import logging
import os
import secrets
import socket
import time
from collections.abc import Sequence
from threading import Event, Thread
from typing import Final

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from homeround.jobs.schedule import SCHEDULE, Job

log = logging.getLogger(__name__)

TICK: Final = 1.0
"""Seconds between two looks at what is due."""

ENDS_WITHIN: Final = 5.0
"""Seconds that a lane has to end what it is at. What talks to a mail server is left then: its lease runs out."""


class Worker:
    """One worker, with a name unlike that of any other; `stop` may be called from a signal or another thread."""

    def __init__(self, schedule: Sequence[Job] = SCHEDULE) -> None:
        self.name = f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._schedule = schedule
        self._stopping = Event()
        self._next_at = dict.fromkeys(schedule, 0.0)

    def stop(self) -> None:
        """Ask it to end after the job it is at."""
        self._stopping.set()

    def run(self) -> None:
        """Do what is due until `stop`, each lane beside the others."""
        lanes = dict.fromkeys(job.lane for job in self._schedule)
        threads = [Thread(target=self._go, args=(lane,), name=f"worker: {lane}", daemon=True) for lane in lanes]
        for thread in threads:
            thread.start()
        self._stopping.wait()
        for thread in threads:
            thread.join(ENDS_WITHIN)

    def _go(self, lane: str) -> None:
        """One lane until `stop`. Each turn of a job begins with a connection that is still good."""
        while not self._stopping.is_set():
            self.do_due(time.monotonic(), lane)
            self._stopping.wait(TICK)
        connection.close()

    def do_due(self, monotonic: float, lane: str | None = None) -> None:
        """Do every job of a lane (of all of them) whose time has come; `monotonic` in seconds. A job that failed is
        tried at its next turn.
        """
        for job in self._schedule:
            if self._stopping.is_set():
                return
            if lane in (None, job.lane) and monotonic >= self._next_at[job]:
                self._next_at[job] = monotonic + job.every.total_seconds()
                self._do(job)

    def _do(self, job: Job) -> None:
        close_old_connections()
        try:
            job.handler(self.name)
        except (
            OperationalError,
            InterfaceError,
        ) as problem:  # locked, or the server is away: the next turn tries again
            log.warning("not done now: %s (%s)", job.name, type(problem).__name__)
            connection.close()
        except Exception as problem:  # noqa: BLE001 - the other jobs go on
            log.error("failed: %s (%s)", job.name, type(problem).__name__)  # noqa: TRY400 - a traceback may hold names
