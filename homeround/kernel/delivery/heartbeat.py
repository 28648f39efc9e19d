"""Signs of life of what runs without a person, so that a page can say "no reminders sent since 02:10". H24."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from homeround.kernel import stamp
from homeround.kernel.models import Heartbeat
from homeround.kernel.policy import SILENT_AFTER

WORKER: Final = "worker"
MAIL: Final = "mail"
"""The two that a worker keeps going side by side; where either is silent, nobody is reminded of anything."""

DAMAGED: Final = "database damaged"
OLDER: Final = "older than known"
FORGED: Final = "seal without the key"
"""No signs of life: since when the worker has found these (kernel/audit/verify.py, jobs/condition.py)."""


def beat(at: datetime, name: str = WORKER) -> None:
    """Say "alive"; every worker does, about once a minute."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at})


@dataclass(frozen=True)
class Signs:
    """Since when something is not as it must be, for the pages of those who rely on it; None while it is."""

    worker_silent_since: datetime | None = None
    mail_silent_since: datetime | None = None
    older_since: datetime | None = None

    @property
    def reminders_stopped_since(self) -> datetime | None:
        """Since when nobody is reminded of anything."""
        return min(filter(None, (self.worker_silent_since, self.mail_silent_since)), default=None)


def signs(at: datetime) -> Signs:
    """All of them, in one statement. Where nothing ever ran: silent since the database was stamped."""
    beats = dict(Heartbeat.objects.filter(name__in=(WORKER, MAIL, OLDER)).values_list("name", "beat_at"))
    return Signs(_silent(beats.get(WORKER), at), _silent(beats.get(MAIL), at), beats.get(OLDER))


def worker_silent_since(at: datetime) -> datetime | None:
    """Since when no worker, or none that hands over mail, has been alive; None while one is."""
    return signs(at).reminders_stopped_since


def since(name: str) -> datetime | None:
    """Since when something has been found; None while it has not."""
    return Heartbeat.objects.filter(name=name).values_list("beat_at", flat=True).first()


def found(name: str, at: datetime) -> None:
    """Something was found; the first time stays."""
    Heartbeat.objects.get_or_create(name=name, defaults={"beat_at": at})


def is_over(name: str) -> None:
    """It is not so any more."""
    Heartbeat.objects.filter(name=name).delete()


def _silent(last: datetime | None, at: datetime) -> datetime | None:
    """A sign of life from a time to come is none: the clock was an hour wrong when it was given, and nothing since."""
    last = last or stamp.stamped_at()
    return min(last, at) if abs(at - last) > SILENT_AFTER else None
