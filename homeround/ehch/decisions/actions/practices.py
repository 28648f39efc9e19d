"""What a practice said about somebody who, it turns out, never was its patient: it falls, and stands again when they
were its patient after all (H28).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Exists, Q

from homeround.accounts.viewer import Viewer
from homeround.ehch.decisions.actions.telling import tell_of_reply
from homeround.ehch.decisions.models import Ask, Dispute, Reply, Settlement
from homeround.ehch.decisions.models.deciding import replaced_by
from homeround.ehch.decisions.models.news import taken_off_before, taken_off_with_practice
from homeround.ehch.decisions.words import ANSWERS, DecisionState
from homeround.ehch.residents.actions.correcting import correct, put_back, reopen
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.record.corrections import correcting

NOT_THEIR_PRACTICE: Final = "By a practice that never was theirs: the registration was put right."


def take_off_replies(resident_id: int, practice_id: int, since: datetime, by: Viewer, at: datetime) -> None:
    """Within the correction of a registration: what a practice that never was the person's has replied since falls out
    of force, and the reply of the right one is awaited (H28). What was settled with it stays until whoever decided has
    looked: they are told (`not_theirs`), and may take the settlement back.

    Fulfils the port `practice_was_wrong`.
    """
    of_the_saying = Q(recorded_at__gte=since) | Exists(taken_off_before())
    replies = Reply.objects.filter(of_the_saying, resident=resident_id, practice=practice_id)
    for reply in replies.select_related("ask__decision").order_by("-id"):
        for row in (*Dispute.objects.filter(reply=reply, ended_at=None), reply):
            correct(row, kind=CorrectionKind.WRONG_PERSON, because=NOT_THEIR_PRACTICE, by=by, at=at)
        if reply.ask.ended_how == reply.kind:
            reopen(reply.ask)
        tell_of_reply(reply.ask.decision, reply.kind, at)


def put_back_replies(resident_id: int, practice_id: int, by: Viewer, at: datetime) -> None:
    """Within a registration: the person is this practice's patient after all, so what it said stands again, and a
    dispute that nobody has settled is open again. What another practice has answered since is left as it is.

    Fulfils the port `practice_was_right`.
    """
    for reply in taken_off_with_practice(practice_id).filter(resident=resident_id).select_related("ask__decision"):
        if reply.kind in ANSWERS and Reply.objects.filter(ask=reply.ask_id, kind__in=ANSWERS).exists():
            continue
        put_back(reply, kind=CorrectionKind.WRONG_PERSON)
        if reply.kind in ANSWERS:
            _answered_by(reply)
        for dispute in Dispute.with_removed.filter(reply=reply):
            _put_back_dispute(dispute, reply, by, at)
        tell_of_reply(reply.ask.decision, reply.kind, at)


def _answered_by(reply: Reply) -> None:
    """The ask of a reply that stands again is answered by it, unless it ended otherwise meanwhile."""
    with correcting():
        Ask._base_manager.filter(pk=reply.ask_id, ended_at=None).update(
            ended_at=reply.recorded_at, ended_by=reply.by_id, ended_how=reply.kind
        )


def _put_back_dispute(dispute: Dispute, reply: Reply, by: Viewer, at: datetime) -> None:
    """The dispute is as it was: open while nothing has settled it and what was decided still applies."""
    put_back(dispute, kind=CorrectionKind.WRONG_PERSON)
    if Settlement.objects.filter(dispute=dispute).exists():
        return
    dispute.refresh_from_db()
    decision = reply.ask.decision
    if dispute.ended_how == "settled":
        reopen(dispute)
    if decision.ended_at is not None:
        over, who, how = decision.ended_at, decision.ended_by_id, decision.ended_how
    elif replaced_by(decision, at):
        over, who, how = at, by.membership_id, DecisionState.REPLACED.value
    else:
        return
    with correcting():
        Dispute._base_manager.filter(pk=dispute.pk, ended_at=None).update(ended_at=over, ended_by=who, ended_how=how)
