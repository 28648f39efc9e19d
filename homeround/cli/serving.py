"""The steps of serving: a free port, the collected files, granian's processes, and the worker beside them.

granian's own processes are started anew and not forked, because this process has a thread: the worker.
"""

import hashlib
import multiprocessing
import os
import socket
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Final

import click
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from homeround.cli.readiness import unsigned
from homeround.jobs import condition
from homeround.jobs.worker import Worker
from homeround.kernel import stamp
from homeround.kernel.policy import THREADS_THAT_SERVE

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
MOST_PROCESSES: Final = 2
END_WITHIN: Final = 5
"""Seconds a serving process has to end. One told to stop in the moment it starts would not end by itself."""
UNUSED: Final = ["django_htmx/ext/*", "django_htmx/ht*-4*"]
"""Files that packages bring and no page uses: extensions of htmx, and its next version."""


def refuse_unsigned_live() -> None:
    """Refuse real people's data under a release that nobody has signed, unless HOMEROUND_SERVE_UNSIGNED says so."""
    if stamp.is_live() and not settings.SERVE_UNSIGNED:
        for fault in unsigned():
            raise click.ClickException(
                f"{fault.wrong} A live database is served only with its signature, "
                "or with HOMEROUND_SERVE_UNSIGNED=yes where somebody answers for that."
            )


def not_well_at_start() -> list[str]:
    """What whoever starts it must know, though it serves: numbers to call and lists are needed all the same."""
    quick = (condition.database, condition.disk, condition.older)
    found = [look(timezone.now()) for look in quick]
    return [f"{state.name}: {state.words}. {state.do}" for state in found if not state.is_well]


def refuse_port_in_use(address: str, port: int) -> None:
    """Say in one line that somebody else listens there, or that the address is not one of this machine."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError as problem:
            raise click.ClickException(
                f"port {port} at {address} cannot be used ({problem.strerror}). "
                "Stop what listens there, or choose another with HOMEROUND_PORT."
            ) from problem


def collect_static() -> None:
    """Copy CSS, JavaScript and images, under hashed names, to where they are served from, when any has changed."""
    root = Path(settings.STATIC_ROOT)
    mark = root / ".collected"
    now = _fingerprint()
    if mark.is_file() and mark.read_text(encoding="ascii") == now:
        return
    click.echo("Preparing the files of the pages ...")
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    mark.write_text(now, encoding="ascii")


def serve(address: str, port: int, *, tell: Callable[[], None]) -> None:
    """Serve until told to stop; `tell` is called when it listens."""
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "homeround.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=min(MOST_PROCESSES, os.cpu_count() or 1),
        blocking_threads=THREADS_THAT_SERVE,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=END_WITHIN,
        process_name=None,
    )
    connections.close_all()
    worker = Worker()
    thread = Thread(target=worker.run, name="worker")
    server.on_startup(tell)
    server.on_startup(thread.start)
    try:
        server.serve()
    finally:
        worker.stop()
        if thread.is_alive():
            thread.join()


def _fingerprint() -> str:
    """What is there to collect: every file with its size and time, and how it is stored."""
    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            at = Path(storage.path(name)).stat()
            found.update(f"{name} {at.st_size} {at.st_mtime_ns}\n".encode())
    return found.hexdigest()
