"""Accepting what was found in the log: a person's logged act, with the reason; then it is no fault any more. H57.

For what cannot be undone: an older copy that was put back on purpose, a key that is lost, a seal made without the key.
The anchor is then renewed and the old one kept beside it. An acceptance is under a MAC as a seal is: whoever holds only
the database accepts nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from homeround.kernel import stamp
from homeround.kernel.audit import seal
from homeround.kernel.audit.actor import Actor, acting, actor_text
from homeround.kernel.models import AuditAcceptance


def accept(keys: Iterable[str], *, because: str, at: datetime, by: Actor) -> Path | None:
    """Accept findings by their keys. Returns where the anchor was put aside, when it did not fit this database."""
    made = AuditAcceptance(findings=sorted(keys), because=because, accepted_at=at, accepted_by=actor_text(by))
    made.key_id, made.mac = seal.signed(_said(made))
    with acting(by):
        made.save(force_insert=True)
    seal.seal(at)
    return seal.put_anchor_aside(at)


def accepted_keys() -> frozenset[str]:
    """The keys of all that was accepted under one of our keys."""
    return frozenset(
        key
        for made in AuditAcceptance.objects.order_by("id")
        if seal.is_signed(_said(made), key_id=made.key_id, mac=made.mac)
        for key in made.findings
    )


def _said(made: AuditAcceptance) -> dict[str, object]:
    return {
        "installation": stamp.installation(),
        "findings": made.findings,
        "because": made.because,
        "accepted_at": seal.in_utc(made.accepted_at),
        "accepted_by": made.accepted_by,
    }
