"""Which job is done how often, and beside which others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from homeround.jobs import handlers

RECORD: Final = "record"
MAIL: Final = "mail"
DATABASE: Final = "database"
"""What waits for a mail server, or takes long, goes on beside what keeps the record: it stops nothing else."""


@dataclass(frozen=True)
class Job:
    """Something done every so often by `handler`, which is given the worker's name. Jobs of one lane wait for each
    other, those of two never do.
    """

    name: str
    every: timedelta
    handler: Callable[[str], None]
    lane: str = RECORD


SCHEDULE: Final = (
    Job("say that a worker lives", timedelta(minutes=1), handlers.beat),
    Job("bring in looks", timedelta(seconds=20), handlers.bring_in_looks),
    Job("seal the log", timedelta(minutes=1), handlers.seal_log),
    Job("forget what has ended", timedelta(minutes=10), handlers.forget),
    Job("look through the database", timedelta(hours=6), handlers.look_through, DATABASE),
    Job("say that mail is handed over", timedelta(minutes=1), handlers.beat_of_mail, MAIL),
    Job("deliver messages", timedelta(seconds=5), handlers.deliver, MAIL),
)
"""In the order in which those of one lane are done when several are due."""
