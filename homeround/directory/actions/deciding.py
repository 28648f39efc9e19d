"""Deciding what an import proposed: a person at the command line accepts or declines. REQ-01, REQ-02; H50."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from homeround.directory.models import Body, CareHome, Practice, Proposal
from homeround.directory.words import ProposalKind
from homeround.kernel.audit.actor import SystemActor
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid


@action
def accept_proposals(*, by: SystemActor, at: datetime, token: str | None = None, refs: Sequence[str]) -> int:
    """Do what the proposals say, and note who accepted them; returns how many. Raises Invalid for one not open."""
    proposals = _open(refs)
    for proposal in proposals:
        if proposal.what == ProposalKind.CLOSES:
            Body.objects.filter(pk=proposal.body_id).update(closed_on=proposal.ends_on)
        elif proposal.what == ProposalKind.DORMANT:
            Practice.objects.filter(body=proposal.body_id).update(dormant=True)
        else:
            CareHome.objects.filter(body=proposal.body_id).update(succeeds=proposal.other_id)
    return _decide(proposals, by, at, accepted=True)


@action
def decline_proposals(*, by: SystemActor, at: datetime, token: str | None = None, refs: Sequence[str]) -> int:
    """Leave things as they are; the same is not proposed again. Returns how many. Raises Invalid for one not open."""
    return _decide(_open(refs), by, at, accepted=False)


@action
def reopen_proposals(*, by: SystemActor, at: datetime, token: str | None = None, refs: Sequence[str]) -> int:
    """Take back what was accepted or declined by mistake: the proposals wait again, and what was done is undone.

    Returns how many. Raises Invalid for one that was not decided.
    """
    found = list(Proposal.objects.select_for_update().filter(ref__in=set(refs), accepted__isnull=False))
    _all_found(refs, found, "No decided proposal is called {}.")
    for proposal in found:
        if not proposal.accepted:
            continue
        if proposal.what == ProposalKind.CLOSES:
            Body.objects.filter(pk=proposal.body_id, closed_on=proposal.ends_on).update(closed_on=None)
        elif proposal.what == ProposalKind.DORMANT:
            Practice.objects.filter(body=proposal.body_id).update(dormant=False)
        else:
            CareHome.objects.filter(body=proposal.body_id, succeeds=proposal.other_id).update(succeeds=None)
    numbers = [proposal.pk for proposal in found]
    return Proposal.objects.filter(pk__in=numbers).update(decided_at=None, decided_by="", accepted=None)


def _all_found(refs: Sequence[str], found: Sequence[Proposal], words: str) -> None:
    missing = set(refs) - {proposal.ref for proposal in found}
    if missing:
        raise Invalid(refs=words.format(", ".join(sorted(missing))))


def _open(refs: Sequence[str]) -> list[Proposal]:
    found = list(Proposal.objects.select_for_update().filter(ref__in=set(refs), decided_at=None))
    _all_found(refs, found, "No open proposal is called {}. The list shows those that are.")
    return found


def _decide(proposals: list[Proposal], by: SystemActor, at: datetime, *, accepted: bool) -> int:
    numbers = [proposal.pk for proposal in proposals]
    return Proposal.objects.filter(pk__in=numbers).update(decided_at=at, decided_by=by.os_user[:120], accepted=accepted)
