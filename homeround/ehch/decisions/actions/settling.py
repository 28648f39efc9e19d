"""Settling a dispute with the registered GP, and taking a settlement back (H27)."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import must_apply_still, must_finish, see_decision
from homeround.ehch.decisions.actions.practices import NOT_THEIR_PRACTICE
from homeround.ehch.decisions.actions.telling import tell_everybody
from homeround.ehch.decisions.models import Decision, Dispute, Settlement
from homeround.ehch.decisions.models.deciding import replaced_by
from homeround.ehch.decisions.words import SettledAs
from homeround.ehch.residents.actions.correcting import correct, reopen
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid


@action
def settle_dispute(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    words: str,
    settled_as: str,
    from_now_on: str = "",
) -> str:
    """A clinician writes how the dispute about the decision `ref` was settled with the registered GP, and what the home
    does from now on (a value of `words.SettledAs`; with OTHERWISE in the words `from_now_on`). Returns the ref.

    Raises NotHere, NotAllowed, Invalid.
    """
    seen = see_decision(viewer=by, ref=ref, at=at)
    must_finish(seen.person, Right.DECIDING)
    must_apply_still(seen.decision_id)
    until_on = Decision.objects.values_list("until_on", flat=True).get(pk=seen.decision_id)
    ended_on = rules.last_day_if_ended(until_on, london_date(at))
    problems = rules.problems_of_settlement(words, settled_as, from_now_on, ended_on=ended_on)
    if problems:
        raise Invalid(**problems)
    dispute = Dispute.objects.filter(decision=seen.decision_id, ended_at=None).select_related("decision").first()
    open_ = Dispute.objects.filter(pk=dispute.pk, ended_at=None) if dispute else Dispute.objects.none()
    if dispute is None or not open_.update(**ended(by=by, at=at, how="settled")):
        raise Invalid(words="This decision is not in dispute any more.")
    Settlement.objects.create(
        resident_id=seen.person.resident_id,
        dispute=dispute,
        words=words.strip(),
        settled_as=settled_as,
        from_now_on=from_now_on.strip() if settled_as == SettledAs.OTHERWISE else "",
        **written(by=by, at=at, held_for=by.body_id),
    )
    tell_everybody(seen.person, dispute.decision, at)
    return seen.ref


@action
def take_back_settlement(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """What was settled about the decision `ref` is wrong: it is in dispute again, and what the GP wrote applies
    meanwhile; where that practice never was theirs, what was decided applies again, and the right one is asked.
    Returns the ref; raises NotHere, NotAllowed, Invalid.
    """
    seen = see_decision(viewer=by, ref=ref, at=at)
    must_finish(seen.person, Right.DECIDING)
    must_apply_still(seen.decision_id)
    if not because.strip():
        raise Invalid(because="Say why: the home and the registered GP need the reason.")
    decision = Decision.objects.get(pk=seen.decision_id)
    if replaced_by(decision, at):
        raise Invalid(because="A later decision has taken its place already: withdraw or correct that one.")
    settled = Settlement.objects.filter(dispute__decision=decision).select_related("dispute__reply")
    settlement = settled.order_by("-pk").first()
    if settlement is None:
        raise Invalid(because="Nothing is settled about this decision.")
    correct(settlement, kind=CorrectionKind.IN_ERROR, because=because.strip(), by=by, at=at)
    if settlement.dispute.reply.stands:
        reopen(settlement.dispute)
    else:
        correct(settlement.dispute, kind=CorrectionKind.WRONG_PERSON, because=NOT_THEIR_PRACTICE, by=by, at=at)
    tell_everybody(seen.person, decision, at)
    return seen.ref
