"""Disposing of the payload of an entry: a person's logged act after appraisal. The head stays, with its digest."""

from datetime import datetime

from django.db import connection

from homeround.kernel.audit.actor import Actor, acting, actor_text
from homeround.kernel.models import AuditDisposal, AuditPayload


def dispose(*, entry_id: int, because: str, at: datetime, by: Actor) -> None:
    """Dispose of one payload. The disposal itself is logged, so that verify-audit can tell it from a theft."""
    who = actor_text(by)
    with acting(by):
        if (
            connection.vendor == "postgresql"
        ):  # the application's role may not write here: a function of the owner's does
            with connection.cursor() as cursor:
                cursor.execute("SELECT audit_dispose(%s, %s, %s, %s)", [entry_id, because, at, who])
            return
        AuditDisposal.objects.create(entry_id=entry_id, because=because, disposed_at=at, disposed_by=who)
        AuditPayload.objects.filter(entry_id=entry_id).delete()
