"""A worker: does what is due until it is told to stop; a failure of one job or of the database never ends it."""

import logging
import os
import secrets
import socket
import time
from collections.abc import Sequence
from threading import Event
from typing import Final

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from homeround.jobs.schedule import SCHEDULE, Job

log = logging.getLogger(__name__)

TICK: Final = 1.0
"""Seconds between two looks at what is due."""


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
        """Do what is due until `stop`. Each turn of a job begins with a connection that is still good."""
        while not self._stopping.is_set():
            self.do_due(time.monotonic())
            self._stopping.wait(TICK)
        connection.close()

    def do_due(self, monotonic: float) -> None:
        """Do every job whose time has come; `monotonic` in seconds. A job that failed is tried at its next turn."""
        for job in self._schedule:
            if self._stopping.is_set():
                return
            if monotonic >= self._next_at[job]:
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
