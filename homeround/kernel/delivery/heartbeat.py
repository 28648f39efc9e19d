"""Signs of life of what runs without a person, so that a page can say "no reminders sent since 02:10". H24."""

from datetime import datetime
from typing import Final

from homeround.kernel import stamp
from homeround.kernel.models import Heartbeat
from homeround.kernel.policy import SILENT_AFTER

WORKER: Final = "worker"


def beat(at: datetime, name: str = WORKER) -> None:
    """Say "alive"; every worker does, about once a minute."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at})


def worker_silent_since(at: datetime) -> datetime | None:
    """Since when no worker has been alive; None while one is. Where none ever was: since the database was stamped."""
    last = Heartbeat.objects.filter(name=WORKER).values_list("beat_at", flat=True).first() or stamp.stamped_at()
    return last if at - last > SILENT_AFTER else None
