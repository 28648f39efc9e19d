"""A child process that works on the tests' database and can be killed as the machine would kill it."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from django.db import connections


@contextmanager
def child(work: Callable[[int], object]) -> Iterator[int]:
    """Run `work` in another process, with a pipe to say things into; gives the end to read. Killed (-9) on leaving."""
    reading, writing = os.pipe()
    connections.close_all()  # a connection must not be shared with the child
    number = os.fork()
    if number == 0:
        _work_and_leave(work, writing)
    os.close(writing)
    try:
        yield reading
    finally:
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)


def _work_and_leave(work: Callable[[int], object], writing: int) -> NoReturn:
    try:
        work(writing)
    finally:
        os._exit(1)
