"""Which job is done how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from homeround.jobs import handlers


@dataclass(frozen=True)
class Job:
    """Something done every so often by `handler`, which is given the worker's name."""

    name: str
    every: timedelta
    handler: Callable[[str], None]


SCHEDULE: Final = (
    Job("say that a worker lives", timedelta(minutes=1), handlers.beat),
    Job("deliver messages", timedelta(seconds=5), handlers.deliver),
    Job("bring in looks", timedelta(seconds=20), handlers.bring_in_looks),
    Job("seal the log", timedelta(minutes=1), handlers.seal_log),
    Job("forget what has ended", timedelta(minutes=10), handlers.forget),
)
"""In the order in which they are done when several are due."""
